// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/lockstext.h"

#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <QCoreApplication>

#include <map>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("holdpoint::Locks", text);
}

QString bare(const QString &table)
{
    return safeLine(table.startsWith("public."_L1) ? table.mid(7) : table, 80);
}

QString durationOf(const LockHolder &holder)
{
    if (!holder.seconds)
        return tr("for an unknown time");
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return tr("for %1").arg(ageText(now.addSecs(-static_cast<qint64>(*holder.seconds)), now));
}

QString lineOf(const LockHolder &holder)
{
    const QString who = holder.pid == 0 ? tr("a prepared transaction")
                                        : tr("%1 (process %2, %3)")
                                              .arg(safeLine(holder.role, 60))
                                              .arg(holder.pid)
                                              .arg(safeLine(holder.application, 60));
    const QString does = holder.granted ? tr("holds") : tr("waits for");
    return u"%1 %2 %3 on %4, %5, %6"_s.arg(
        who, does, toWord(holder.mode), bare(holder.table), durationOf(holder), safeLine(holder.state, 40));
}

} // namespace

QStringList lockLines(const Assessment &assessment)
{
    std::map<QString, LockMode> strongest;
    for (const Statement &statement : assessment.statements)
        for (const TableLock &lock : statement.locks)
            if (lock.mode != LockMode::AccessShare) {
                const auto [entry, isNew] = strongest.try_emplace(bare(lock.table), lock.mode);
                entry->second = std::max(entry->second, lock.mode);
            }
    QStringList lines;
    for (const auto &[table, mode] : strongest)
        lines.append(u"%1: %2"_s.arg(table, toWord(mode)));
    return lines;
}

QStringList holderLines(const Impact &impact)
{
    if (!impact.holders)
        return {tr("Who holds a lock on the primary now is not known: %1.")
                .arg(safeLine(impact.holdersUnknownBecause, 300))};
    if (impact.holders->isEmpty())
        return {tr("Nobody on the primary is in their way now.")};
    QStringList lines;
    for (const LockHolder &holder : *impact.holders)
        lines.append(lineOf(holder));
    return lines;
}

QStringList rewriteLines(const Assessment &assessment)
{
    QStringList lines;
    for (const Statement &statement : assessment.statements)
        for (const Effect &effect : statement.effects) {
            if (!effect.rewritten || effect.rewritten->extent == RowsRewritten::Extent::No)
                continue;
            const QString what = effect.rewritten->extent == RowsRewritten::Extent::Full
                ? tr("Every row of %1 is written anew: %2.")
                : tr("Every row of %1 is read: %2.");
            lines.append(what.arg(bare(effect.table), safeLine(effect.rewritten->because, 200)));
        }
    return lines;
}

} // namespace holdpoint
