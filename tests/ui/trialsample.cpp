// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/trialsample.h"

using namespace Qt::StringLiterals;

namespace holdpoint::sample {

namespace {

QDateTime ago(qint64 seconds)
{
    return QDateTime::currentDateTimeUtc().addSecs(-seconds);
}

SandboxVerdict goodVerdict()
{
    SandboxVerdict verdict;
    verdict.tables = {{u"public.customers"_s, 48'211, 12'050, false}, {u"public.orders"_s, 301'882, 75'400, false},
        {u"public.order_items"_s, std::nullopt, 226'104, false}};
    verdict.age = SandboxVerdict::Age::Commits;
    verdict.dataAt = ago(9 * 3600);
    return verdict;
}

Trial finished(const Action &action, const TrialResult &result)
{
    Trial trial = trialOf(action, TrialState::Finished);
    trial.result = result;
    return trial;
}

} // namespace

Trial trialOf(const Action &action, TrialState state)
{
    Trial trial;
    trial.id = 7;
    trial.action = action.id;
    trial.revision = action.revision;
    trial.target = action.target;
    trial.requestedBy = u"maria"_s;
    trial.requestedAt = ago(40);
    trial.state = state;
    if (state != TrialState::Requested) {
        trial.executor = u"executor-1"_s;
        trial.startedAt = ago(38);
    }
    if (!trial.isUnfinished())
        trial.endedAt = ago(37);
    if (state == TrialState::Lost)
        trial.lostBecause = u"the executor executor-1 fell silent while it ran"_s;
    return trial;
}

Trial trialThatRan(const Action &action)
{
    TrialResult result;
    result.outcome = TrialResult::Outcome::Ran;
    result.statements = {{u"DELETE"_s, 12'050, 1840.2,
                             {{u"public.order_items"_s, 226'104}, {u"public.orders"_s, 75'400},
                                 {u"public.audit_log"_s, 12'050}, {u"public.customers"_s, 12'050}}},
        {u"UPDATE"_s, 1, 0.8, {{u"public.settings"_s, 1}}}};
    result.changesAtEnd = {{u"public.balances"_s, 3}};
    result.triggers = {{u"public.customers"_s, u"customers_audit"_s, u"public.audit_row_change"_s, 12'050},
        {u"public.orders"_s, u"orders_notify"_s, u"public.notify"_s, 0}};
    result.rowsChanged = 325'608;
    result.milliseconds = 1962.7;
    result.verdict = goodVerdict();
    return finished(action, result);
}

Trial trialThatProvesNothing(const Action &action)
{
    TrialResult result;
    result.outcome = TrialResult::Outcome::Ran;
    result.statements = {{u"DELETE"_s, 0, 0.4, {}}};
    result.rowsChanged = 0;
    result.milliseconds = 3.1;
    result.triggers = {{u"public.customers"_s, u"customers_audit"_s, u"public.audit_row_change"_s, std::nullopt}};
    result.verdict = goodVerdict();
    result.verdict->tables[0].sandboxEmpty = true;
    result.verdict->tables[0].sandboxRows = std::nullopt;
    result.verdict->differences = {
        {u"public.customers"_s, u"trigger customers_audit"_s,
            u"AFTER INSERT OR DELETE OR UPDATE for each row, enabled, function public.audit_row_change"_s,
            u"missing"_s},
        {u"public.orders"_s, u"column total_cents"_s, u"bigint NOT NULL"_s, u"integer NOT NULL"_s}};
    result.verdict->age = SandboxVerdict::Age::Unknown;
    result.verdict->dataAt = {};
    return finished(action, result);
}

Trial trialThatFailed(const Action &action)
{
    TrialResult result;
    result.outcome = TrialResult::Outcome::Failed;
    result.statements = {{u"DELETE"_s, 3, 12.4, {{u"public.customers"_s, 3}}}};
    result.error =
        TrialError{1, u"column \"chnaged_by\" of relation \"settings\" does not exist"_s, {}, u"42703"_s, 32};
    result.milliseconds = 18.9;
    result.verdict = goodVerdict();
    return finished(action, result);
}

Trial trialThatWasRefused(const Action &action, const QString &why)
{
    TrialResult result;
    result.outcome = TrialResult::Outcome::Refused;
    result.detail = why;
    return finished(action, result);
}

} // namespace holdpoint::sample
