// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/trialtext.h"

#include "app/ctl/terminal.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString milliseconds(double value)
{
    return QString::number(value, 'f', 1) + u" ms"_s;
}

QString planned(const std::optional<qint64> &rows)
{
    return rows ? u"about "_s + spelled(*rows) : u"unknown"_s;
}

QString headline(const Trial &trial)
{
    if (trial.state == TrialState::Lost)
        return u"lost: "_s + trial.lostBecause;
    if (trial.isUnfinished())
        return trial.state == TrialState::Running ? u"still running"_s : u"waiting for an executor"_s;
    if (!trial.result)
        return u"finished, with a result that this program cannot read"_s;
    switch (trial.result->outcome) {
    case TrialResult::Outcome::Ran:
        return u"ran in %1 and was rolled back; rows changed: %2"_s.arg(
            milliseconds(trial.result->milliseconds), spelled(trial.result->rowsChanged.value_or(0)));
    case TrialResult::Outcome::Failed:
        return u"failed after %1"_s.arg(milliseconds(trial.result->milliseconds));
    case TrialResult::Outcome::Refused:
        break;
    }
    return u"not tried: "_s + trial.result->detail;
}

void printChanges(const QList<TableChange> &changes)
{
    for (const TableChange &change : changes)
        printLine(u"       %1  %2"_s.arg(safeLine(change.table).leftJustified(28), spelled(change.rows)));
}

void printStatements(const TrialResult &result)
{
    for (qsizetype i = 0; i < result.statements.size(); ++i) {
        const TrialStatement &statement = result.statements[i];
        const QString rows =
            statement.rowsByTag ? u"rows by its answer: "_s + spelled(*statement.rowsByTag) : u"done"_s;
        printLine(u"  %1  %2  %3, %4"_s.arg(QString::number(i + 1).rightJustified(3),
            safeLine(statement.kind).leftJustified(14), rows, milliseconds(statement.milliseconds)));
        printChanges(statement.changes);
    }
    if (!result.changesAtEnd.isEmpty())
        printLine(u"       then, by deferred triggers"_s);
    printChanges(result.changesAtEnd);
}

void printError(const TrialError &error)
{
    QString where = error.statement ? u"statement %1"_s.arg(*error.statement + 1) : u"the constraints at the end"_s;
    if (error.position)
        where += u", character %1"_s.arg(*error.position);
    const QString state = error.sqlState.isEmpty() ? QString() : u" (SQLSTATE %1)"_s.arg(safeLine(error.sqlState));
    printLine(u"  error  %1: %2%3"_s.arg(where, safeLine(error.message), state));
    if (!error.hint.isEmpty())
        printLine(u"         "_s + safeLine(error.hint));
}

void printTriggers(const QList<TrialTrigger> &triggers)
{
    for (const TrialTrigger &trigger : triggers)
        printLine(u"  trigger %1 on %2: %3"_s.arg(safeLine(trigger.name), safeLine(trigger.table),
            !trigger.calls           ? u"whether it fired is not known"_s
                : *trigger.calls > 0 ? u"its function ran %1 times"_s.arg(spelled(*trigger.calls))
                                     : u"did not fire"_s));
}

QString ageText(const SandboxVerdict &verdict)
{
    const QString at = verdict.dataAt.toString(Qt::ISODate);
    switch (verdict.age) {
    case SandboxVerdict::Age::Commits:
        return u"newest row from "_s + at;
    case SandboxVerdict::Age::Statistics:
        return u"statistics from %1; the rows may be older"_s.arg(at);
    case SandboxVerdict::Age::Unknown:
        break;
    }
    return u"how old the rows are is unknown"_s;
}

void printVerdict(const TrialResult &result, const QString &target)
{
    const SandboxVerdict &verdict = *result.verdict;
    const QStringList empty = verdict.emptyTables();
    for (const QString &table : empty)
        printLine(u"  EMPTY  %1 has no row in the sandbox: this trial proves nothing about it"_s.arg(safeLine(table)));
    for (const TouchedTable &table : verdict.tables)
        if (!table.sandboxEmpty)
            printLine(u"  UNKNOWN  whether %1 has rows in the sandbox: they could not be looked at"_s.arg(
                safeLine(table.name)));
    if (empty.isEmpty() && result.changedNothing())
        printLine(u"  no row of the sandbox was changed: if the action is to change some, this trial proves nothing"_s);
    if (verdict.differences.isEmpty())
        printLine(u"  schema: the same as in %1, as far as this action reaches"_s.arg(safeLine(target)));
    for (const SchemaDifference &difference : verdict.differences)
        printLine(u"  DIFFERENT  %1, %2"_s.arg(safeLine(difference.table), safeLine(describe(difference))));
    if (verdict.moreDifferences > 0)
        printLine(u"  DIFFERENT  and %1 more"_s.arg(spelled(verdict.moreDifferences)));
    for (const TouchedTable &table : verdict.tables)
        printLine(u"  rows   %1: %2 in the sandbox, %3 in %4"_s.arg(
            safeLine(table.name), planned(table.sandboxRows), planned(table.targetRows), safeLine(target)));
    printLine(u"  sandbox: %1"_s.arg(ageText(verdict)));
}

} // namespace

void printTrial(const Trial &trial)
{
    printLine(u"trial %1 of action %2, revision %3, in the sandbox of %4: %5"_s.arg(trial.id)
            .arg(trial.action)
            .arg(trial.revision)
            .arg(safeLine(trial.target), safeLine(headline(trial))));
    if (!trial.result)
        return;
    printStatements(*trial.result);
    if (trial.result->error)
        printError(*trial.result->error);
    printTriggers(trial.result->triggers);
    if (trial.result->verdict)
        printVerdict(*trial.result, trial.target);
    else
        printLine(u"  sandbox: how far it can stand for %1 is unknown"_s.arg(safeLine(trial.target)));
}

} // namespace holdpoint
