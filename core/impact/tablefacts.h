// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/guardedread.h"

namespace holdpoint {

/// What the replica's catalogue says of one table, its partitions and children included.
struct TableFacts
{
    QByteArray select; ///< a SELECT of all its rows; empty if there is no such table
    Figure rows; ///< by the planner's density and the size of today
    QDateTime statisticsAt; ///< see statisticsTime()
};

/// @param table as an effect names it: without quotes; of schema public where it has no schema
std::expected<TableFacts, Error> tableFacts(Connection &replica, const QString &table);

/// When the oldest of the table's statistics was made. Invalid if it cannot be told: a standby does not know when its
/// primary ran ANALYZE, unless the primary tracks commit times and the role may read pg_statistic.
QDateTime statisticsTime(Connection &replica, const QString &table);

} // namespace holdpoint
