// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/changecounter.h"

#include "core/database/connection.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

// The team's tables: neither the server's nor Holdpoint's own, and nothing temporary. Names are qualified, as the
// transaction's search_path is somebody else's.
const QString ourTables = u"c.relpersistence <> 't' AND n.nspname NOT IN "
                          "('pg_catalog', 'information_schema', 'pg_toast', 'holdpoint_target')"_s;

} // namespace

ChangeCounter::ChangeCounter(Connection &target)
    : m_target(&target)
{
}

std::expected<ChangeCounter, Error> ChangeCounter::begin(Connection &target)
{
    const auto counting = target.run(u"SELECT pg_catalog.current_setting('track_counts')::bool AS on"_s);
    if (!counting)
        return std::unexpected(counting.error());
    if (!counting->first().flag(u"on"_s))
        return std::unexpected(Error{Error::Code::Refused, u"the target does not count changes: track_counts is off"_s,
            u"set track_counts = on for the server and for the executor's role"_s});
    ChangeCounter counter(target);
    const auto shapes = counter.readShapes();
    if (!shapes)
        return std::unexpected(shapes.error());
    const auto counts = counter.readCounts();
    if (!counts)
        return std::unexpected(counts.error());
    counter.m_shapes = *shapes;
    counter.m_baseline = *counts;
    return counter;
}

bool ChangeCounter::Shape::isWholeIn(const Shape &later) const
{
    return later.file == file && later.droppedColumns <= droppedColumns && later.ancestors.contains(ancestors);
}

std::expected<ChangeCounter::Shapes, Error> ChangeCounter::readShapes()
{
    const auto rows = m_target->run(
        u"WITH RECURSIVE above AS ("
        "SELECT inhrelid AS child, inhparent AS ancestor FROM pg_catalog.pg_inherits UNION "
        "SELECT a.child, i.inhparent FROM above a JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.ancestor), "
        "ancestry AS (SELECT child, pg_catalog.string_agg(ancestor::text, ',') AS ancestors FROM above GROUP BY "
        "child), "
        "loss AS (SELECT attrelid, pg_catalog.count(*) AS columns FROM pg_catalog.pg_attribute "
        "WHERE attnum > 0 AND attisdropped GROUP BY attrelid) "
        "SELECT c.oid::bigint AS oid, c.relfilenode::bigint AS file, coalesce(l.columns, 0) AS dropped, "
        "coalesce(y.ancestors, '') AS ancestors "
        "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "LEFT JOIN ancestry y ON y.child = c.oid LEFT JOIN loss l ON l.attrelid = c.oid "
        "WHERE c.relkind = 'r' AND "_s
        + ourTables);
    if (!rows)
        return std::unexpected(rows.error());
    Shapes shapes;
    for (const Row &row : *rows) {
        const QStringList ancestors = row.text(u"ancestors"_s).split(u',', Qt::SkipEmptyParts);
        shapes.insert(row.number(u"oid"_s),
            {row.number(u"file"_s), row.number(u"dropped"_s), {ancestors.cbegin(), ancestors.cend()}});
    }
    return shapes;
}

std::expected<ChangeCounter::Counts, Error> ChangeCounter::readCounts()
{
    // Large objects live in the server's own tables.
    const auto rows = m_target->run(
        u"SELECT c.oid::bigint AS oid, s.n_tup_ins + s.n_tup_upd + s.n_tup_del AS changed "
        "FROM pg_catalog.pg_stat_xact_all_tables s JOIN pg_catalog.pg_class c ON c.oid = s.relid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0 AND (c.oid IN ('pg_catalog.pg_largeobject'::regclass, "
        "'pg_catalog.pg_largeobject_metadata'::regclass) OR ("_s
        + ourTables + u"))"_s);
    if (!rows)
        return std::unexpected(rows.error());
    Counts counts;
    for (const Row &row : *rows)
        counts.insert(row.number(u"oid"_s), row.number(u"changed"_s));
    return counts;
}

std::expected<QList<ChangeCounter::Table>, Error> ChangeCounter::replacedTables()
{
    return readShapes().transform([this](const Shapes &now) {
        QList<Table> replaced;
        for (const auto &[table, shape] : std::as_const(m_shapes).asKeyValueRange())
            if (const auto later = now.constFind(table); later == now.cend() || !shape.isWholeIn(*later))
                replaced.append(table);
        return replaced;
    });
}

std::expected<void, Error> ChangeCounter::addWholeTables(const QList<Table> &tables)
{
    // What changed in these tables so far is forgotten with them.
    if (auto updated = update(); !updated)
        return updated;
    // An error rather than a count of the rows that a policy shows us.
    if (auto set = m_target->runScript(u"SET LOCAL row_security = off"_s); !set)
        return set;
    for (const Table table : tables) {
        const auto name = m_target->run(u"SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name "
                                        "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
                                        "ON n.oid = c.relnamespace WHERE c.oid = ?"_s,
            {table});
        if (!name)
            return std::unexpected(name.error());
        if (name->isEmpty())
            return std::unexpected(Error{Error::Code::Conflict, u"a table vanished while it was counted"_s});
        const QString from = name->first().text(u"name"_s);
        if (auto locked = m_target->runScript(u"LOCK TABLE "_s + from + u" IN ACCESS EXCLUSIVE MODE"_s); !locked)
            return locked;
        const auto rows = m_target->run(u"SELECT pg_catalog.count(*) AS rows FROM ONLY "_s + from);
        if (!rows)
            return std::unexpected(rows.error());
        m_wholeTables[table] += rows->first().number(u"rows"_s);
    }
    return m_target->runScript(u"SET LOCAL row_security TO DEFAULT"_s);
}

std::expected<void, Error> ChangeCounter::acceptReplaced()
{
    return readShapes().transform([this](const Shapes &now) {
        m_shapes.removeIf([&now](Shapes::iterator each) { return !now.contains(each.key()); });
        for (auto &&[table, shape] : m_shapes.asKeyValueRange())
            shape = now.value(table);
    });
}

std::expected<void, Error> ChangeCounter::refuseForeignChanges()
{
    // Whatever writes to a foreign table keeps more than a reader's lock on it until the end.
    const auto rows = m_target->run(u"SELECT c.relname FROM pg_catalog.pg_locks l "
                                    "JOIN pg_catalog.pg_class c ON c.oid = l.relation "
                                    "WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' "
                                    "AND c.relkind = 'f' AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')"_s);
    if (!rows)
        return std::unexpected(rows.error());
    if (!rows->isEmpty())
        return std::unexpected(Error{Error::Code::Refused,
            u"the foreign table %1 was written to, where nothing counts the changes"_s.arg(
                rows->first().text(u"relname"_s))});
    return {};
}

std::expected<void, Error> ChangeCounter::update()
{
    return readCounts().transform([this](const Counts &now) {
        for (const auto &[table, changed] : now.asKeyValueRange()) {
            qint64 &most = m_changed[table];
            most = std::max(most, changed - m_baseline.value(table, 0));
        }
    });
}

std::expected<ChangeCounter::Counts, Error> ChangeCounter::changes()
{
    return refuseForeignChanges().and_then([this] { return update(); }).transform([this] {
        Counts counts = m_wholeTables;
        for (const auto &[table, changed] : std::as_const(m_changed).asKeyValueRange())
            counts[table] += changed;
        counts.removeIf([](Counts::iterator each) { return each.value() == 0; });
        return counts;
    });
}

std::expected<qint64, Error> ChangeCounter::total()
{
    return changes().transform(
        [](const Counts &counts) { return std::accumulate(counts.cbegin(), counts.cend(), qint64(0)); });
}

} // namespace holdpoint
