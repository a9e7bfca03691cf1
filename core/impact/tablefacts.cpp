// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/tablefacts.h"

#include "core/impact/tablename.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// reltuples is -1 where nobody has looked yet; a table without a page has no row whatever it says.
constexpr auto size = R"(
, part AS (
  SELECT CASE
      WHEN c.relkind = 'p' THEN 0
      WHEN c.relkind NOT IN ('r', 'm') OR c.relpersistence <> 'p' THEN NULL
      WHEN pg_relation_size(c.oid) = 0 THEN 0
      WHEN c.reltuples < 0 OR c.relpages = 0 THEN NULL
      ELSE round(c.reltuples::numeric / c.relpages * pg_relation_size(c.oid) / current_setting('block_size')::int)
    END AS rows, c.relkind AS kind
  FROM tree JOIN pg_class c ON c.oid = tree.oid
)
SELECT named.oid::regclass::text AS name,
  (SELECT CASE WHEN bool_and(rows IS NOT NULL) THEN sum(rows)::bigint END FROM part) AS rows,
  (SELECT bool_and(kind IN ('r', 'm', 'p')) FROM part) AS tables
FROM named)"_L1;

constexpr auto age = R"(
SELECT min(at) AS at, bool_or(at IS NULL) AS gaps FROM (
  SELECT (SELECT max(pg_xact_commit_timestamp(s.xmin)) FROM pg_statistic s WHERE s.starelid = c.oid) AS at
  FROM tree JOIN pg_class c ON c.oid = tree.oid
  WHERE c.relkind IN ('r', 'm') AND pg_relation_size(c.oid) > 0
) AS per_table)"_L1;

} // namespace

std::expected<TableFacts, Error> tableFacts(Connection &replica, const QString &table)
{
    const auto answer = replica.run(tableTree + size, {table});
    if (!answer)
        return std::unexpected(answer.error());
    const Row &row = answer->first();
    if (row.isNull(u"name"_s))
        return std::unexpected(
            Error{Error::Code::Failed, u"the replica has no table %1, or more than one"_s.arg(table), {}, {}});
    TableFacts facts{.select = "SELECT FROM " + row.text(u"name"_s).toUtf8(), .rows = {}, .statisticsAt = {}};
    facts.rows.rows = row.optionalNumber(u"rows"_s);
    if (!facts.rows.rows)
        facts.rows.unknownBecause =
            row.flag(u"tables"_s) ? u"the table was never analysed"_s : u"%1 is no ordinary table"_s.arg(table);
    return facts;
}

QDateTime statisticsTime(Connection &replica, const QString &table)
{
    const auto tracked = replica.run(u"SELECT current_setting('track_commit_timestamp') = 'on' AS tracked"_s);
    if (!tracked || !tracked->first().flag(u"tracked"_s))
        return {};
    const auto answer = replica.run(tableTree + age, {table});
    if (!answer || answer->first().flag(u"gaps"_s))
        return {};
    return answer->first().time(u"at"_s);
}

} // namespace holdpoint
