// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/lockholders.h"

#include "core/database/transaction.h"
#include "core/impact/rolepower.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// A lock's name may be a table's or an index's, with or without its schema, as in tableTree.
constexpr auto holders = R"(
WITH RECURSIVE wanted(place, name, family) AS (
  SELECT w.* FROM json_to_recordset(?::json) AS w(place int, name text, family boolean)
), named(place, oid, family) AS (
  SELECT wanted.place, coalesce(x.indrelid, c.oid), wanted.family
  FROM wanted JOIN pg_class c ON c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'i', 'I')
  JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index x ON x.indexrelid = c.oid
  WHERE wanted.name = n.nspname || '.' || c.relname
    OR (wanted.name = c.relname AND n.nspname = 'public')
), tree(place, oid, family) AS (
  SELECT * FROM named
  UNION SELECT tree.place, i.inhrelid, true FROM tree JOIN pg_inherits i ON tree.family AND i.inhparent = tree.oid
)
SELECT h.schema_name || '.' || h.table_name AS relation, h.mode, h.granted, h.pid, h.role, h.application_name, h.state,
  greatest(extract(epoch FROM clock_timestamp() - h.since), 0)::float8 AS seconds,
  array_to_json(h.blocked_by)::text AS blocked_by, json_agg(tree.place)::text AS places
FROM holdpoint_target.lock_holders() AS h JOIN pg_namespace n ON n.nspname = h.schema_name
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = h.table_name
LEFT JOIN tree ON tree.oid = c.oid
GROUP BY h.schema_name, h.table_name, h.mode, h.granted, h.pid, h.role, h.application_name, h.state, h.since, h.blocked_by
ORDER BY h.since NULLS LAST, h.pid, relation, h.mode)"_L1;

/// `AccessShareLock`, as pg_locks has it.
LockMode modeOf(const QString &name)
{
    for (const LockMode mode : lockModes) {
        const QString words = toWord(mode).remove(u' ') + u"Lock"_s;
        if (words.compare(name, Qt::CaseInsensitive) == 0)
            return mode;
    }
    return LockMode::Unknown;
}

QByteArray wanted(const QList<TableLock> &locks)
{
    QJsonArray list;
    for (qsizetype place = 0; place < locks.size(); ++place)
        list.append(QJsonObject{
            {u"place"_s, place}, {u"name"_s, locks[place].table}, {u"family"_s, locks[place].withDescendants}});
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

QJsonArray listOf(const Row &row, const QString &column)
{
    return QJsonDocument::fromJson(row.text(column).toUtf8()).array();
}

/// Of what nobody knows the table, every table's holders are shown.
bool isInTheWay(const Row &row, LockMode held, const QList<TableLock> &locks)
{
    const QJsonArray places = listOf(row, u"places"_s);
    for (qsizetype place = 0; place < locks.size(); ++place)
        if ((locks[place].table == u"unknown"_s || places.contains(place)) && conflict(held, locks[place].mode))
            return true;
    return false;
}

LockHolder holderFrom(const Row &row, LockMode mode)
{
    LockHolder holder;
    holder.table = row.text(u"relation"_s);
    holder.mode = mode;
    holder.granted = row.flag(u"granted"_s);
    holder.pid = row.optionalNumber(u"pid"_s).value_or(0);
    holder.role = row.text(u"role"_s);
    holder.application = row.text(u"application_name"_s);
    holder.state = row.text(u"state"_s);
    if (!row.isNull(u"seconds"_s))
        holder.seconds = row.real(u"seconds"_s);
    for (const QJsonValue pid : listOf(row, u"blocked_by"_s))
        holder.blockedBy.append(pid.toInteger());
    return holder;
}

} // namespace

QList<TableLock> locksOf(const Assessment &assessment)
{
    QList<TableLock> locks;
    for (const Statement &statement : assessment.statements)
        for (const TableLock &lock : statement.locks) {
            const auto known = std::ranges::find(locks, lock.table, &TableLock::table);
            if (known == locks.end()) {
                locks.append(lock);
                continue;
            }
            known->mode = std::max(known->mode, lock.mode);
            known->withDescendants = known->withDescendants || lock.withDescendants;
        }
    return locks;
}

std::expected<QList<LockHolder>, Error> lockHolders(Connection &primary, const QList<TableLock> &locks)
{
    const auto transaction = Transaction::begin(primary, u"READ ONLY"_s);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (const auto limited = primary.runScript(u"SET LOCAL statement_timeout = 1000; SET LOCAL lock_timeout = 200;"
                                               " SET LOCAL search_path = pg_catalog, pg_temp"_s);
        !limited)
        return std::unexpected(limited.error());
    if (const auto harmless = checkOnlyReads(primary, u"the primary"_s); !harmless)
        return std::unexpected(harmless.error());
    const auto rows = primary.run(holders, {QString::fromUtf8(wanted(locks))});
    if (!rows)
        return std::unexpected(rows.error());
    QList<LockHolder> found;
    for (const Row &row : *rows)
        if (const LockMode mode = modeOf(row.text(u"mode"_s)); isInTheWay(row, mode, locks))
            found.append(holderFrom(row, mode));
    return found;
}

} // namespace holdpoint
