// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/decision/moved.h"

#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("holdpoint::Moved", text);
}

QString rowsOf(const std::optional<qint64> &rows)
{
    return rows ? numberText(*rows) : tr("unknown");
}

void compare(
    QStringList &lines, const QString &what, const std::optional<qint64> &before, const std::optional<qint64> &now)
{
    if (before != now)
        lines.append(tr("%1: %2, now %3").arg(what, rowsOf(before), rowsOf(now)));
}

bool haveSameShape(const EffectImpact &before, const EffectImpact &now)
{
    return before.verb == now.verb && before.table == now.table && before.branch == now.branch
        && std::ranges::equal(before.reached, now.reached, [](const ReachedImpact &a, const ReachedImpact &b) {
               return a.table == b.table && a.action == b.action && a.constraints == b.constraints;
           });
}

} // namespace

QStringList whatMoved(const Impact &before, const Impact &now)
{
    QStringList lines;
    if (!before.error.isEmpty() || !now.error.isEmpty())
        return lines;
    if (!std::ranges::equal(before.effects, now.effects, haveSameShape))
        return {tr("it touches other tables than it did: the schema has changed")};
    for (qsizetype index = 0; index < now.effects.size(); ++index) {
        const EffectImpact &old = before.effects[index], &current = now.effects[index];
        compare(
            lines, u"%1 %2"_s.arg(safeLine(current.verb, 40), safeLine(current.table, 80)), old.best(), current.best());
        for (qsizetype at = 0; at < current.reached.size(); ++at)
            compare(lines, safeLine(current.reached[at].table, 80), old.reached[at].rows.rows,
                current.reached[at].rows.rows);
        if (old.notes.triggers != current.notes.triggers || old.notes.rules != current.notes.rules)
            lines.append(tr("%1 has other triggers or rules than before").arg(safeLine(current.table, 80)));
    }
    return lines;
}

} // namespace holdpoint
