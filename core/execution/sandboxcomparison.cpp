// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/sandboxcomparison.h"

#include "core/database/connection.h"
#include "core/database/transaction.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype mostDifferences = 100;
constexpr qsizetype mostTables = 100;
constexpr qsizetype longestText = 200;

const QString missing = u"missing"_s;

QString shortened(const QString &text)
{
    return text.size() > longestText ? text.first(longestText - 1) + u'…' : text;
}

QList<SchemaDifference> differences(const QString &table, const CatalogTables &target, const CatalogTables &sandbox)
{
    const QMap<QString, QString> there = target.features(table);
    const QMap<QString, QString> here = sandbox.features(table);
    if (there.isEmpty() || here.isEmpty())
        return {{table, u"relation"_s, there.value(u"kind"_s, missing), here.value(u"kind"_s, missing)}};
    QMap<QString, QString> all = there;
    all.insert(here);
    QList<SchemaDifference> found;
    for (const QString &what : all.keys())
        if (there.value(what, missing) != here.value(what, missing))
            found.append(
                {table, shortened(what), shortened(there.value(what, missing)), shortened(here.value(what, missing))});
    return found;
}

/// A SELECT of our own on a table of somebody else's; every row counts, or it is an error.
std::expected<Rows, Error> ask(Connection &sandbox, const QString &select)
{
    const auto transaction = Transaction::begin(sandbox, u"READ ONLY"_s);
    if (!transaction)
        return std::unexpected(transaction.error());
    return sandbox
        .runScript(u"SET LOCAL search_path = pg_catalog, pg_temp; SET LOCAL row_security = off; "
                   "SET LOCAL statement_timeout = '3s'; SET LOCAL lock_timeout = '1s'"_s)
        .and_then([&] { return sandbox.run(select); });
}

/// @param table as SQL text
std::optional<bool> isEmpty(Connection &sandbox, const QString &table)
{
    const auto rows = ask(sandbox, u"SELECT NOT EXISTS (SELECT FROM %1) AS empty"_s.arg(table));
    return rows ? std::optional(rows->first().flag(u"empty"_s)) : std::nullopt;
}

/// The newest commit among those that left a row; invalid where the server does not keep their times.
/// @param table as SQL text
QDateTime newestCommit(Connection &sandbox, const QString &table)
{
    const auto rows = ask(sandbox,
        u"SELECT max(pg_xact_commit_timestamp(x)) AS at FROM (SELECT DISTINCT xmin AS x FROM %1) AS t "
        "WHERE current_setting('track_commit_timestamp')::bool"_s.arg(table));
    return rows ? rows->first().time(u"at"_s) : QDateTime();
}

QDateTime lastStatistics(Connection &sandbox, const QString &table)
{
    const auto rows =
        sandbox.run(u"SELECT greatest(s.last_analyze, s.last_autoanalyze, s.last_vacuum, s.last_autovacuum) AS at "
                    "FROM pg_catalog.pg_stat_all_tables s WHERE s.schemaname || '.' || s.relname = ?"_s,
            {table});
    return rows && !rows->isEmpty() ? rows->first().time(u"at"_s) : QDateTime();
}

void findAge(Connection &sandbox, const CatalogTables &catalog, const QStringList &tables, SandboxVerdict &verdict)
{
    for (const QString &table : tables)
        if (const QDateTime at = newestCommit(sandbox, catalog.quotedName(table));
            at.isValid() && !(at <= verdict.dataAt))
            verdict.dataAt = at;
    if (verdict.dataAt.isValid()) {
        verdict.age = SandboxVerdict::Age::Commits;
        return;
    }
    for (const QString &table : tables) {
        const QDateTime at = lastStatistics(sandbox, table);
        if (!at.isValid()) {
            verdict.dataAt = {};
            return;
        }
        if (!verdict.dataAt.isValid() || at < verdict.dataAt)
            verdict.dataAt = at;
    }
    if (verdict.dataAt.isValid())
        verdict.age = SandboxVerdict::Age::Statistics;
}

} // namespace

SandboxVerdict compareCatalogs(const CatalogTables &target, const CatalogTables &sandbox, const QStringList &relations)
{
    QStringList there;
    QStringList here;
    for (const QString &relation : relations) {
        there.append(target.find(relation));
        here.append(sandbox.find(relation));
    }
    QStringList all = target.reachedFrom(there) + sandbox.reachedFrom(here);
    all.sort();
    all.removeDuplicates();
    SandboxVerdict verdict;
    for (const QString &table : std::as_const(all)) {
        const QList<SchemaDifference> found = differences(table, target, sandbox);
        const qsizetype room = mostDifferences - verdict.differences.size();
        verdict.differences += found.first(std::min(found.size(), room));
        verdict.moreDifferences += std::max<qsizetype>(0, found.size() - room);
        if ((target.isTable(table) || sandbox.isTable(table)) && verdict.tables.size() < mostTables)
            verdict.tables.append({table, target.rows(table), sandbox.rows(table), {}});
    }
    return verdict;
}

void lookInto(Connection &sandbox, const CatalogTables &catalog, SandboxVerdict &verdict)
{
    QStringList withRows;
    for (TouchedTable &table : verdict.tables) {
        if (!catalog.isTable(table.name))
            continue;
        table.sandboxEmpty = isEmpty(sandbox, catalog.quotedName(table.name));
        if (!table.sandboxEmpty.value_or(true))
            withRows.append(table.name);
    }
    findAge(sandbox, catalog, withRows, verdict);
}

} // namespace holdpoint
