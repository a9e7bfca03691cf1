// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/guard.h"

#include "core/database/transaction.h"
#include "tests/access/targetfixture.h"
#include "tests/execution/releasemaker.h"

#include <QTest>

#include <csignal>
#include <future>

using namespace Qt::StringLiterals;
using namespace holdpoint;
using Kind = GuardResult::Kind;

namespace {

// A shop with 10 customers and 1,000 orders, and every way in which rows change that no text mentions.
const QString shop = uR"(
CREATE TABLE customers (id int PRIMARY KEY, name text);
CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers ON DELETE CASCADE, note text);
INSERT INTO customers SELECT g, 'c' || g FROM generate_series(1, 10) g;
INSERT INTO orders SELECT g, 1 + g % 10, 'n' FROM generate_series(1, 1000) g;
CREATE TABLE events (at int, what text) PARTITION BY RANGE (at);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (500);
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (500) TO (1001);
INSERT INTO events SELECT g, 'e' FROM generate_series(1, 1000) g;
CREATE TABLE requests (what text);
CREATE FUNCTION purge() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders; RETURN 1; END $$;
CREATE FUNCTION sneaky() RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM purge(); RETURN 1; END $$;
CREATE FUNCTION on_request() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM purge(); RETURN NEW; END $$;
CREATE TRIGGER at_once AFTER INSERT ON requests FOR EACH ROW WHEN (NEW.what = 'now') EXECUTE FUNCTION on_request();
CREATE CONSTRAINT TRIGGER later AFTER INSERT ON requests DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.what = 'later') EXECUTE FUNCTION on_request();
CREATE VIEW order_view AS SELECT * FROM orders;
CREATE RULE all_of_them AS ON DELETE TO order_view DO INSTEAD DELETE FROM orders;
CREATE TABLE readings (at int);
CREATE TABLE readings_old () INHERITS (readings);
INSERT INTO readings_old SELECT generate_series(1, 300);
CREATE SCHEMA attic CREATE TABLE old_orders (id int);
INSERT INTO attic.old_orders SELECT generate_series(1, 1000);
GRANT pg_write_all_data TO app_owner;
GRANT ALL ON SCHEMA public TO app_owner;
ALTER SCHEMA attic OWNER TO app_owner;
ALTER TABLE attic.old_orders OWNER TO app_owner;
ALTER TABLE customers OWNER TO app_owner; ALTER TABLE orders OWNER TO app_owner;
ALTER TABLE readings OWNER TO app_owner; ALTER TABLE readings_old OWNER TO app_owner;
ALTER TABLE events OWNER TO app_owner; ALTER TABLE events_1 OWNER TO app_owner; ALTER TABLE events_2 OWNER TO app_owner;
GRANT app_owner TO writer;
)"_s;

std::expected<bool, Error> stillTrusted()
{
    return false;
}

} // namespace

class GuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void whatFitsIsCommittedWithItsMarker();
    void everyChangeCounts_data();
    void everyChangeCounts();
    void aTableThatNothingCountsIsNotWrittenTo();
    void tablesOfOnesOwnMakingAreFree();
    void earlierRowsOfTheSessionDoNotCount();
    void withoutTheServersCountingNothingRuns();
    void aServerErrorChangesNothingAndIsReported();
    void secondStatementsInOneMessageDoNotRun();
    void whoEndsTheTransactionIsNotBelieved_data();
    void whoEndsTheTransactionIsNotBelieved();
    void settingsArePinned();
    void theCommitIsWrittenDownWhateverTheRoleHasSet();
    void noOtherMarkerCanBePlaced();
    void aLongStatementIsStopped();
    void aRevokedAgentChangesNothing();
    void notToKnowWhetherTheAgentIsRevokedChangesNothing();
    void theSameRevisionIsAppliedOnce();
    void aMarkerIsCompletedByItsOwnTransactionOnly();
    void twoAtOnceAreAppliedOnce();
    void aRunThatIsUnderWayElsewhereIsBusy();
    void aTargetThatDiesBeforeTheCommitKeepsNothing();
    void aTargetThatDiesDuringTheCommitIsUnsettledUntilItsMarkerIsRead();

private:
    GuardResult run(const QList<QByteArray> &statements, qint64 cap = 10);
    QString checksum();

    std::unique_ptr<TargetFixture> m_target;
    QString m_before;
    qint64 m_action = 0;
};

void GuardTest::initTestCase()
{
    auto target = TargetFixture::create();
    QVERIFY2(target, target ? "" : qPrintable(target.error().text()));
    m_target = std::move(*target);
    Connection superuser = m_target->superuser();
    QVERIFY(superuser.runScript(u"CREATE ROLE app_owner"_s));
    const auto made = superuser.runScript(shop);
    QVERIFY2(made, made ? "" : qPrintable(made.error().text()));
}

void GuardTest::init()
{
    ++m_action;
    m_before = checksum();
}

/// What a test that is to change nothing leaves.
void GuardTest::cleanup()
{
    QVERIFY(m_target->cluster().start());
}

QString GuardTest::checksum()
{
    const auto rows = m_target->superuser().run(
        u"SELECT md5((SELECT string_agg(c::text, ',' ORDER BY id) FROM customers c) "
        "|| (SELECT string_agg(o::text, ',' ORDER BY id) FROM orders o) || (SELECT count(*) FROM events) "
        "|| (SELECT count(*) FROM pg_inherits) || (SELECT count(*) FROM attic.old_orders) || (SELECT count(*) FROM "
        "requests) "
        "|| (SELECT count(*) FROM pg_largeobject_metadata) || (SELECT count(*) FROM pg_class WHERE relnamespace = "
        "'public'::regnamespace) || (SELECT count(*) FROM holdpoint_target.applied)) AS sum"_s);
    return rows ? rows->first().text(u"sum"_s) : rows.error().text();
}

GuardResult GuardTest::run(const QList<QByteArray> &statements, qint64 cap)
{
    Connection target = m_target->connect(u"writer"_s);
    return Guard(target, {}, stillTrusted, {}).run(releaseOf(m_action, statements, cap));
}

void GuardTest::whatFitsIsCommittedWithItsMarker()
{
    const GuardResult result =
        run({"UPDATE orders SET note = 'seen' WHERE id <= 3", "DELETE FROM orders WHERE id = 4"});
    QCOMPARE(result.kind, Kind::Executed);
    QCOMPARE(result.rowsChanged, 4);
    Connection superuser = m_target->superuser();
    QCOMPARE(superuser.run(u"SELECT FROM orders WHERE note = 'seen'"_s)->size(), 3);
    const auto marker =
        superuser.run(u"SELECT * FROM holdpoint_target.applied WHERE action_id = ? AND revision = 1"_s, {m_action});
    QCOMPARE(marker->size(), 1);
    QCOMPARE(marker->first().number(u"rows_changed"_s), 4);
    QVERIFY(superuser.runScript(u"UPDATE orders SET note = 'n'; INSERT INTO orders VALUES (4, 5, 'n')"_s));
}

void GuardTest::everyChangeCounts_data()
{
    QTest::addColumn<QList<QByteArray>>("statements");
    QTest::addColumn<qint64>("rows");
    const auto row = [](const char *name, const QList<QByteArray> &statements, qint64 rows) {
        QTest::newRow(name) << statements << rows;
    };
    row("a cascade", {"DELETE FROM customers WHERE id = 1"}, 101);
    row("many small ones", {"DELETE FROM orders WHERE id <= 9", "DELETE FROM orders WHERE id BETWEEN 10 AND 18"}, 18);
    row("a CTE", {"WITH gone AS (DELETE FROM orders RETURNING 1) SELECT 1"}, 1000);
    row("a CTE that nobody reads", {"WITH gone AS (UPDATE orders SET note = 'x') INSERT INTO requests VALUES ('a')"},
        1001);
    row("a function", {"SELECT purge()"}, 1000);
    row("a function in a WHERE", {"DELETE FROM customers WHERE purge() = 2"}, 1000);
    row("a function while planning", {"EXPLAIN SELECT sneaky()"}, 1000);
    row("EXPLAIN ANALYZE", {"EXPLAIN (ANALYZE off, ANALYZE on) DELETE FROM orders"}, 1000);
    row("a trigger", {"INSERT INTO requests VALUES ('now')"}, 1001);
    row("a deferred trigger", {"INSERT INTO requests VALUES ('later')"}, 1001);
    row("a rule", {"DELETE FROM order_view WHERE id = 1"}, 1000);
    row("partitions", {"UPDATE events SET what = 'x'"}, 1000);
    row("rows that move", {"UPDATE events SET at = 700 WHERE at BETWEEN 1 AND 6"}, 12);
    row("a merge", {"MERGE INTO orders USING customers c ON customer = c.id WHEN MATCHED THEN DELETE"}, 1000);
    row("an upsert",
        {"INSERT INTO orders SELECT id, customer, note FROM orders ON CONFLICT (id) DO UPDATE SET note = 'x'"}, 1000);
    row("an insert", {"INSERT INTO requests SELECT 'x' FROM generate_series(1, 500)"}, 500);
    row("a table made of rows", {"CREATE TABLE copy AS SELECT * FROM orders"}, 1000);
    row("TRUNCATE", {"TRUNCATE orders"}, 1000);
    row("TRUNCATE of more than it names", {"TRUNCATE customers CASCADE"}, 1010);
    row("TRUNCATE of partitions", {"TRUNCATE events"}, 1000);
    row("DELETE, then TRUNCATE", {"DELETE FROM orders", "TRUNCATE orders"}, 1000);
    row("INSERT, then TRUNCATE", {"INSERT INTO requests SELECT 'x' FROM generate_series(1, 5)", "TRUNCATE orders"},
        1005);
    row("DROP", {"DROP TABLE orders CASCADE"}, 1000);
    row("DELETE, then DROP", {"DELETE FROM orders", "DROP TABLE orders CASCADE"}, 1000);
    row("DROP of a partition", {"DROP TABLE events_1"}, 499);
    row("DROP of a schema", {"DROP SCHEMA attic CASCADE"}, 1000);
    row("a rewrite", {"ALTER TABLE events ALTER COLUMN what TYPE varchar(5)"}, 1000);
    row("DROP of a column", {"ALTER TABLE orders DROP COLUMN note CASCADE"}, 1000);
    row("DROP of a column of partitions", {"ALTER TABLE events DROP COLUMN what"}, 1000);
    row("DROP of a column in a block", {"DO $$ BEGIN EXECUTE 'ALTER TABLE orders DROP note CASCADE'; END $$"}, 1000);
    row("DELETE, then DROP of a column", {"DELETE FROM orders WHERE id <= 500", "ALTER TABLE orders DROP note CASCADE"},
        1000);
    row("a partition that is detached", {"ALTER TABLE events DETACH PARTITION events_1"}, 499);
    row("a table that inherits no more", {"ALTER TABLE readings_old NO INHERIT readings"}, 300);
    row("TRUNCATE in a block", {"DO $$ BEGIN EXECUTE 'TRUNC' || 'ATE orders'; END $$"}, 1000);
    row("DELETE and DROP in a block", {"DO $$ BEGIN DELETE FROM orders; DROP TABLE orders CASCADE; END $$"}, 1000);
    row("large objects", {"SELECT lo_from_bytea(0, 'x') FROM generate_series(1, 20)"}, 40);
}

void GuardTest::everyChangeCounts()
{
    QFETCH(QList<QByteArray>, statements);
    QFETCH(qint64, rows);
    const GuardResult result = run(statements);
    QVERIFY2(result.kind == Kind::Blocked, qPrintable(result.detail));
    QVERIFY2(result.detail.contains(u"the release allows 10"_s), qPrintable(result.detail));
    // What an undone attempt of a statement did stays in the server's counters: too high, never too low.
    QVERIFY2(*result.rowsChanged >= rows && *result.rowsChanged <= 2 * rows, qPrintable(result.detail));
    QCOMPARE(checksum(), m_before);
}

void GuardTest::aTableThatNothingCountsIsNotWrittenTo()
{
    Connection superuser = m_target->superuser();
    const auto made =
        superuser.runScript(u"CREATE EXTENSION postgres_fdw; CREATE SERVER self FOREIGN DATA WRAPPER postgres_fdw "
                            "OPTIONS (host '%1', port '%2', dbname 'shop'); CREATE USER MAPPING FOR writer SERVER self "
                            "OPTIONS (user 'writer', password 'secret-of-writer'); CREATE FOREIGN TABLE far (id int, "
                            "customer int, note text) "
                            "SERVER self OPTIONS (table_name 'orders')"_s.arg(
                                m_target->cluster().host(), QString::number(m_target->cluster().port())));
    QVERIFY2(made, made ? "" : qPrintable(made.error().text()));
    m_before = checksum();
    QCOMPARE(run({"SELECT count(*) FROM far"}).kind, Kind::Executed);
    ++m_action;
    m_before = checksum();
    const GuardResult result = run({"DELETE FROM far"});
    QCOMPARE(result.kind, Kind::Blocked);
    QVERIFY2(result.detail.contains(u"foreign table far"_s), qPrintable(result.detail));
    QCOMPARE(checksum(), m_before);
}

void GuardTest::tablesOfOnesOwnMakingAreFree()
{
    const GuardResult result = run({"CREATE TEMP TABLE scratch AS SELECT * FROM orders", "DELETE FROM scratch",
        "DROP TABLE scratch", "UPDATE orders SET note = note WHERE id <= 5"});
    QVERIFY2(result.kind == Kind::Executed, qPrintable(result.detail));
    QCOMPARE(result.rowsChanged, 5);
}

void GuardTest::earlierRowsOfTheSessionDoNotCount()
{
    Connection target = m_target->connect(u"writer"_s);
    QVERIFY(target.run(u"UPDATE orders SET note = note WHERE id <= 7"_s));
    const GuardResult result = Guard(target, {}, stillTrusted, {})
                                   .run(releaseOf(m_action, {"UPDATE orders SET note = note WHERE id <= 5"}, 10));
    QCOMPARE(result.kind, Kind::Executed);
    QCOMPARE(result.rowsChanged, 5);
}

void GuardTest::withoutTheServersCountingNothingRuns()
{
    Connection superuser = m_target->superuser();
    QVERIFY(superuser.runScript(u"ALTER ROLE writer SET track_counts = off"_s));
    const GuardResult result = run({"DELETE FROM orders"});
    QVERIFY(superuser.runScript(u"ALTER ROLE writer RESET track_counts"_s));
    QCOMPARE(result.kind, Kind::Blocked);
    QVERIFY(result.detail.contains(u"track_counts"_s));
    QCOMPARE(checksum(), m_before);
}

void GuardTest::aServerErrorChangesNothingAndIsReported()
{
    const GuardResult result = run({"DELETE FROM orders WHERE id = 1", "DELETE FROM no_such_table"});
    QCOMPARE(result.kind, Kind::Failed);
    QVERIFY2(result.detail.contains(u"relation \"no_such_table\" does not exist"_s), qPrintable(result.detail));
    QVERIFY(result.detail.contains(u"42P01"_s));
    QCOMPARE(checksum(), m_before);
}

void GuardTest::secondStatementsInOneMessageDoNotRun()
{
    const GuardResult result = run({"SELECT 1; DELETE FROM orders WHERE id = 1"});
    QCOMPARE(result.kind, Kind::Failed);
    QCOMPARE(checksum(), m_before);
}

void GuardTest::whoEndsTheTransactionIsNotBelieved_data()
{
    QTest::addColumn<QList<QByteArray>>("statements");
    QTest::newRow("COMMIT") << QList<QByteArray>{"COMMIT"};
    QTest::newRow("COMMIT AND CHAIN") << QList<QByteArray>{"COMMIT AND CHAIN"};
    QTest::newRow("ROLLBACK") << QList<QByteArray>{"ROLLBACK"};
    QTest::newRow("ROLLBACK AND CHAIN") << QList<QByteArray>{"ROLLBACK AND CHAIN"};
    QTest::newRow("PREPARE TRANSACTION") << QList<QByteArray>{"PREPARE TRANSACTION 'escape'"};
}

void GuardTest::whoEndsTheTransactionIsNotBelieved()
{
    QFETCH(QList<QByteArray>, statements);
    // Only an analyzer that was fooled lets these through; even then nobody is told that nothing changed.
    const GuardResult result = run(statements);
    QCOMPARE(result.kind, Kind::Unknown);
    Connection writer = m_target->connect(u"writer"_s);
    std::ignore = writer.runScript(u"ROLLBACK PREPARED 'escape'"_s);
}

void GuardTest::settingsArePinned()
{
    Connection superuser = m_target->superuser();
    QVERIFY(superuser.runScript(u"ALTER ROLE writer SET search_path = attic; ALTER ROLE writer SET "
                                "standard_conforming_strings = off"_s));
    const GuardResult result = run({"UPDATE orders SET note = 'a\\' WHERE id = 1",
        "DO $$ BEGIN EXECUTE 'SET search_path = attic'; END $$", "UPDATE orders SET note = note WHERE id = 2"});
    QVERIFY(superuser.runScript(u"ALTER ROLE writer RESET ALL"_s));
    QVERIFY2(result.kind == Kind::Executed, qPrintable(result.detail));
    QCOMPARE(superuser.run(u"SELECT note FROM orders WHERE id = 1"_s)->first().text(u"note"_s), u"a\\"_s);
}

void GuardTest::theCommitIsWrittenDownWhateverTheRoleHasSet()
{
    Connection superuser = m_target->superuser();
    QVERIFY(superuser.runScript(u"ALTER ROLE writer SET synchronous_commit = off"_s));
    Connection target = m_target->connect(u"writer"_s);
    QString setting;
    const auto look = [&](Failpoint point) {
        if (point == Failpoint::BeforeCommit)
            setting = target.run(u"SHOW synchronous_commit"_s)->first().text(u"synchronous_commit"_s);
    };
    const GuardResult result =
        Guard(target, {}, stillTrusted, look)
            .run(releaseOf(m_action, {"DO $$ BEGIN SET LOCAL synchronous_commit = off; END $$"}, 10));
    QVERIFY(superuser.runScript(u"ALTER ROLE writer RESET ALL"_s));
    QVERIFY2(result.kind == Kind::Executed, qPrintable(result.detail));
    QCOMPARE(setting, u"on"_s);
}

void GuardTest::noOtherMarkerCanBePlaced()
{
    // That of a revision which is still to come would keep it from ever running.
    const GuardResult result = run({"DO $$ BEGIN EXECUTE 'INSERT INTO holdpoint' || "
                                    "'_target.applied (action_id, revision, digest) VALUES (4711, 1, ''x'')'; END $$"});
    QCOMPARE(result.kind, Kind::Failed);
    QVERIFY2(result.detail.contains(u"duplicate key"_s), qPrintable(result.detail));
    QCOMPARE(checksum(), m_before);
}

void GuardTest::aLongStatementIsStopped()
{
    Connection target = m_target->connect(u"writer"_s);
    GuardTimeouts timeouts;
    timeouts.statement = std::chrono::milliseconds(100);
    const GuardResult result =
        Guard(target, timeouts, stillTrusted, {}).run(releaseOf(m_action, {"SELECT pg_sleep(20)"}, 10));
    QCOMPARE(result.kind, Kind::Failed);
    QVERIFY2(result.detail.contains(u"statement timeout"_s), qPrintable(result.detail));
    QCOMPARE(checksum(), m_before);
}

void GuardTest::aRevokedAgentChangesNothing()
{
    Connection target = m_target->connect(u"writer"_s);
    const GuardResult result =
        Guard(target, {}, [] { return true; }, {}).run(releaseOf(m_action, {"DELETE FROM orders WHERE id = 1"}, 10));
    QCOMPARE(result.kind, Kind::Blocked);
    QVERIFY(result.detail.contains(u"revoked"_s));
    QCOMPARE(checksum(), m_before);
}

void GuardTest::notToKnowWhetherTheAgentIsRevokedChangesNothing()
{
    Connection target = m_target->connect(u"writer"_s);
    const auto away = [] { return std::unexpected(Error{Error::Code::Unreachable, u"the store is away"_s}); };
    const GuardResult result =
        Guard(target, {}, away, {}).run(releaseOf(m_action, {"DELETE FROM orders WHERE id = 1"}, 10));
    QCOMPARE(result.kind, Kind::Blocked);
    QVERIFY(result.detail.contains(u"the store is away"_s));
    QCOMPARE(checksum(), m_before);
}

void GuardTest::theSameRevisionIsAppliedOnce()
{
    QCOMPARE(run({"UPDATE customers SET name = name || '!' WHERE id = 2"}).kind, Kind::Executed);
    m_before = checksum();
    QCOMPARE(run({"UPDATE customers SET name = name || '!' WHERE id = 2"}).kind, Kind::AlreadyApplied);
    QCOMPARE(checksum(), m_before);
}

void GuardTest::aMarkerIsCompletedByItsOwnTransactionOnly()
{
    Connection target = m_target->connect(u"writer"_s);
    const MarkerKey key{m_action, 1, "digest"};
    auto transaction = Transaction::begin(target);
    QVERIFY(transaction);
    QVERIFY(placeMarker(target, key).value_or(false));
    QVERIFY(!completeMarker(target, {m_action, 1, "another"}, 3).value_or(true));
    QVERIFY(!completeMarker(target, {m_action, 2, "digest"}, 3).value_or(true));
    QVERIFY(target.runScript(u"COMMIT AND CHAIN"_s));
    QCOMPARE(completeMarker(target, key, 3), false);
}

void GuardTest::twoAtOnceAreAppliedOnce()
{
    for (int round = 0; round < 10; ++round, ++m_action) {
        const auto race = [this] {
            return run({"INSERT INTO requests VALUES ('race')", "SELECT pg_sleep(0.02)"}).kind;
        };
        auto one = std::async(std::launch::async, race);
        auto two = std::async(std::launch::async, race);
        QList<Kind> kinds{one.get(), two.get()};
        std::ranges::sort(kinds);
        QCOMPARE(kinds, (QList<Kind>{Kind::Executed, Kind::AlreadyApplied}));
    }
    QCOMPARE(m_target->superuser().run(u"SELECT FROM requests WHERE what = 'race'"_s)->size(), 10);
}

void GuardTest::aRunThatIsUnderWayElsewhereIsBusy()
{
    Connection other = m_target->connect(u"writer"_s);
    auto transaction = Transaction::begin(other);
    QVERIFY(transaction);
    const VerifiedRelease release = releaseOf(m_action, {"DELETE FROM orders WHERE id = 1"}, 10);
    const MarkerKey key{m_action, 1, release.digest()};
    QVERIFY(placeMarker(other, key).value_or(false));
    Connection target = m_target->connect(u"writer"_s);
    GuardTimeouts timeouts;
    timeouts.lock = std::chrono::milliseconds(50);
    QCOMPARE(Guard(target, timeouts, stillTrusted, {}).run(release).kind, Kind::Busy);
    const auto unsettled = settle(target, key);
    QVERIFY(!unsettled);
    QCOMPARE(unsettled.error().code, Error::Code::TimedOut);
    QVERIFY(transaction->commit());
    const auto settled = settle(target, key);
    QVERIFY(settled);
    QVERIFY(settled->has_value());
}

void GuardTest::aTargetThatDiesBeforeTheCommitKeepsNothing()
{
    Connection target = m_target->connect(u"writer"_s);
    const qint64 backend = target.run(u"SELECT pg_backend_pid() AS pid"_s)->first().number(u"pid"_s);
    const auto die = [&](Failpoint point) {
        if (point != Failpoint::BeforeCommit)
            return;
        // The session's own process first: without its parent alone it could still commit.
        QCOMPARE(::kill(static_cast<pid_t>(backend), SIGKILL), 0);
        QVERIFY(m_target->cluster().kill());
    };
    const VerifiedRelease release = releaseOf(m_action, {"DELETE FROM orders WHERE id = 1"}, 10);
    const GuardResult result = Guard(target, {}, stillTrusted, die).run(release);
    QCOMPARE(result.kind, Kind::Unsettled);
    QVERIFY(m_target->cluster().start());
    Connection again = m_target->connect(u"writer"_s);
    const auto settled = settle(again, {m_action, 1, release.digest()});
    QVERIFY2(settled, settled ? "" : qPrintable(settled.error().text()));
    QVERIFY(!settled->has_value());
    QCOMPARE(checksum(), m_before);
}

void GuardTest::aTargetThatDiesDuringTheCommitIsUnsettledUntilItsMarkerIsRead()
{
    // The commit is done, and its answer never comes: it waits for a standby that does not exist.
    Connection superuser = m_target->superuser();
    QVERIFY(superuser.run(u"ALTER SYSTEM SET synchronous_standby_names = 'nobody'"_s));
    QVERIFY(superuser.run(u"SELECT pg_reload_conf()"_s));
    std::optional<std::future<void>> end;
    const auto cut = [&](Failpoint point) {
        if (point != Failpoint::BeforeCommit)
            return;
        end = std::async(std::launch::async, [pid = m_target->cluster().processId()] {
            QTest::qSleep(500);
            ::kill(static_cast<pid_t>(pid), SIGQUIT);
        });
    };
    Connection target = m_target->connect(u"writer"_s);
    const VerifiedRelease release = releaseOf(m_action, {"UPDATE customers SET name = 'kept' WHERE id = 3"}, 10);
    const GuardResult result = Guard(target, {}, stillTrusted, cut).run(release);
    end->get();
    QVERIFY2(result.kind == Kind::Unsettled, qPrintable(result.detail));
    std::ignore = m_target->cluster().stop(LocalCluster::StopMode::Immediate);
    QVERIFY(m_target->cluster().start());
    Connection reset = m_target->superuser();
    QVERIFY(reset.run(u"ALTER SYSTEM RESET synchronous_standby_names"_s));
    QVERIFY(reset.run(u"SELECT pg_reload_conf()"_s));
    Connection again = m_target->connect(u"writer"_s);
    const auto settled = settle(again, {m_action, 1, release.digest()});
    QVERIFY2(settled, settled ? "" : qPrintable(settled.error().text()));
    QVERIFY(settled->has_value());
    QCOMPARE((*settled)->rowsChanged, 1);
}

QTEST_GUILESS_MAIN(GuardTest)
#include "guardtest.moc"
