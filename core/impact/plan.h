// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace holdpoint {

/// One step of a plan, with what it takes its rows from.
struct PlanNode
{
    QString what; ///< `Seq Scan on customers c`
    QString relation; ///< empty where it reads none itself
    QStringList conditions; ///< `Filter: (plan = 'pro')`
    qint64 rows = 0; ///< that the planner expects from it
    double cost = 0; ///< the planner's, of this step alone
    double share = 0; ///< of the whole plan's cost, from 0 to 1
    bool readsWholeTable = false; ///< a sequential scan
    QList<PlanNode> sources;

    bool operator==(const PlanNode &) const = default;
};

struct Plan
{
    PlanNode root;
    QByteArray raw; ///< as the replica gave it: JSON

    bool operator==(const Plan &) const = default;
};

} // namespace holdpoint
