// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "app/ctl/terminal.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QThread>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int mostListed = 1000;
constexpr int pollInterval = 250; // milliseconds
constexpr qint64 longestWait = 86'400; // seconds

QString rowsText(const std::optional<qint64> &rows)
{
    return rows ? spelled(*rows) : u"unknown"_s;
}

QJsonValue rowsJson(const std::optional<qint64> &rows)
{
    return rows ? QJsonValue(*rows) : QJsonValue();
}

QJsonObject toJson(const Action &action)
{
    QJsonObject json{{u"action"_s, action.id}, {u"revision"_s, action.revision}, {u"state"_s, toWord(action.state)},
        {u"target"_s, action.target}, {u"agent"_s, action.agent}, {u"title"_s, action.title},
        {u"submitted_at"_s, action.submittedAt.toString(Qt::ISODateWithMs)},
        {u"closing_reason"_s, action.closingReason}, {u"decided_by"_s, action.decidedBy}, {u"outcome"_s, QJsonValue()}};
    if (action.outcome)
        json[u"outcome"_s] = QJsonObject{{u"rows_changed"_s, rowsJson(action.outcome->rowsChanged)},
            {u"row_cap"_s, rowsJson(action.outcome->rowCap)}, {u"detail"_s, action.outcome->detail}};
    return json;
}

/// An agent sees its own actions, everybody else those that the store shows them.
std::expected<bool, Error> isAgent(StoreClient &store)
{
    return store.whoAmI().transform([](const Identity &identity) { return identity.kind == "agent"_L1; });
}

std::expected<Action, Error> findAction(StoreClient &store, qint64 id)
{
    const auto agent = isAgent(store);
    if (!agent)
        return std::unexpected(agent.error());
    if (!*agent)
        return store.action(id);
    return store.myAction(id);
}

/// Nothing while it still has to be waited for.
std::optional<int> statusOf(ActionState state)
{
    switch (state) {
    case ActionState::Executed:
        return ExitStatus::Done;
    case ActionState::Failed:
    case ActionState::Blocked:
    case ActionState::Unknown:
        return ExitStatus::No;
    case ActionState::Rejected:
        return ExitStatus::Rejected;
    case ActionState::ChangesRequested:
        return ExitStatus::ChangesRequested;
    case ActionState::Expired:
    case ActionState::Revoked:
    case ActionState::Withdrawn:
        return ExitStatus::Ended;
    case ActionState::Pending:
    case ActionState::Approved:
    case ActionState::Released:
    case ActionState::Executing:
        break;
    }
    return std::nullopt;
}

/// The action as it is once there is an answer, or the time is over.
std::expected<Action, Error> awaitAnswer(StoreClient &store, qint64 id, qint64 seconds)
{
    const QDeadlineTimer deadline(seconds * 1000);
    for (;;) {
        const bool over = deadline.hasExpired();
        auto action = findAction(store, id);
        if (!action || over || statusOf(action->state))
            return action;
        QThread::msleep(pollInterval);
    }
}

std::expected<QList<Action>, Error> listed(StoreClient &store, bool all)
{
    const auto agent = isAgent(store);
    if (!agent)
        return std::unexpected(agent.error());
    auto actions = *agent ? store.myActions(mostListed) : all ? store.actionsSince(0) : store.openActions();
    if (actions && *agent && !all)
        actions->removeIf([](const Action &action) { return isFinal(action.state); });
    return actions;
}

void printStatus(const Action &action)
{
    printLine(u"action %1, revision %2: %3"_s.arg(
        QString::number(action.id), QString::number(action.revision), toText(action.state)));
    printLine(u"  target  %1"_s.arg(safeLine(action.target)));
    printLine(u"  agent   %1"_s.arg(safeLine(action.agent)));
    printLine(u"  title   %1"_s.arg(safeLine(action.title)));
    for (const Approval &approval : action.approvals)
        printLine(u"  approved by %1 as %2"_s.arg(safeLine(approval.approver), toWord(approval.level)));
    if (!action.decidedBy.isEmpty())
        printLine(u"  decided by %1"_s.arg(safeLine(action.decidedBy)));
    if (!action.closingReason.isEmpty())
        printLine(u"  because %1"_s.arg(safeLine(action.closingReason)));
    if (!action.outcome)
        return;
    printLine(u"  rows changed %1, allowed %2"_s.arg(
        rowsText(action.outcome->rowsChanged), rowsText(action.outcome->rowCap)));
    if (!action.outcome->detail.isEmpty())
        printLine(u"  %1"_s.arg(safeLine(action.outcome->detail)));
}

void print(const CommandLine &line, const Action &action)
{
    if (line.wantsJson())
        printJson(toJson(action));
    else
        printStatus(action);
}

} // namespace

int runStatus(const QStringList &arguments)
{
    CommandLine line(u"status"_s, u"Says where an action is, and how it ended."_s);
    line.addArgument(u"action"_s, u"The action's number."_s);
    line.addFormatOption();
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const auto id = CommandLine::number(line.argument(0), u"action"_s);
    if (!id)
        return fail(id.error());
    return withStore(line, [&](StoreClient &store) {
        return findAction(store, *id).transform([&](const Action &action) {
            print(line, action);
            return ExitStatus::Done;
        });
    });
}

int runWait(const QStringList &arguments)
{
    CommandLine line(u"wait"_s,
        u"Waits for the answer to an action. Exit status: 0 executed, 1 failed, blocked or unknown, 2 nothing was "
        u"done, "
        "3 rejected, 4 changes requested, 5 expired, revoked or withdrawn, 6 still waiting when the time was over."_s);
    line.addArgument(u"action"_s, u"The action's number."_s);
    line.addOption(u"timeout"_s, u"seconds"_s, u"How long to wait at most; 0 asks once."_s, u"60"_s);
    line.addFormatOption();
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const auto id = CommandLine::number(line.argument(0), u"action"_s);
    if (!id)
        return fail(id.error());
    const auto seconds = CommandLine::number(line.value(u"timeout"_s), u"time to wait"_s, 0);
    if (!seconds)
        return fail(seconds.error());
    return withStore(line, [&](StoreClient &store) {
        return awaitAnswer(store, *id, qMin(*seconds, longestWait)).transform([&](const Action &action) {
            print(line, action);
            return statusOf(action.state).value_or(ExitStatus::StillOpen);
        });
    });
}

int runList(const QStringList &arguments)
{
    CommandLine line(
        u"list"_s, u"Lists what waits: an agent's own actions, or everybody's for those who may see them."_s);
    line.addFlag(u"all"_s, u"What has ended, too."_s);
    line.addFormatOption();
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    return withStore(line, [&](StoreClient &store) {
        return listed(store, line.isSet(u"all"_s)).transform([&](const QList<Action> &actions) {
            QJsonArray list;
            for (const Action &action : actions) {
                list.append(toJson(action));
                if (!line.wantsJson())
                    printLine(u"%1  %2  %3  %4"_s.arg(QString::number(action.id).rightJustified(6),
                        toText(action.state).leftJustified(17), safeLine(action.target).leftJustified(12),
                        safeLine(action.title)));
            }
            if (line.wantsJson())
                printJson(list);
            else if (actions.isEmpty())
                printLine(u"nothing waits"_s);
            return ExitStatus::Done;
        });
    });
}

int runWithdraw(const QStringList &arguments)
{
    CommandLine line(u"withdraw"_s, u"Takes one's own action back, as long as nobody has released it."_s);
    line.addArgument(u"action"_s, u"The action's number."_s);
    line.addRequiredOption(u"reason"_s, u"text"_s, u"Why, for the record."_s);
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const auto id = CommandLine::number(line.argument(0), u"action"_s);
    if (!id)
        return fail(id.error());
    return withStore(line, [&](StoreClient &store) {
        return store.withdraw(*id, line.value(u"reason"_s)).transform([&] {
            printLine(u"action %1 is withdrawn"_s.arg(*id));
            return ExitStatus::Done;
        });
    });
}

} // namespace holdpoint
