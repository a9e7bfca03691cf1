// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/reachlist.h"

#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <QGridLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Action = Reached::Action;

constexpr int indent = 14;
constexpr qsizetype mostLines = 24;

QString titleOf(Action action)
{
    switch (action) {
    case Action::Delete:
        return ReachList::tr("By foreign keys also deleted");
    case Action::Update:
        return ReachList::tr("By foreign keys also changed");
    case Action::SetNull:
        return ReachList::tr("By foreign keys set to NULL");
    case Action::SetDefault:
        return ReachList::tr("By foreign keys set to their default");
    case Action::Refuse:
        return ReachList::tr("Kept from it by rows that refer to them");
    }
    Q_UNREACHABLE_RETURN({});
}

/// A foreign key without a row that refuses says nothing.
bool isSilent(const ReachedImpact &reached)
{
    return reached.action == Action::Refuse && reached.rows.rows == 0;
}

QString bare(const QString &table)
{
    return safeLine(table.startsWith("public."_L1) ? table.mid(7) : table, 80);
}

} // namespace

bool ReachList::hasLines(const QList<ReachedImpact> &reached)
{
    return !std::ranges::all_of(reached, isSilent);
}

ReachList::ReachList(const QList<ReachedImpact> &reached, QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(0, 1);
    for (const Action action : {Action::Delete, Action::Update, Action::SetNull, Action::SetDefault, Action::Refuse}) {
        QList<ReachedImpact> group;
        for (const ReachedImpact &each : reached)
            if (each.action == action && !isSilent(each))
                group.append(each);
        if (group.isEmpty())
            continue;
        const Tone tone = action == Action::Refuse ? Tone::Danger : Tone::Strong;
        QLabel *title = makeParagraph(titleOf(action), tone, this);
        title->setContentsMargins(0, 8, 0, 0);
        grid->addWidget(title, grid->rowCount(), 0, 1, 2);
        for (const ReachedImpact &each : group.first(std::min(group.size(), mostLines)))
            addLine(grid, each);
        if (group.size() > mostLines)
            grid->addWidget(makeLabel(tr("and %1 more").arg(numberText(group.size() - mostLines)), Tone::Caption, this),
                grid->rowCount(), 0);
    }
}

void ReachList::addLine(QGridLayout *grid, const ReachedImpact &reached)
{
    const int row = grid->rowCount();
    auto *table = new ElidedLabel(Tone::Normal, this);
    table->setText((reached.hops > 1 ? u"└ "_s : QString()) + bare(reached.table));
    table->setContentsMargins(indent * (std::min(reached.hops, 6) - 1), 0, 0, 0);
    setPlainToolTip(table,
        tr("%1, which refers to %2 by %3").arg(reached.table, reached.through, reached.constraints.join(u", "_s)));
    grid->addWidget(table, row, 0);
    grid->addWidget(makeLabel(figureText(reached.rows, false), reached.rows.rows ? Tone::Normal : Tone::Muted, this),
        row, 1, Qt::AlignRight);
    if (!reached.rows.rows)
        grid->addWidget(
            makeParagraph(safeLine(reached.rows.unknownBecause, 300), Tone::Caption, this), row + 1, 0, 1, 2);
}

} // namespace holdpoint
