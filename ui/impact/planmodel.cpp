// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/planmodel.h"

#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/wording.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// A sequential scan of fewer rows is what a good planner chooses.
constexpr qint64 largeTable = 10'000;

QStandardItem *itemOf(const QString &text)
{
    auto *item = new QStandardItem(text);
    item->setEditable(false);
    item->setToolTip(plainToolTip(text));
    return item;
}

} // namespace

PlanModel::PlanModel(QObject *parent)
    : QStandardItemModel(parent)
{
    setHorizontalHeaderLabels({tr("Step"), tr("Rows expected"), tr("Share of cost")});
}

void PlanModel::setPlan(const PlanNode &root, const QString &table, std::optional<qint64> tableRows)
{
    removeRows(0, rowCount());
    m_table = table.section(u'.', -1);
    m_tableRows = tableRows;
    appendRow(lineOf(root));
}

QList<QStandardItem *> PlanModel::lineOf(const PlanNode &node) const
{
    const bool isLarge = node.relation == m_table && m_tableRows ? *m_tableRows >= largeTable : node.rows >= largeTable;
    const bool isAlarming = node.readsWholeTable && isLarge;
    auto *step = itemOf(safeLine(node.what, 200));
    step->setData(isAlarming, AlarmingRole);
    if (isAlarming) {
        auto *line = itemOf(tr("reads the whole table"));
        line->setData(true, AlarmingRole);
        line->setData(true, ConditionRole);
        step->appendRow(line);
    }
    for (const QString &condition : node.conditions) {
        auto *line = itemOf(safeLine(condition, 300));
        line->setData(true, ConditionRole);
        step->appendRow(line);
    }
    for (const PlanNode &source : node.sources)
        step->appendRow(lineOf(source));
    auto *rows = itemOf(u"≈ "_s + numberText(node.rows));
    rows->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *cost = itemOf(u"%1 %"_s.arg(qRound(node.share * 100)));
    cost->setData(node.share, ShareRole);
    return {step, rows, cost};
}

} // namespace holdpoint
