// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/analyzerclient.h"
#include "core/assessment/effectjson.h"
#include "core/catalog/catalogreader.h"
#include "core/database/connection.h"
#include "core/demo/localcluster.h"
#include "tests/support/serverfolder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace holdpoint;

namespace {

using Locks = QMap<QString, LockMode>;

constexpr auto schema = R"(
CREATE TABLE customers (id int PRIMARY KEY, name varchar(20), plan text, active boolean DEFAULT true);
CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers ON DELETE CASCADE, total int NOT NULL);
CREATE TABLE lines (id int PRIMARY KEY, order_id int CONSTRAINT of_order REFERENCES orders, note text);
CREATE TABLE notes (id int PRIMARY KEY, body varchar, size int, code varchar(20), CONSTRAINT short CHECK (size < 10) NOT VALID);
CREATE INDEX notes_size ON notes (size);
CREATE TABLE events (id int, day int) PARTITION BY RANGE (day);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10);
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20);
CREATE TABLE events_3 (id int, day int);
CREATE VIEW active AS SELECT id, name FROM customers WHERE active;
CREATE VIEW big AS SELECT a.name, o.total FROM active a JOIN orders o ON o.customer = a.id;
CREATE MATERIALIZED VIEW totals AS SELECT customer, sum(total) AS total FROM orders GROUP BY 1;
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER watch AFTER TRUNCATE ON notes EXECUTE FUNCTION nothing();
CREATE POLICY mine ON notes USING (true);
INSERT INTO customers SELECT g, 'n' || g, 'p', true FROM generate_series(1, 20) g;
INSERT INTO orders SELECT g, g, g FROM generate_series(1, 10) g;
INSERT INTO lines SELECT g, g, 'x' FROM generate_series(1, 5) g;
INSERT INTO notes SELECT g, 'b', 1 FROM generate_series(1, 5) g;
INSERT INTO events SELECT g, g FROM generate_series(0, 19) g;
)"_L1;

constexpr auto held =
    "SELECT relation::bigint AS oid, replace(mode, 'Lock', '') AS mode FROM pg_locks WHERE pid = pg_backend_pid() AND granted"_L1;

constexpr auto relations = R"(
SELECT c.oid::bigint AS oid, n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname = 'public')"_L1;

/// A table, or that of an index, and what inherits from it.
constexpr auto family = R"(
WITH RECURSIVE tree(oid) AS (
  SELECT coalesce((SELECT x.indrelid FROM pg_index x WHERE x.indexrelid = to_regclass(given.name)), to_regclass(given.name)::oid)
    FROM (SELECT ?::text) AS given(name)
  UNION SELECT i.inhrelid FROM pg_inherits i JOIN tree ON i.inhparent = tree.oid AND ?
) SELECT oid::bigint AS oid FROM tree)"_L1;

/// Of statements whose locks depend on what is in the tables, the analyzer says what they may take.
enum Match { Same, Within };

void take(Locks &locks, const QString &table, LockMode mode)
{
    locks[table] = std::max(mode, locks.value(table, LockMode::AccessShare));
}

/// Plain reading is told of what also does something else.
Locks told(const Locks &locks)
{
    const bool plain = std::ranges::all_of(locks, [](LockMode mode) { return mode == LockMode::AccessShare; });
    return plain ? Locks() : locks;
}

QByteArray written(const Locks &locks)
{
    QStringList lines;
    for (auto lock = locks.cbegin(); lock != locks.cend(); ++lock)
        lines.append(lock.key() + u' ' + toWord(lock.value()));
    return lines.join(u", "_s).toUtf8();
}

} // namespace

/// What a statement is said to lock and to rewrite, beside what PostgreSQL locks and rewrites.
class LocksTest : public QObject
{
    Q_OBJECT

private:
    Rows rows(const QString &sql, const QVariantList &values = {})
    {
        const auto answer = m_admin->run(sql, values);
        if (!answer)
            qFatal("%s", qUtf8Printable(answer.error().text()));
        return *answer;
    }

    Locks heldNow()
    {
        Locks locks;
        for (const Row &row : rows(held))
            for (const LockMode mode : lockModes)
                if (const QString name = m_names.value(row.number(u"oid"_s));
                    !name.isEmpty() && toWord(mode).remove(u' ').compare(row.text(u"mode"_s), Qt::CaseInsensitive) == 0)
                    take(locks, name, mode);
        return told(locks);
    }

    Locks said(const QByteArray &sql)
    {
        Locks locks;
        const Assessment assessment = analyseAndWait(analyzerProgram(), sql, 20s, m_catalog);
        for (const TableLock &lock : assessment.statements.first().locks) {
            if (lock.table == u"unknown"_s)
                take(locks, lock.table, lock.mode);
            else
                for (const Row &row : rows(family, {lock.table, lock.withDescendants}))
                    take(locks, m_names.value(row.number(u"oid"_s)), lock.mode);
        }
        return locks;
    }

    QString fileOfNotes()
    {
        return rows(u"SELECT pg_relation_filenode('notes')::text AS file"_s).first().text(u"file"_s);
    }

    ServerFolder m_folder;
    std::unique_ptr<LocalCluster> m_server;
    std::optional<Connection> m_admin;
    CatalogSnapshot m_catalog;
    QMap<qint64, QString> m_names; ///< of all tables and views

private Q_SLOTS:
    void initTestCase()
    {
        auto server = LocalCluster::create({.directory = m_folder.path(u"server"_s)});
        QVERIFY2(server, qUtf8Printable(server ? QString() : server.error().text()));
        m_server = std::move(*server);
        auto admin = Connection::open(m_server->superuserConninfo(), u"test"_s);
        QVERIFY(admin && admin->runScript(schema));
        m_admin.emplace(std::move(*admin));
        const auto snapshot = readCatalog(*m_admin, {});
        QVERIFY(snapshot);
        m_catalog = *snapshot;
        for (const Row &row : rows(relations))
            m_names.insert(row.number(u"oid"_s), row.text(u"name"_s));
    }

    void aStatementTakesWhatIsSaid_data();
    void aStatementTakesWhatIsSaid()
    {
        QFETCH(int, match);
        const QByteArray sql = QTest::currentDataTag();
        const Locks expected = said(sql);
        (void)rows(u"BEGIN"_s);
        const auto done = m_admin->runForeign(sql);
        const Locks real = done ? heldNow() : Locks();
        (void)rows(u"ROLLBACK"_s);
        QVERIFY2(done, qUtf8Printable(done ? QString() : done.error().text()));
        if (match == Same)
            QCOMPARE(written(expected), written(real));
        const LockMode elsewhere = expected.value(u"unknown"_s, LockMode::AccessShare);
        for (auto lock = real.cbegin(); lock != real.cend(); ++lock)
            QVERIFY2(std::max(elsewhere, expected.value(lock.key())) >= lock.value(), qUtf8Printable(lock.key()));
    }

    void aTableIsRewrittenWhereThatIsSaid_data();
    void aTableIsRewrittenWhereThatIsSaid()
    {
        QFETCH(QString, extent);
        const QByteArray sql = QTest::currentDataTag();
        const Assessment assessment = analyseAndWait(analyzerProgram(), sql, 20s, m_catalog);
        const auto rewritten = assessment.statements.first().effects.last().rewritten;
        QVERIFY(rewritten);
        QCOMPARE(toWord(rewritten->extent), extent);
        QVERIFY(!rewritten->because.isEmpty());
        (void)rows(u"BEGIN"_s);
        const QString before = fileOfNotes();
        const auto done = m_admin->runForeign(sql);
        const QString after = done ? fileOfNotes() : QString();
        (void)rows(u"ROLLBACK"_s);
        QVERIFY2(done, qUtf8Printable(done ? QString() : done.error().text()));
        QCOMPARE(before != after, extent == u"full"_s);
    }

    void whatNoTransactionMayHoldIsSaidToo_data();
    void whatNoTransactionMayHoldIsSaidToo()
    {
        QFETCH(QByteArray, locks);
        QCOMPARE(written(said(QTest::currentDataTag())), locks);
    }
};

void LocksTest::aStatementTakesWhatIsSaid_data()
{
    QTest::addColumn<int>("match");
    for (const char *sql : {"SELECT * FROM big", "SELECT * FROM customers FOR UPDATE", "SELECT * FROM active FOR SHARE",
             "SELECT * FROM customers c, orders o FOR UPDATE OF o", "SELECT * FROM (SELECT * FROM notes FOR UPDATE) n",
             "SELECT * FROM (SELECT * FROM notes) n FOR NO KEY UPDATE",
             "WITH notes AS (SELECT * FROM lines) SELECT * FROM notes, orders o FOR UPDATE OF o",
             "INSERT INTO customers VALUES (99)", "INSERT INTO orders VALUES (99, 1, 2)",
             "INSERT INTO notes SELECT id + 50 FROM orders", "INSERT INTO active VALUES (98, 'x')",
             "UPDATE customers SET name = 'x'", "UPDATE notes SET size = 2 FROM lines l WHERE l.id = notes.id",
             "UPDATE lines SET order_id = 2", "UPDATE active SET name = 'y'", "DELETE FROM lines",
             "DELETE FROM notes USING big WHERE big.total = notes.size", "DELETE FROM orders WHERE id > 5",
             "WITH d AS (DELETE FROM lines RETURNING id) SELECT * FROM d, notes",
             "WITH d AS (DELETE FROM lines RETURNING id) INSERT INTO notes SELECT id + 70 FROM d",
             "MERGE INTO notes n USING lines l ON l.id = n.id WHEN MATCHED THEN UPDATE SET size = 3",
             "DELETE FROM events", "UPDATE events SET id = 1", "DELETE FROM ONLY events_1", "TRUNCATE lines",
             "TRUNCATE customers CASCADE", "TRUNCATE events", "DROP TABLE notes", "DROP TABLE lines",
             "DROP TABLE orders CASCADE", "DROP TABLE events_1", "DROP TABLE events", "DROP VIEW big",
             "DROP MATERIALIZED VIEW totals", "DROP TRIGGER watch ON notes", "DROP POLICY mine ON notes",
             "CREATE INDEX ON notes (body)", "CREATE INDEX ON events (id)", "REINDEX TABLE notes", "ANALYZE notes",
             "REFRESH MATERIALIZED VIEW totals", "LOCK TABLE orders IN SHARE MODE", "LOCK TABLE notes",
             "LOCK TABLE active IN EXCLUSIVE MODE",
             "CREATE TRIGGER more BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION nothing()",
             "CREATE RULE r AS ON INSERT TO notes DO INSTEAD NOTHING", "CREATE POLICY p ON notes USING (size > 1)",
             "ALTER POLICY mine ON notes USING (false)", "COMMENT ON TABLE notes IS 'x'",
             "COMMENT ON COLUMN notes.size IS 'x'", "GRANT SELECT ON notes TO public",
             "CREATE STATISTICS st ON id, size FROM notes", "CREATE PUBLICATION pub FOR TABLE notes",
             "CREATE TABLE n (id int REFERENCES customers)", "CREATE TABLE n (LIKE notes)",
             "CREATE TABLE n () INHERITS (notes)", "CREATE TABLE n PARTITION OF events FOR VALUES FROM (20) TO (30)",
             "CREATE TABLE n AS SELECT * FROM big", "CREATE VIEW n AS SELECT * FROM notes",
             "CREATE OR REPLACE VIEW active AS SELECT id, name FROM customers", "EXPLAIN DELETE FROM notes",
             "ALTER TABLE notes ADD COLUMN c int", "ALTER TABLE notes ALTER size SET STATISTICS 10",
             "ALTER TABLE notes SET (fillfactor = 50)", "ALTER TABLE notes VALIDATE CONSTRAINT short",
             "ALTER TABLE notes DISABLE TRIGGER watch", "ALTER TABLE notes CLUSTER ON notes_pkey",
             "ALTER TABLE notes ADD CONSTRAINT k FOREIGN KEY (size) REFERENCES customers",
             "ALTER TABLE notes ALTER size SET DEFAULT 1, ALTER size SET STATISTICS 5",
             "ALTER TABLE lines DROP CONSTRAINT of_order", "ALTER TABLE lines DROP COLUMN order_id",
             "ALTER TABLE notes RENAME TO other", "ALTER TABLE notes RENAME COLUMN size TO width",
             "ALTER TABLE notes ENABLE ROW LEVEL SECURITY",
             "ALTER TABLE events ATTACH PARTITION events_3 FOR VALUES FROM (40) TO (50)",
             "ALTER TABLE events DETACH PARTITION events_1", "ALTER TABLE events ADD COLUMN c int",
             "ALTER TABLE notes SET SCHEMA public", "CLUSTER notes USING notes_pkey"})
        QTest::newRow(sql) << int(Same);
    for (const char *sql : {"INSERT INTO events VALUES (1, 2)", "SELECT * FROM events WHERE day = 3 FOR UPDATE",
             "DELETE FROM events WHERE day = 3", "DELETE FROM customers WHERE id = 15", "REINDEX INDEX notes_size",
             "DROP INDEX notes_size", "ALTER TABLE lines ALTER order_id TYPE bigint",
             "ALTER TABLE lines VALIDATE CONSTRAINT of_order", "DROP FUNCTION nothing CASCADE"})
        QTest::newRow(sql) << int(Within);
}

void LocksTest::aTableIsRewrittenWhereThatIsSaid_data()
{
    QTest::addColumn<QString>("extent");
    const auto row = [](const char *sql, const QString &extent) { QTest::newRow(sql) << extent; };
    row("ALTER TABLE notes ADD c int", u"no"_s);
    row("ALTER TABLE notes ADD c int DEFAULT 5", u"no"_s);
    row("ALTER TABLE notes ADD c int NOT NULL DEFAULT 5", u"no"_s);
    row("ALTER TABLE notes ADD c timestamptz DEFAULT now()", u"no"_s);
    row("ALTER TABLE notes ADD c mood", u"no"_s);
    row("ALTER TABLE notes ADD c timestamptz DEFAULT clock_timestamp()", u"full"_s);
    row("ALTER TABLE notes ADD c float DEFAULT random()", u"full"_s);
    row("ALTER TABLE notes ADD c serial", u"full"_s);
    row("ALTER TABLE notes ADD c int GENERATED ALWAYS AS IDENTITY", u"full"_s);
    row("ALTER TABLE notes ADD c int GENERATED ALWAYS AS (size * 2) STORED", u"full"_s);
    row("ALTER TABLE notes ADD c positive", u"full"_s);
    row("ALTER TABLE notes ADD c int CHECK (c > 1)", u"scan"_s);
    row("ALTER TABLE notes DROP size", u"no"_s);
    row("ALTER TABLE notes ALTER size TYPE bigint", u"full"_s);
    row("ALTER TABLE notes ALTER body TYPE text", u"no"_s);
    row("ALTER TABLE notes ALTER code TYPE varchar(40)", u"no"_s);
    row("ALTER TABLE notes ALTER code TYPE varchar(10)", u"full"_s);
    row("ALTER TABLE notes ALTER size SET NOT NULL", u"scan"_s);
    row("ALTER TABLE notes ALTER size SET DEFAULT 4", u"no"_s);
    row("ALTER TABLE notes ADD CHECK (size > 0)", u"scan"_s);
    row("ALTER TABLE notes ADD CHECK (size > 0) NOT VALID", u"no"_s);
    row("ALTER TABLE notes VALIDATE CONSTRAINT short", u"scan"_s);
    row("ALTER TABLE notes ADD UNIQUE (id)", u"scan"_s);
    row("ALTER TABLE notes SET UNLOGGED", u"full"_s);
    row("ALTER TABLE notes SET (fillfactor = 50)", u"no"_s);
    row("ALTER TABLE notes ADD c int, ALTER size TYPE bigint", u"full"_s);
}

void LocksTest::whatNoTransactionMayHoldIsSaidToo_data()
{
    QTest::addColumn<QByteArray>("locks");
    const auto row = [](const char *sql, const char *locks) { QTest::newRow(sql) << QByteArray(locks); };
    row("CREATE INDEX CONCURRENTLY ON notes (body)", "public.notes SHARE UPDATE EXCLUSIVE");
    row("DROP INDEX CONCURRENTLY notes_size", "public.notes SHARE UPDATE EXCLUSIVE");
    row("REINDEX TABLE CONCURRENTLY notes", "public.notes SHARE UPDATE EXCLUSIVE");
    row("VACUUM notes", "public.notes SHARE UPDATE EXCLUSIVE");
    row("VACUUM FULL notes", "public.notes ACCESS EXCLUSIVE");
    row("VACUUM", "unknown SHARE UPDATE EXCLUSIVE");
    row("REFRESH MATERIALIZED VIEW CONCURRENTLY totals", "public.orders ACCESS SHARE, public.totals EXCLUSIVE");
    row("ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY",
        "public.events SHARE UPDATE EXCLUSIVE, public.events_1 SHARE UPDATE EXCLUSIVE");
    row("DO 'BEGIN DELETE FROM notes; END'", "unknown unknown");
    row("CALL p()", "unknown unknown");
    row("DROP SCHEMA archive", "unknown unknown");
    row("SELECT * FROM notes", "");
}

QTEST_GUILESS_MAIN(LocksTest)
#include "lockstest.moc"
