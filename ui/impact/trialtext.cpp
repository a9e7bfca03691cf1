// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/trialtext.h"

#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

class TrialText
{
    Q_DECLARE_TR_FUNCTIONS(TrialText)
};

constexpr qsizetype longestName = 130;
constexpr qsizetype longestMessage = 400;
constexpr qsizetype mostListed = 8;

QString name(const QString &text)
{
    return safeLine(text, longestName);
}

QString errorText(const TrialError &error)
{
    QString where = error.statement ? TrialText::tr("Statement %1 failed").arg(numberText(*error.statement + 1))
                                    : TrialText::tr("The constraints at the end failed");
    if (error.position)
        where = TrialText::tr("%1, at character %2").arg(where, numberText(*error.position));
    QString text = u"%1: %2"_s.arg(where, safeLine(error.message, longestMessage));
    if (!error.sqlState.isEmpty())
        text += u" (SQLSTATE %1)"_s.arg(safeLine(error.sqlState, 10));
    return error.hint.isEmpty() ? text : u"%1 %2"_s.arg(sentence(text), safeLine(error.hint, longestMessage));
}

QString figure(const std::optional<qint64> &rows)
{
    return rows ? u"≈ "_s + numberText(*rows) : TrialText::tr("unknown");
}

QString sizeText(const TouchedTable &table, const QString &target)
{
    const QString sizes = TrialText::tr("%1: %2 rows in the sandbox, %3 in %4")
                              .arg(name(table.name), figure(table.sandboxRows), figure(table.targetRows), name(target));
    if (!table.sandboxRows || !table.targetRows || *table.targetRows <= 0)
        return sizes;
    return u"%1 (%2)"_s.arg(sizes, shareText(*table.sandboxRows, *table.targetRows));
}

void addDifferences(const SandboxVerdict &verdict, const QString &target, QList<TrialLine> &lines)
{
    const qint64 all = verdict.differences.size() + verdict.moreDifferences;
    if (all == 0) {
        lines.append({Tone::Good,
            TrialText::tr("The schema is the same as in %1, as far as this action reaches.").arg(name(target))});
        return;
    }
    lines.append({Tone::Danger,
        TrialText::tr("The schema is not the same as in %1. Differences: %2").arg(name(target), numberText(all))});
    for (const SchemaDifference &difference :
        verdict.differences.first(std::min(mostListed, verdict.differences.size())))
        lines.append({Tone::Caption,
            TrialText::tr("%1, %2: %3 in the target, %4 in the sandbox")
                .arg(
                    name(difference.table), name(difference.what), name(difference.target), name(difference.sandbox))});
    if (all > mostListed)
        lines.append({Tone::Caption, TrialText::tr("and %1 more").arg(numberText(all - mostListed))});
}

QString ageLine(const SandboxVerdict &verdict)
{
    const QString ago = agoText(verdict.dataAt, QDateTime::currentDateTimeUtc());
    switch (verdict.age) {
    case SandboxVerdict::Age::Commits:
        return TrialText::tr("Newest row in the sandbox: %1").arg(ago);
    case SandboxVerdict::Age::Statistics:
        return TrialText::tr("Statistics of the sandbox: %1; its rows may be older").arg(ago);
    case SandboxVerdict::Age::Unknown:
        break;
    }
    return TrialText::tr("How old the sandbox's rows are is unknown");
}

} // namespace

QList<TrialLine> trialFailure(const Trial &trial)
{
    if (trial.state == TrialState::Lost)
        return {
            {Tone::Danger, TrialText::tr("The trial was lost: %1.").arg(safeLine(trial.lostBecause, longestMessage))}};
    if (!trial.result)
        return {{Tone::Danger, TrialText::tr("This console cannot read the result.")}};
    if (trial.result->error)
        return {{Tone::Danger, errorText(*trial.result->error)}};
    if (trial.result->outcome != TrialResult::Outcome::Ran)
        return {{Tone::Danger, TrialText::tr("Not tried: %1").arg(safeLine(trial.result->detail, longestMessage))}};
    return {};
}

QList<TrialLine> trialDoubts(const TrialResult &result)
{
    if (!result.verdict)
        return {};
    QList<TrialLine> lines;
    const QStringList empty = result.verdict->emptyTables();
    for (const QString &table : empty)
        lines.append({Tone::Danger,
            TrialText::tr("%1 is empty in the sandbox: this trial proves nothing about it.").arg(name(table))});
    for (const TouchedTable &table : result.verdict->tables)
        if (!table.sandboxEmpty)
            lines.append({Tone::Normal,
                TrialText::tr("Whether %1 has rows in the sandbox is unknown: they could not be looked at.")
                    .arg(name(table.name))});
    if (empty.isEmpty() && result.changedNothing())
        lines.append({Tone::Normal,
            TrialText::tr("No row of the sandbox was changed. If the action is to change some, this trial proves "
                          "nothing.")});
    return lines;
}

QList<TrialLine> trialTriggers(const TrialResult &result)
{
    QList<TrialLine> lines;
    for (const TrialTrigger &trigger : result.triggers.first(std::min(mostListed, result.triggers.size()))) {
        const QString who = TrialText::tr("trigger %1 on %2").arg(name(trigger.name), name(trigger.table));
        if (!trigger.calls)
            lines.append({Tone::Caption, TrialText::tr("%1: whether it fired is not known").arg(who)});
        else if (*trigger.calls > 0)
            lines.append(
                {Tone::Caption, TrialText::tr("%1: its function ran %2 ×").arg(who, numberText(*trigger.calls))});
        else
            lines.append({Tone::Caption, TrialText::tr("%1: did not fire").arg(who)});
    }
    if (result.triggers.size() > mostListed)
        lines.append({Tone::Caption,
            TrialText::tr("and %1 more triggers").arg(numberText(result.triggers.size() - mostListed))});
    return lines;
}

QList<TrialLine> trialVerdict(const TrialResult &result, const QString &target)
{
    if (!result.verdict)
        return {{Tone::Danger, TrialText::tr("How far the sandbox can stand for %1 is unknown.").arg(name(target))}};
    QList<TrialLine> lines;
    addDifferences(*result.verdict, target, lines);
    const QList<TouchedTable> &tables = result.verdict->tables;
    for (const TouchedTable &table : tables.first(std::min(mostListed, tables.size())))
        lines.append({Tone::Caption, sizeText(table, target)});
    if (tables.size() > mostListed)
        lines.append({Tone::Caption, TrialText::tr("and %1 more tables").arg(numberText(tables.size() - mostListed))});
    lines.append({Tone::Caption, ageLine(*result.verdict)});
    return lines;
}

} // namespace holdpoint
