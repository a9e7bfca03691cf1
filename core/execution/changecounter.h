// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <QHash>
#include <QMap>
#include <QSet>

#include <expected>

namespace holdpoint {

class Connection;

/// Counts what the open transaction really changed: cascades, triggers, CTEs and functions included. The command tag
/// counts none of these.
///
/// The server's own counters are read, as differences against the moment of begin(): they carry what an earlier
/// transaction of the session did. They know nothing of TRUNCATE, of columns that are dropped and of partitions that
/// are detached, and forget a table that is dropped; all of these show in the catalogue, and whoever runs the
/// statements has such tables counted before.
class ChangeCounter
{
public:
    /// A table by its oid.
    using Table = qint64;
    using Counts = QMap<Table, qint64>;

    /// Refused where the server counts nothing (track_counts is off).
    static std::expected<ChangeCounter, Error> begin(Connection &target);

    /// Tables that lost rows in a way that nothing counts since begin(), or since they were last accepted: truncated,
    /// dropped or rewritten, without a column that they had, or taken out of a table that they were part of.
    std::expected<QList<Table>, Error> replacedTables();
    /// Counts every row of the tables as changed, and takes the locks that replacing them would take. Call it when
    /// the statement that replaces them has been undone, before it runs again.
    std::expected<void, Error> addWholeTables(const QList<Table> &tables);
    /// To be called when that statement has run again: what it replaced is accounted for.
    std::expected<void, Error> acceptReplaced();

    /// Rows changed so far in each table, of those that have any. Refused if a foreign table was written to: nobody
    /// counts there.
    std::expected<Counts, Error> changes();
    /// All of them together.
    std::expected<qint64, Error> total();

private:
    /// What of a table the counters do not see.
    struct Shape
    {
        qint64 file = 0;
        qint64 droppedColumns = 0;
        QSet<QString> ancestors; ///< the tables that show its rows, by oid

        bool isWholeIn(const Shape &later) const;
    };
    using Shapes = QHash<Table, Shape>;

    explicit ChangeCounter(Connection &target);
    std::expected<Shapes, Error> readShapes();
    std::expected<Counts, Error> readCounts();
    std::expected<void, Error> refuseForeignChanges();
    std::expected<void, Error> update();

    Connection *m_target;
    Shapes m_shapes;
    Counts m_baseline;
    Counts
        m_changed; ///< the most that was seen of each table: TRUNCATE sets the server's counters back, DROP ends them
    Counts m_wholeTables; ///< rows that went with their table
};

} // namespace holdpoint
