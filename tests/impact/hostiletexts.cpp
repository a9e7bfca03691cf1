// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/impact/hostiletexts.h"

#include <algorithm>
#include <random>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Random = std::mt19937;

/// Each stands where a value may; `{primary}` is the primary's connection string.
const QStringList expressions{u"purge()"_s, u"innocent(1)"_s, u"loosen(1)"_s, u"wait(1)"_s, u"locks(1)"_s,
    u"nextval('counter')"_s, u"setval('counter', 4711)"_s, u"pg_advisory_lock(4711)"_s,
    u"pg_advisory_xact_lock(4711)"_s, u"pg_try_advisory_lock_shared(1, 2)"_s, u"pg_notify('holdpoint', 'x')"_s,
    u"set_config('statement_timeout', '0', false)"_s, u"set_config('transaction_read_only', 'off', false)"_s,
    u"set_config('default_transaction_read_only', 'off', false)"_s, u"set_config('role', 'postgres', false)"_s,
    u"set_config('work_mem', '2GB', false)"_s, u"set_config('search_path', 'archive', false)"_s,
    u"set_config('temp_file_limit', '-1', false)"_s, u"pg_sleep(60)"_s, u"pg_sleep(60) IS NOT NULL AND loosen(1) = 1"_s,
    u"lo_create(4711)"_s, u"lo_from_bytea(0, 'x')"_s, u"lo_import('/etc/passwd')"_s, u"pg_read_file('/etc/passwd')"_s,
    u"pg_ls_dir('/')"_s, u"pg_read_binary_file('PG_VERSION')"_s, u"dblink_exec('{primary}', 'DELETE FROM canary')"_s,
    u"dblink_connect('{primary}')"_s, u"pg_promote(false)"_s, u"pg_wal_replay_pause()"_s, u"pg_reload_conf()"_s,
    u"pg_rotate_logfile()"_s, u"pg_switch_wal()"_s, u"pg_create_restore_point('x')"_s, u"txid_current()"_s,
    u"pg_export_snapshot()"_s, u"pg_terminate_backend(pg_backend_pid())"_s, u"pg_cancel_backend(pg_backend_pid())"_s,
    u"(SELECT bool_and(pg_terminate_backend(pid)) FROM pg_stat_activity)"_s,
    u"(SELECT bool_and(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid())"_s,
    u"length(repeat('a', 1000000000))"_s, u"repeat('a', 200000000)"_s, u"repeat('a', 100000000)::int"_s,
    u"repeat('ab', 300000000) LIKE '%a%b%a%b%c'"_s, u"repeat('a', 30000) ~ '(a*)*(a*)*b'"_s,
    u"(SELECT count(*) FROM generate_series(1, 100000000000))"_s,
    u"(SELECT max(g) FROM generate_series(1, 50000000) g)"_s,
    u"(SELECT count(*) FROM orders a, orders b, orders c WHERE a.total + b.total + c.total < 0)"_s,
    u"(WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT sum(n) FROM r)"_s,
    u"(WITH RECURSIVE r(t) AS (SELECT 'x' UNION ALL SELECT t || t FROM r) SELECT max(t) FROM r)"_s,
    u"(SELECT max(t) FROM (SELECT md5(g::text) t FROM generate_series(1, 30000000) g ORDER BY 1) q)"_s,
    u"(SELECT array_agg(g) FROM generate_series(1, 100000000) g)"_s, u"9 ^ 9 ^ 9 ^ 9"_s, u"factorial(100000)"_s,
    u"query_to_xml('DELETE FROM canary', true, true, '')"_s, u"ts_stat('DELETE FROM canary')"_s,
    u"currtid2('canary', '(0,1)')"_s, u"pg_stat_reset()"_s, u"pg_logical_slot_get_changes('s', NULL, NULL)"_s,
    u"pg_drop_replication_slot('s')"_s, u"inet_server_addr()"_s, u"$1"_s, u"1) OR (1 = 1"_s,
    u"1)) AS q; DELETE FROM canary; SELECT ((1"_s, u"$x$1$x$ || $y$;DELETE FROM canary;$y$"_s,
    u"U&'\\0027; DELETE FROM canary; --'"_s, u"E'\\'; DELETE FROM canary; --'"_s};

const QStringList statements{u"DELETE FROM canary"_s, u"TRUNCATE canary"_s, u"DROP TABLE canary"_s,
    u"ANALYZE DELETE FROM canary"_s, u"(ANALYZE) DELETE FROM canary"_s, u"(ANALYZE ON) SELECT innocent(1)"_s,
    u"EXPLAIN ANALYZE DELETE FROM canary"_s, u"EXECUTE stored(1)"_s, u"PREPARE stored AS DELETE FROM canary"_s,
    u"DECLARE other CURSOR WITH HOLD FOR SELECT 1"_s, u"FETCH ALL FROM holdpoint_rows"_s, u"CLOSE holdpoint_rows"_s,
    u"COPY canary TO PROGRAM 'true'"_s, u"COPY canary FROM '/etc/passwd'"_s, u"COPY canary TO STDOUT"_s,
    u"DO $$ BEGIN DELETE FROM canary; END $$"_s, u"CALL purge()"_s, u"NOTIFY holdpoint"_s, u"LISTEN holdpoint"_s,
    u"LOCK TABLE canary"_s, u"SET statement_timeout = 0"_s, u"SET ROLE postgres"_s, u"RESET ALL"_s, u"COMMIT"_s,
    u"ROLLBACK"_s, u"PREPARE TRANSACTION 'x'"_s, u"CREATE ROLE thief SUPERUSER"_s, u"ALTER SYSTEM SET fsync = off"_s,
    u"LOAD 'dblink'"_s, u"VACUUM FULL"_s, u"CREATE TABLE thief AS SELECT * FROM canary"_s,
    u"SELECT * INTO thief FROM canary"_s, u"SELECT * FROM canary FOR UPDATE"_s, u"CREATE TEMP TABLE t (i int)"_s,
    u"IMPORT FOREIGN SCHEMA public FROM SERVER s INTO public"_s, u"TABLE canary"_s, u"VALUES (purge())"_s};

/// `%1` is an expression.
const QStringList submitted{u"DELETE FROM canary WHERE (%1) IS NOT NULL"_s,
    u"UPDATE canary SET id = id WHERE (%1)::text <> ''"_s, u"UPDATE customers SET plan = (%1)::text"_s,
    u"INSERT INTO notes SELECT id FROM canary WHERE (%1) IS NULL"_s,
    u"INSERT INTO customers (id, plan) SELECT 9, (%1)::text"_s,
    u"INSERT INTO customers (id, plan) VALUES (9000, (%1)::text)"_s,
    u"DELETE FROM orders USING (SELECT %1 AS e) AS x WHERE x.e IS NOT NULL"_s,
    u"WITH x AS MATERIALIZED (SELECT %1 AS e) DELETE FROM customers USING x"_s, u"DELETE FROM customers RETURNING %1"_s,
    u"SELECT %1"_s, u"SELECT * FROM canary ORDER BY (%1)"_s,
    u"MERGE INTO customers c USING (SELECT %1 AS e) s ON c.id = 1 WHEN MATCHED THEN DELETE"_s};
const QStringList given{u"SELECT %1"_s, u"SELECT id FROM canary WHERE (%1) IS NOT NULL"_s,
    u"WITH x AS MATERIALIZED (SELECT %1 AS e) SELECT e FROM x"_s, u"SELECT (%1)::text FROM generate_series(1, 1000)"_s,
    u"SELECT id FROM canary ORDER BY (%1)"_s, u"SELECT id FROM canary LIMIT (%1)::int"_s,
    u"SELECT count(*) FROM canary GROUP BY (%1)"_s};

/// `%1` is a statement.
const QStringList smuggling{u"%1"_s, u"SELECT 1; %1"_s, u"SELECT 1; COMMIT; %1"_s, u"SELECT 1) AS q; %1; SELECT (1"_s,
    u"WITH x AS (%1 RETURNING *) SELECT * FROM x"_s, u"WITH x AS (SELECT 1) %1"_s, u"/**/ %1"_s,
    u"SELECT 1\n--\n; %1"_s, u"SELECT 1 /* */ UNION ALL (%1)"_s};

qsizetype below(qsizetype limit, Random &random)
{
    return static_cast<qsizetype>(random() % static_cast<Random::result_type>(limit));
}

QString mutated(QString text, Random &random)
{
    static const QStringList spaces{u" "_s, u"\n"_s, u"\t"_s, u"/*x*/"_s, u" --x\n"_s, u"\f"_s, u"/*/**/*/"_s};
    switch (below(8, random)) {
    case 0:
        return text.replace(u" "_s, spaces[below(spaces.size(), random)]);
    case 1:
        return text.toLower();
    case 2:
        return text + u" -- "_s;
    case 3:
        return text + u" /*"_s;
    case 4:
        return text + u";"_s;
    case 5:
        return text.insert(below(text.size(), random), spaces[below(spaces.size(), random)]);
    case 6:
        return text.insert(below(text.size(), random), QChar(char16_t(below(2, random) ? 0x202E : 0x00A0)));
    default:
        return text;
    }
}

} // namespace

HostileTexts::HostileTexts(quint32 seed, const QString &primary)
    : m_seed(seed)
    , m_expressions(expressions)
    , m_statements(statements)
{
    m_expressions.replaceInStrings(u"{primary}"_s, QString(primary).replace(u"'"_s, u"''"_s));
}

QStringList HostileTexts::submissions(qsizetype count) const
{
    return chosen(submitted, count);
}

QStringList HostileTexts::selects(qsizetype count) const
{
    return chosen(given, count);
}

QStringList HostileTexts::chosen(const QStringList &carriers, qsizetype count) const
{
    QStringList all;
    for (const QString &carrier : carriers)
        for (const QString &expression : m_expressions)
            all.append(QString(carrier).replace(u"%1"_s, expression));
    for (const QString &carrier : smuggling)
        for (const QString &statement : m_statements)
            all.append(QString(carrier).replace(u"%1"_s, statement));
    Random random(m_seed);
    std::shuffle(all.begin(), all.end(), random);
    QStringList texts;
    while (texts.size() < count)
        texts.append(mutated(all[texts.size() % all.size()], random));
    return texts;
}

} // namespace holdpoint
