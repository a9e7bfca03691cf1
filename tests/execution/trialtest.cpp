// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/storeclient.h"
#include "tests/execution/executionworld.h"

#include <QDeadlineTimer>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace holdpoint;
using Ended = TrialResult::Outcome;

namespace {

constexpr auto patience = 30s;

/// Everything that a trial could have changed: rows, columns, definitions.
const QString fingerprint =
    u"SELECT md5(string_agg(whole, '|' ORDER BY whole)) AS sum FROM ("
    "SELECT query_to_xml(format('SELECT count(*), sum(hashtext(t::text)::bigint) FROM ONLY %s t', c.oid::regclass), "
    "false, true, '')::text || c.oid::regclass::text AS whole FROM pg_class c WHERE c.relkind = 'r' "
    "AND c.relnamespace IN ('public'::regnamespace, 'archive'::regnamespace) "
    "UNION ALL SELECT string_agg(pg_get_functiondef(p.oid), '' ORDER BY p.oid) FROM pg_proc p "
    "WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f' "
    "UNION ALL SELECT string_agg(attrelid || attname || atttypid, '' ORDER BY attrelid, attnum) FROM pg_attribute "
    "WHERE attrelid >= 16384 AND attnum > 0) AS all_of_it"_s;

} // namespace

/// Trials on real servers, by the executor as it is.
class TrialTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void aTrialSaysWhatHappenedAndChangesNothing_data();
    void aTrialSaysWhatHappenedAndChangesNothing();
    void rowsThatFollowAreCountedByTable();
    void triggersThatFiredAreNamed();
    void whereCallsAreNotCountedTriggersAreOnlyListed();
    void anErrorSaysWhichStatementAndWhere();
    void aDeferredConstraintIsChecked();
    void whatDeferredTriggersDoComesLast();
    void whatTheExecutorNeverRunsIsNotTried_data();
    void whatTheExecutorNeverRunsIsNotTried();
    void anEmptyTableIsSaid();
    void theSameSchemaHasNoDifference();
    void aDifferentSchemaIsFound();
    void theAgeOfTheDataIsSaid();
    void aServerThatIsTheTargetsOwnIsRefused();
    void aRoleWithMorePowerThanAWriterIsRefused();
    void aTrialHoldsUpNoExecution();
    void aKilledExecutorLosesTheTrial();

private:
    qint64 ask(qint64 action);
    Trial trial(qint64 id) const;
    Trial ended(qint64 id) const;
    bool waitFor(qint64 id, TrialState state) const;
    /// What trying the SQL shows.
    TrialResult tryOut(const QByteArray &sql);
    Connection sandbox() const { return m_world->connect(u"prod-eu-sandbox-admin"_s); }
    void alter(const QString &script);
    QString sum() const;
    void startWith(const QByteArray &sandbox);

    std::unique_ptr<ExecutionWorld> m_world;
    QList<QProcess *> m_running;
    QString m_undo;
};

void TrialTest::initTestCase()
{
    m_world = ExecutionWorld::create();
}

void TrialTest::init()
{
    m_undo.clear();
    m_running.append(m_world->startExecutor());
}

void TrialTest::cleanup()
{
    for (QProcess *executor : std::as_const(m_running))
        m_world->kill(executor);
    m_running.clear();
    if (!m_undo.isEmpty())
        alter(m_undo);
}

void TrialTest::alter(const QString &script)
{
    auto done = sandbox().runScript(script);
    QVERIFY2(done, done ? "" : qPrintable(done.error().text()));
}

QString TrialTest::sum() const
{
    return sandbox().run(fingerprint)->first().text(u"sum"_s);
}

/// Waits for an executor to report its sandbox first.
qint64 TrialTest::ask(qint64 action)
{
    Connection connection = m_world->connect(u"holdpoint"_s);
    StoreClient store(connection);
    const Action about = m_world->action(action);
    const QDeadlineTimer deadline(patience);
    while (true) {
        const auto id = store.requestTrial(action, about.revision, about.digest);
        if (id)
            return *id;
        if (deadline.hasExpired())
            qFatal("%ls", qUtf16Printable(id.error().text()));
        QThread::sleep(50ms);
    }
}

Trial TrialTest::trial(qint64 id) const
{
    Connection connection = m_world->connect(u"holdpoint"_s);
    return StoreClient(connection).trial(id).value();
}

bool TrialTest::waitFor(qint64 id, TrialState state) const
{
    const QDeadlineTimer deadline(patience);
    while (trial(id).state != state) {
        if (deadline.hasExpired())
            return false;
        QThread::sleep(20ms);
    }
    return true;
}

Trial TrialTest::ended(qint64 id) const
{
    waitFor(id, TrialState::Finished);
    return trial(id);
}

TrialResult TrialTest::tryOut(const QByteArray &sql)
{
    const Trial trial = ended(ask(m_world->submit(sql)));
    if (!trial.result)
        qFatal("the trial is %ls: %ls", qUtf16Printable(toWord(trial.state)), qUtf16Printable(trial.lostBecause));
    return *trial.result;
}

void TrialTest::startWith(const QByteArray &sandbox)
{
    m_world->kill(m_running.takeLast());
    m_running.append(m_world->startExecutorWithSandbox(sandbox));
}

void TrialTest::aTrialSaysWhatHappenedAndChangesNothing_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("changes");
    QTest::newRow("update") << QByteArray("UPDATE orders SET coupon_code = 'TRY'") << u"UPDATE"_s << true;
    QTest::newRow("delete") << QByteArray("DELETE FROM customers") << u"DELETE"_s << true;
    QTest::newRow("truncate") << QByteArray("TRUNCATE sessions") << u"TRUNCATE"_s << true;
    QTest::newRow("drop") << QByteArray("DROP TABLE test_customers") << u"DROP TABLE"_s << true;
    QTest::newRow("alter") << QByteArray("ALTER TABLE orders DROP COLUMN coupon_code") << u"ALTER TABLE"_s << true;
    QTest::newRow("function") << QByteArray("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")
                              << u"CREATE FUNCTION"_s << false;
    QTest::newRow("read") << QByteArray("SELECT count(*) FROM orders") << u"SELECT"_s << false;
}

void TrialTest::aTrialSaysWhatHappenedAndChangesNothing()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const QString, kind);
    QFETCH(const bool, changes);
    const QString before = sum();
    const QString production = m_world->production().run(fingerprint)->first().text(u"sum"_s);
    const TrialResult result = tryOut(sql);
    QVERIFY2(result.outcome == Ended::Ran,
        qPrintable(result.detail + (result.error ? result.error->message + result.error->hint : QString())));
    QCOMPARE(result.statements.size(), 1);
    QCOMPARE(result.statements.first().kind, kind);
    QCOMPARE(*result.rowsChanged > 0, changes);
    QVERIFY(result.milliseconds > 0);
    QVERIFY(result.statements.first().milliseconds <= result.milliseconds);
    QCOMPARE(sum(), before);
    QCOMPARE(m_world->production().run(fingerprint)->first().text(u"sum"_s), production);
}

void TrialTest::rowsThatFollowAreCountedByTable()
{
    const auto count = [this](const QString &table) {
        return sandbox().run(u"SELECT count(*) AS n FROM "_s + table)->first().number(u"n"_s);
    };
    const TrialResult result = tryOut("DELETE FROM customers");
    const TrialStatement statement = result.statements.first();
    QCOMPARE(statement.rowsByTag, count(u"customers"_s));
    QVERIFY(statement.changes.contains(TableChange{u"public.orders"_s, count(u"orders"_s)}));
    QVERIFY(statement.changes.contains(TableChange{u"public.order_items"_s, count(u"order_items"_s)}));
    QVERIFY(*result.rowsChanged > *statement.rowsByTag);
    const QStringList touched = [&] {
        QStringList names;
        for (const TouchedTable &table : result.verdict->tables)
            names.append(table.name);
        return names;
    }();
    for (const QString &name : {u"public.customers"_s, u"public.orders"_s, u"public.order_items"_s})
        QVERIFY2(touched.contains(name), qPrintable(name));
}

void TrialTest::triggersThatFiredAreNamed()
{
    const TrialResult result = tryOut("UPDATE customers SET notes = 'n' WHERE id <= 3");
    QCOMPARE(result.triggers,
        (QList<TrialTrigger>{{u"public.customers"_s, u"customers_audit"_s, u"public.audit_row_change"_s, 3}}));
    QVERIFY(result.statements.first().changes.contains(TableChange{u"public.audit_log"_s, 3}));
}

void TrialTest::whereCallsAreNotCountedTriggersAreOnlyListed()
{
    m_undo = u"ALTER DATABASE shop SET track_functions = 'all'"_s;
    alter(u"ALTER DATABASE shop SET track_functions = 'none'"_s);
    const TrialResult result = tryOut("UPDATE customers SET notes = 'n' WHERE id <= 3");
    QCOMPARE(result.triggers.size(), 1);
    QCOMPARE(result.triggers.first().calls, std::nullopt);
}

void TrialTest::anErrorSaysWhichStatementAndWhere()
{
    const QString before = sum();
    const TrialResult result =
        tryOut("UPDATE orders SET coupon_code = 'TRY' WHERE id = 7;\nSELECT nonsense FROM orders;\nSELECT 1");
    QCOMPARE(result.outcome, Ended::Failed);
    QCOMPARE(result.statements.size(), 1);
    QCOMPARE(result.statements.first().rowsByTag, 1);
    QCOMPARE(result.error->statement, 1);
    QCOMPARE(result.error->sqlState, u"42703"_s);
    QCOMPARE(result.error->position, 8);
    QVERIFY(result.error->message.contains(u"nonsense"_s));
    QCOMPARE(sum(), before);
}

void TrialTest::aDeferredConstraintIsChecked()
{
    m_undo = u"DROP TABLE later"_s;
    alter(u"CREATE TABLE later (id int PRIMARY KEY, above int REFERENCES later DEFERRABLE INITIALLY DEFERRED);"
          "ALTER TABLE later OWNER TO app_owner"_s);
    const TrialResult result = tryOut("INSERT INTO later VALUES (1, 2)");
    QCOMPARE(result.outcome, Ended::Failed);
    QCOMPARE(result.error->statement, std::nullopt);
    QCOMPARE(result.error->sqlState, u"23503"_s);
}

void TrialTest::whatDeferredTriggersDoComesLast()
{
    m_undo = u"DROP TABLE later; DROP FUNCTION at_the_end()"_s;
    alter(u"CREATE TABLE later (id int); ALTER TABLE later OWNER TO app_owner;"
          "CREATE FUNCTION at_the_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE orders SET coupon_code = "
          "'x' WHERE id <= 5; RETURN NEW; END $$;"
          "CREATE CONSTRAINT TRIGGER last AFTER INSERT ON later DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE "
          "FUNCTION at_the_end()"_s);
    const TrialResult result = tryOut("INSERT INTO later VALUES (1)");
    QCOMPARE(result.statements.first().changes, (QList<TableChange>{{u"public.later"_s, 1}}));
    QCOMPARE(result.changesAtEnd, (QList<TableChange>{{u"public.orders"_s, 5}}));
    QCOMPARE(result.rowsChanged, 6);
}

void TrialTest::whatTheExecutorNeverRunsIsNotTried_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("why");
    QTest::newRow("commit") << QByteArray("DELETE FROM orders; COMMIT") << u"COMMIT is not among the statements"_s;
    QTest::newRow("concurrently") << QByteArray("CREATE INDEX CONCURRENTLY i ON orders (id)")
                                  << u"cannot run in a transaction"_s;
    QTest::newRow("vacuum") << QByteArray("VACUUM orders") << u"VACUUM is not among the statements"_s;
    QTest::newRow("program") << QByteArray("COPY orders TO PROGRAM 'cat'") << u"COPY"_s;
    QTest::newRow("broken") << QByteArray("DELETE FORM orders") << u"cannot be parsed"_s;
}

void TrialTest::whatTheExecutorNeverRunsIsNotTried()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const QString, why);
    const TrialResult result = tryOut(sql);
    QCOMPARE(result.outcome, Ended::Refused);
    QVERIFY2(result.detail.contains(why), qPrintable(result.detail));
    QVERIFY(result.statements.isEmpty());
}

void TrialTest::anEmptyTableIsSaid()
{
    m_undo = u"INSERT INTO email_queue SELECT * FROM kept; DROP TABLE kept"_s;
    // The planner still thinks that there are rows.
    alter(u"ANALYZE email_queue; CREATE TABLE kept AS SELECT * FROM email_queue; DELETE FROM email_queue"_s);
    const TrialResult result = tryOut("DELETE FROM email_queue");
    QCOMPARE(result.outcome, Ended::Ran);
    QCOMPARE(result.rowsChanged, 0);
    QVERIFY(result.changedNothing());
    QCOMPARE(result.verdict->emptyTables(), QStringList{u"public.email_queue"_s});
    QVERIFY(result.verdict->tables.first().sandboxRows.value_or(0) > 0);
}

void TrialTest::theSameSchemaHasNoDifference()
{
    const TrialResult result = tryOut("DELETE FROM customers WHERE id = 7");
    QVERIFY(result.verdict);
    QCOMPARE(result.verdict->differences, QList<SchemaDifference>());
    QCOMPARE(result.verdict->emptyTables(), QStringList());
    for (const TouchedTable &table : result.verdict->tables) {
        QVERIFY2(table.targetRows && table.sandboxRows, qPrintable(table.name));
        // A policy that would hide rows from us leaves that unknown, and not empty.
        QCOMPARE(table.sandboxEmpty.has_value(), table.name != "public.support_notes"_L1);
    }
}

void TrialTest::aDifferentSchemaIsFound()
{
    m_undo = u"ALTER TABLE orders DROP COLUMN extra, ALTER currency DROP DEFAULT;"
             "ALTER TABLE customers ENABLE TRIGGER customers_audit"_s;
    alter(u"ALTER TABLE orders ADD COLUMN extra int; ALTER TABLE orders ALTER currency SET DEFAULT 'XXX';"
          "ALTER TABLE customers DISABLE TRIGGER customers_audit"_s);
    const TrialResult result = tryOut("DELETE FROM customers WHERE id = 7");
    QStringList found;
    for (const SchemaDifference &difference : result.verdict->differences)
        found.append(difference.table + u" "_s + difference.what);
    QVERIFY2(found.contains(u"public.orders column extra"_s), qPrintable(found.join(u", "_s)));
    QVERIFY(found.contains(u"public.orders column currency"_s));
    QVERIFY(found.contains(u"public.customers trigger customers_audit"_s));
    QCOMPARE(found.size(), 3);
}

void TrialTest::theAgeOfTheDataIsSaid()
{
    const TrialResult result = tryOut("DELETE FROM sessions");
    QCOMPARE(result.verdict->age, SandboxVerdict::Age::Commits);
    QVERIFY(result.verdict->dataAt.secsTo(QDateTime::currentDateTimeUtc()) < 600);
}

void TrialTest::aServerThatIsTheTargetsOwnIsRefused()
{
    const QString production = m_world->production().run(fingerprint)->first().text(u"sum"_s);
    // Another string for the same place, and another role there.
    for (const QByteArray &sandbox : {"service=prod-eu-write connect_timeout=5"_ba, "service=prod-eu-admin"_ba}) {
        startWith(sandbox);
        const TrialResult result = tryOut("DELETE FROM customers");
        QCOMPARE(result.outcome, Ended::Refused);
        QVERIFY2(result.detail.contains(u"the target's own server"_s), qPrintable(result.detail));
        QCOMPARE(result.verdict, std::nullopt);
    }
    QCOMPARE(m_world->production().run(fingerprint)->first().text(u"sum"_s), production);
}

void TrialTest::aRoleWithMorePowerThanAWriterIsRefused()
{
    startWith("service=prod-eu-sandbox-admin");
    QVERIFY(tryOut("DELETE FROM customers").detail.contains(u"superuser"_s));
    startWith("service=prod-eu-replica");
    QVERIFY(tryOut("DELETE FROM customers").detail.contains(u"standby"_s));
}

void TrialTest::aTrialHoldsUpNoExecution()
{
    const qint64 slow = ask(m_world->submit("SELECT pg_sleep(20)"));
    QVERIFY(waitFor(slow, TrialState::Running));
    const qint64 released = m_world->release("UPDATE orders SET coupon_code = 'NOW' WHERE id = 7", 1);
    QCOMPARE(m_world->outcome(released).state, ActionState::Executed);
    QCOMPARE(trial(slow).state, TrialState::Running);
    QDeadlineTimer stopping(10s);
    m_world->stop(m_running.last());
    QVERIFY(!stopping.hasExpired());
    QCOMPARE(m_running.last()->exitCode(), 0);
}

void TrialTest::aKilledExecutorLosesTheTrial()
{
    const QString before = sum();
    const qint64 action = m_world->submit("DELETE FROM customers; SELECT pg_sleep(20)");
    const qint64 id = ask(action);
    QVERIFY(waitFor(id, TrialState::Running));
    QThread::sleep(1s);
    m_world->kill(m_running.takeLast());
    QCOMPARE(trial(id).state, TrialState::Running);
    m_running.append(m_world->startExecutor());
    QVERIFY(waitFor(id, TrialState::Lost));
    QCOMPARE(trial(id).lostBecause, u"the executor demo was interrupted while it ran"_s);
    const qint64 again = ask(action);
    QVERIFY(again > id);
    QVERIFY(waitFor(again, TrialState::Running));
    QTRY_COMPARE_WITH_TIMEOUT(sum(), before, 30'000);
}

QTEST_GUILESS_MAIN(TrialTest)
#include "trialtest.moc"
