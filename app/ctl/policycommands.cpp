// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "app/ctl/terminal.h"
#include "core/store/setup.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// What the rule is now, if there is one: an option that is left out changes nothing.
std::expected<PolicyRule, Error> currentRule(StoreClient &store, const QString &target, RiskLevel level)
{
    const auto rules = store.policies();
    if (!rules)
        return std::unexpected(rules.error());
    PolicyRule rule;
    bool known = false;
    for (const PolicyRule &candidate : *rules) {
        if (candidate.level != level || (candidate.target != target && (known || candidate.target != "*"_L1)))
            continue;
        rule = candidate;
        known = candidate.target == target;
    }
    rule.target = target;
    rule.level = level;
    return rule;
}

std::expected<double, Error> tolerance(const QString &text)
{
    bool isNumber = false;
    const double value = text.toDouble(&isNumber);
    if (isNumber && value >= 1 && value <= 100)
        return value;
    return std::unexpected(
        Error{Error::Code::Invalid, u"the tolerance must be a number from 1 to 100, not '%1'"_s.arg(text)});
}

std::expected<PolicyRule, Error> changedRule(const CommandLine &line, PolicyRule rule)
{
    if (line.isSet(u"approvers"_s)) {
        const auto approvers = CommandLine::number(line.value(u"approvers"_s), u"number of approvers"_s);
        if (!approvers || *approvers > 100)
            return std::unexpected(approvers
                    ? Error{Error::Code::Invalid, u"more than 100 approvers can never come together"_s}
                    : approvers.error());
        rule.approvers = static_cast<int>(*approvers);
    }
    if (line.isSet(u"row-limit"_s)) {
        const auto limit = CommandLine::number(line.value(u"row-limit"_s), u"row limit"_s, 0);
        if (!limit)
            return std::unexpected(limit.error());
        rule.rowLimit = *limit;
    }
    if (line.isSet(u"tolerance"_s)) {
        const auto factor = tolerance(line.value(u"tolerance"_s));
        if (!factor)
            return std::unexpected(factor.error());
        rule.tolerance = *factor;
    }
    if (line.isSet(u"slack"_s)) {
        const auto slack = CommandLine::number(line.value(u"slack"_s), u"slack"_s, 0);
        if (!slack)
            return std::unexpected(slack.error());
        rule.slack = *slack;
    }
    return rule;
}

QString described(const PolicyRule &rule)
{
    return u"%1  %2  %3 %4, at most %5 rows, and at most the approved figure × %6 + %7"_s.arg(
        safeLine(rule.target).leftJustified(16), toWord(rule.level).leftJustified(11), spelled(rule.approvers),
        rule.approvers == 1 ? u"approver"_s : u"approvers"_s, spelled(rule.rowLimit), QString::number(rule.tolerance),
        spelled(rule.slack));
}

QJsonObject toJson(const PolicyRule &rule)
{
    return {{u"target"_s, rule.target}, {u"level"_s, toWord(rule.level)}, {u"approvers"_s, rule.approvers},
        {u"row_limit"_s, rule.rowLimit}, {u"tolerance"_s, rule.tolerance}, {u"slack"_s, rule.slack}};
}

} // namespace

int runPolicySet(const QStringList &arguments)
{
    CommandLine line(u"policy set"_s,
        u"Says what one level of one target asks for. What is left out stays as it is, or as the target * has it."_s);
    line.addArgument(u"target"_s, u"A target's name, or * for all that have no rule of their own."_s);
    line.addArgument(u"level"_s, u"read, write, destructive or critical."_s);
    line.addOption(u"approvers"_s, u"number"_s, u"How many different people have to approve."_s);
    line.addOption(u"row-limit"_s, u"rows"_s, u"No execution may change more, whatever was approved."_s);
    line.addOption(u"tolerance"_s, u"factor"_s, u"An execution may change the approved figure times this …"_s);
    line.addOption(u"slack"_s, u"rows"_s, u"… plus this."_s);
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const auto level = riskLevelFromWord(line.argument(1));
    if (!level)
        return fail({Error::Code::Invalid, u"'%1' is no level"_s.arg(line.argument(1)),
            u"say read, write, destructive or critical"_s});
    auto connection = line.openStore();
    if (!connection)
        return fail(connection.error());
    StoreClient store(*connection);
    return finish(store.checkVersion()
            .and_then([&](int) { return currentRule(store, line.argument(0), *level); })
            .and_then([&](const PolicyRule &rule) { return changedRule(line, rule); })
            .and_then([&](const PolicyRule &rule) {
                return setPolicy(*connection, rule).transform([&] {
                    printLine(described(rule));
                    return ExitStatus::Done;
                });
            }));
}

int runPolicyShow(const QStringList &arguments)
{
    CommandLine line(u"policy show"_s, u"Prints the policy: every rule as it was set."_s);
    line.addFormatOption();
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    return withStore(line, [&](StoreClient &store) {
        return store.policies().transform([&](QList<PolicyRule> rules) {
            std::ranges::sort(rules, {}, [](const PolicyRule &rule) { return std::pair(rule.target, rule.level); });
            QJsonArray list;
            for (const PolicyRule &rule : std::as_const(rules)) {
                list.append(toJson(rule));
                if (!line.wantsJson())
                    printLine(described(rule));
            }
            if (line.wantsJson())
                printJson(list);
            return ExitStatus::Done;
        });
    });
}

} // namespace holdpoint
