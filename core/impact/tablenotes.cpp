// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/tablenotes.h"

#include "core/impact/tablename.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// `?` is the event's bit in pg_trigger.tgtype.
constexpr auto triggers = R"(
SELECT DISTINCT format('%s %s: %s calls %s',
    CASE WHEN t.tgtype & 64 <> 0 THEN 'instead of' WHEN t.tgtype & 2 <> 0 THEN 'before' ELSE 'after' END,
    CASE WHEN t.tgtype & 1 <> 0 THEN 'each row' ELSE 'the statement' END, t.tgname, t.tgfoid::regproc) AS line
FROM tree JOIN pg_trigger t ON t.tgrelid = tree.oid
WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgtype & ? <> 0
ORDER BY line)"_L1;

constexpr auto rules = R"(
SELECT pg_get_ruledef(r.oid, true) AS line FROM named JOIN pg_rewrite r ON r.ev_class = named.oid
WHERE r.rulename <> '_RETURN' AND r.ev_enabled IN ('O', 'A') AND r.ev_type = ? ORDER BY line)"_L1;

constexpr auto size = R"(
SELECT sum(pg_total_relation_size(tree.oid))::bigint AS bytes, count(*) FILTER (WHERE c.relispartition) AS partitions
FROM tree JOIN pg_class c ON c.oid = tree.oid WHERE c.relkind IN ('r', 'm', 'p'))"_L1;

constexpr auto sequences = R"(
SELECT format('%s at %s', d.objid::regclass,
    CASE WHEN has_sequence_privilege(d.objid, 'SELECT, USAGE')
         THEN coalesce(pg_sequence_last_value(d.objid)::text, 'its start') ELSE 'an unknown value' END) AS line
FROM tree JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = tree.oid
  AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' ORDER BY line)"_L1;

/// What DROP needs CASCADE for, and takes along with it. A view hangs on its rule, which hangs on what it reads.
constexpr auto gone = R"(
, gone(classid, objid, needed) AS (
  SELECT 'pg_class'::regclass::oid, oid, false FROM tree
 UNION
  SELECT next.classid, next.objid, next.needed FROM gone g CROSS JOIN LATERAL (
    SELECT d.classid, d.objid, d.deptype = 'n' AS needed FROM pg_depend d
     WHERE d.refclassid = g.classid AND d.refobjid = g.objid AND d.deptype IN ('n', 'a', 'i', 'P', 'S')
    UNION ALL
    SELECT 'pg_class'::regclass::oid, r.ev_class, true FROM pg_rewrite r
     WHERE g.classid = 'pg_rewrite'::regclass AND r.oid = g.objid
  ) AS next
)
SELECT DISTINCT pg_describe_object(classid, objid, 0) AS line FROM gone
WHERE needed AND classid <> 'pg_rewrite'::regclass AND NOT (classid = 'pg_class'::regclass AND objid IN (SELECT oid FROM tree))
ORDER BY line LIMIT 200)"_L1;

std::expected<QStringList, Error> lines(Connection &replica, const QString &sql, const QVariantList &values)
{
    return replica.run(sql, values).transform([](const Rows &rows) {
        QStringList list;
        for (const Row &row : rows)
            list.append(row.text(u"line"_s));
        return list;
    });
}

struct Event
{
    QLatin1StringView verb;
    int trigger; ///< bit in pg_trigger.tgtype
    QLatin1StringView rule; ///< pg_rewrite.ev_type
};

constexpr Event events[] = {
    {"insert"_L1, 4, "3"_L1}, {"delete"_L1, 8, "4"_L1}, {"update"_L1, 16, "2"_L1}, {"truncate"_L1, 32, ""_L1}};

} // namespace

std::expected<TableNotes, Error> tableNotes(Connection &replica, const QString &table, const QString &verb)
{
    const QString tree = tableTree;
    TableNotes notes;
    const auto whole = replica.run(tree + size, {table});
    if (!whole)
        return std::unexpected(whole.error());
    notes.bytes = whole->first().optionalNumber(u"bytes"_s);
    notes.partitions = whole->first().number(u"partitions"_s);
    const auto keep = [](QStringList &into) { return [&into](const QStringList &list) { into = list; }; };
    std::expected<void, Error> done;
    for (const Event &event : events) {
        if (event.verb != verb)
            continue;
        done = lines(replica, tree + triggers, {table, event.trigger}).transform(keep(notes.triggers));
        if (done && !event.rule.isEmpty())
            done = lines(replica, tree + rules, {table, QString(event.rule)}).transform(keep(notes.rules));
    }
    if (done && (verb == u"truncate"_s || verb == u"drop"_s))
        done = lines(replica, tree + sequences, {table}).transform(keep(notes.sequences));
    if (done && verb == u"drop"_s)
        done = lines(replica, tree + gone, {table}).transform(keep(notes.dependents));
    if (!done)
        return std::unexpected(done.error());
    return notes;
}

} // namespace holdpoint
