// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/plan.h"

#include <QStandardItemModel>

namespace holdpoint {

/// A plan as a tree: each step with the rows that the planner expects and its share of the cost.
class PlanModel final : public QStandardItemModel
{
    Q_OBJECT
public:
    enum Column { StepColumn, RowsColumn, CostColumn, ColumnCount };
    enum Role {
        ShareRole = Qt::UserRole + 1, ///< double, from 0 to 1
        AlarmingRole, ///< bool: a large table is read whole
        ConditionRole, ///< bool: the line is a condition of the step above
    };

    explicit PlanModel(QObject *parent = nullptr);

    /// @param tableRows of `table`, where they are known: a scan of few rows is nothing to mark
    void setPlan(const PlanNode &root, const QString &table, std::optional<qint64> tableRows);

private:
    QList<QStandardItem *> lineOf(const PlanNode &node) const;

    QString m_table;
    std::optional<qint64> m_tableRows;
};

} // namespace holdpoint
