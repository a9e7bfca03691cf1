// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/failpoint.h"
#include "tests/execution/executionworld.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {
const QString seen = u"SELECT count(*) AS n FROM audit_log WHERE actor = 'test %1'"_s;

/// One effect that can be counted: each run of it leaves one more row.
QByteArray mark(int number)
{
    return u"INSERT INTO audit_log (actor, table_name, action) VALUES ('test %1', 't', 'a')"_s.arg(number).toUtf8();
}
} // namespace

#define COMPARE_STATE(action, expected)                                                                                \
    QVERIFY2((action).state == (expected),                                                                             \
        qPrintable(toText((action).state) + u": "_s + ((action).outcome ? (action).outcome->detail : QString())))

class ExecutorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { ++m_number; }
    void cleanup();

    void aReleasedActionIsExecutedWithItsMarker();
    void whatIsNotReleasedIsNotExecuted();
    void theRowCapStopsACascadeBehindAHarmlessTag();
    void whatCascadesSinceItWasApprovedIsBlocked();
    void withoutTheCatalogueNothingIsRun();
    void aStatementErrorIsReportedAndNothingChanges();
    void transactionControlIsRefusedWhoeverApproved();
    void aKilledExecutorLeavesOneEffect_data();
    void aKilledExecutorLeavesOneEffect();
    void twoExecutorsLeaveOneEffectEach();
    void executorsWithOtherTargetsLeaveEachOthersWorkAlone();
    void whatExpiredUnfinishedIsNotRunAnyMore();
    void aStoreThatIsAwayLosesNoOutcome();
    void aStoreThatIsBusyLosesNoOutcome();
    void aTargetThatIsDownIsReported();
    void sqlThatTheStoresSuperuserSwappedIsRefused();
    void aReleaseThatTheStoresSuperuserForgedIsRefused();
    void anApprovalThatTheStoresSuperuserForgedIsRefused();
    void figuresThatTheStoresSuperuserRaisedAreRefused();
    void anActionOfARevokedAgentIsRolledBackInFlight();

private:
    std::unique_ptr<ExecutionWorld> m_world;
    QList<QProcess *> m_running;
    int m_number = 0;

    void start(const QString &stopAt = {}) { m_running.append(m_world->startExecutor(stopAt)); }
    qint64 effects() const { return m_world->number(seen.arg(m_number)); }
    /// What an administrator of the store who turned against it can do.
    void forge(const QString &script);
};

void ExecutorTest::initTestCase()
{
    m_world = ExecutionWorld::create();
}

void ExecutorTest::cleanup()
{
    for (QProcess *executor : std::as_const(m_running))
        m_world->kill(executor);
    m_running.clear();
    QVERIFY(m_world->world().store().start());
    QVERIFY(m_world->world().primary().start());
}

void ExecutorTest::forge(const QString &script)
{
    Connection admin = m_world->connect(u"holdpoint-admin"_s);
    const auto forged =
        admin.runScript(u"SET session_replication_role = replica; SET search_path = holdpoint;"_s + script);
    QVERIFY2(forged, forged ? "" : qPrintable(forged.error().text()));
}

void ExecutorTest::aReleasedActionIsExecutedWithItsMarker()
{
    start();
    const qint64 id = m_world->release("UPDATE orders SET coupon_code = 'SORRY' WHERE id = 7", 1);
    const Action action = m_world->outcome(id);
    COMPARE_STATE(action, ActionState::Executed);
    QCOMPARE(action.outcome->rowsChanged, 1);
    QCOMPARE(action.outcome->rowCap, 12);
    QCOMPARE(m_world->number(u"SELECT count(*) AS n FROM orders WHERE coupon_code = 'SORRY'"_s), 1);
    const auto marker = m_world->production().run(
        u"SELECT digest, rows_changed FROM holdpoint_target.applied WHERE action_id = ?"_s, {id});
    QCOMPARE(marker->size(), 1);
    QCOMPARE(marker->first().bytes(u"digest"_s), action.digest);
    QCOMPARE(marker->first().number(u"rows_changed"_s), 1);
    m_world->stop(m_running.first());
    QCOMPARE(m_running.first()->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_running.first()->exitCode(), 0);
}

void ExecutorTest::whatIsNotReleasedIsNotExecuted()
{
    start();
    const qint64 waiting = m_world->submit(mark(m_number));
    const qint64 critical = m_world->submit("GRANT SELECT ON orders TO reporting");
    QCOMPARE(m_world->approve(critical), ActionState::Approved);
    COMPARE_STATE(m_world->outcome(m_world->release(mark(0), 1)), ActionState::Executed);
    COMPARE_STATE(m_world->action(waiting), ActionState::Pending);
    COMPARE_STATE(m_world->action(critical), ActionState::Approved);
    QCOMPARE(effects(), 0);
}

void ExecutorTest::theRowCapStopsACascadeBehindAHarmlessTag()
{
    const qint64 customer =
        m_world->number(u"SELECT customer_id AS n FROM orders GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"_s);
    const QString everything =
        u"SELECT (SELECT count(*) FROM customers) + (SELECT count(*) FROM orders) + (SELECT count(*) "
        "FROM order_items) + (SELECT count(*) FROM audit_log) AS n"_s;
    const qint64 before = m_world->number(everything);
    start();
    const Action action =
        m_world->outcome(m_world->release("DELETE FROM customers WHERE id = " + QByteArray::number(customer), 1));
    COMPARE_STATE(action, ActionState::Blocked);
    QVERIFY(*action.outcome->rowsChanged > 12);
    QCOMPARE(action.outcome->rowCap, 12);
    QVERIFY(action.outcome->detail.contains(u"the release allows 12"_s));
    QCOMPARE(m_world->number(everything), before);
}

void ExecutorTest::whatCascadesSinceItWasApprovedIsBlocked()
{
    const qint64 id = m_world->release("DELETE FROM test_customers WHERE id = 5", 1);
    QVERIFY(m_world->production().runScript(
        u"CREATE TABLE later (id bigint REFERENCES test_customers ON DELETE CASCADE)"_s));
    start();
    const Action action = m_world->outcome(id);
    COMPARE_STATE(action, ActionState::Blocked);
    QVERIFY2(action.outcome->detail.contains(u"approved it as write, but it is destructive"_s),
        qPrintable(action.outcome->detail));
    QCOMPARE(m_world->number(u"SELECT count(*) AS n FROM test_customers WHERE id = 5"_s), 1);
    QVERIFY(m_world->production().runScript(u"DROP TABLE later"_s));
}

void ExecutorTest::withoutTheCatalogueNothingIsRun()
{
    const qint64 id = m_world->release(mark(m_number), 1);
    Connection altering = m_world->production();
    QVERIFY(altering.run(u"BEGIN"_s));
    QVERIFY(altering.run(u"LOCK TABLE customers IN ACCESS EXCLUSIVE MODE"_s));
    start();
    const Action action = m_world->outcome(id);
    COMPARE_STATE(action, ActionState::Failed);
    QVERIFY2(action.outcome->detail.contains(u"catalogue cannot be read"_s), qPrintable(action.outcome->detail));
    QVERIFY(altering.run(u"ROLLBACK"_s));
    QCOMPARE(effects(), 0);
}

void ExecutorTest::aStatementErrorIsReportedAndNothingChanges()
{
    start();
    const Action action =
        m_world->outcome(m_world->release(mark(m_number) + "; UPDATE orders SET qty = 1 WHERE id = 7", 1));
    COMPARE_STATE(action, ActionState::Failed);
    QVERIFY2(action.outcome->detail.contains(u"column \"qty\" of relation \"orders\" does not exist"_s),
        qPrintable(action.outcome->detail));
    QCOMPARE(effects(), 0);
}

void ExecutorTest::transactionControlIsRefusedWhoeverApproved()
{
    start();
    const Action action = m_world->outcome(m_world->release(mark(m_number) + "; COMMIT", 1));
    COMPARE_STATE(action, ActionState::Blocked);
    QVERIFY2(action.outcome->detail.contains(u"COMMIT"_s), qPrintable(action.outcome->detail));
    QCOMPARE(effects(), 0);
}

void ExecutorTest::aKilledExecutorLeavesOneEffect_data()
{
    QTest::addColumn<QString>("point");
    QTest::addColumn<bool>("committed");
    const auto row = [](Failpoint point, bool committed) {
        const std::string_view word = toWord(point);
        QTest::newRow(word.data()) << QString::fromLatin1(word) << committed;
    };
    row(Failpoint::AfterClaim, false);
    row(Failpoint::AfterMarker, false);
    row(Failpoint::AfterStatements, false);
    row(Failpoint::BeforeCommit, false);
    row(Failpoint::AfterCommit, true);
    row(Failpoint::AfterRecord, true);
}

void ExecutorTest::aKilledExecutorLeavesOneEffect()
{
    QFETCH(QString, point);
    QFETCH(bool, committed);
    start(point);
    const qint64 id = m_world->release(mark(m_number), 1);
    QVERIFY(m_world->waitUntilStopped(m_running.first()));
    QCOMPARE(effects(), committed ? 1 : 0);
    m_world->kill(m_running.takeFirst());
    QElapsedTimer timer;
    timer.start();
    start();
    const Action action = m_world->outcome(id);
    COMPARE_STATE(action, ActionState::Executed);
    QCOMPARE(action.outcome->rowsChanged, 1);
    QCOMPARE(effects(), 1);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

void ExecutorTest::twoExecutorsLeaveOneEffectEach()
{
    constexpr int actions = 20;
    QList<qint64> ids;
    for (int i = 0; i < actions; ++i)
        ids.append(m_world->release(mark(m_number) + "; SELECT pg_sleep(0.2)", 1));
    start();
    m_running.append(m_world->startSecondExecutor());
    for (const qint64 id : std::as_const(ids))
        COMPARE_STATE(m_world->outcome(id), ActionState::Executed);
    QCOMPARE(effects(), actions);
    QCOMPARE(m_world->claimers(ids.first()), (QStringList{u"demo"_s, u"second"_s}));
}

void ExecutorTest::executorsWithOtherTargetsLeaveEachOthersWorkAlone()
{
    Connection admin = m_world->connect(u"holdpoint-admin"_s);
    QVERIFY(admin.run(u"SELECT holdpoint.add_target('staging-eu', 'staging', '')"_s));
    const qint64 production = m_world->release(mark(m_number), 1);
    const qint64 staging = m_world->release(mark(m_number), 1, u"support-agent"_s, u"staging-eu"_s);
    m_running.append(m_world->startSecondExecutor(u"staging-eu"_s));
    COMPARE_STATE(m_world->outcome(staging), ActionState::Executed);
    COMPARE_STATE(m_world->action(production), ActionState::Released);
    start();
    COMPARE_STATE(m_world->outcome(production), ActionState::Executed);
    QCOMPARE(effects(), 2);
}

void ExecutorTest::whatExpiredUnfinishedIsNotRunAnyMore()
{
    start(u"after-claim"_s);
    const qint64 id = m_world->release(mark(m_number), 1);
    QVERIFY(m_world->waitUntilStopped(m_running.first()));
    m_world->kill(m_running.takeFirst());
    forge(u"UPDATE action SET expires_at = clock_timestamp() - interval '1 s' WHERE id = %1"_s.arg(id));
    start();
    const Action action = m_world->outcome(id);
    COMPARE_STATE(action, ActionState::Failed);
    QVERIFY2(action.outcome->detail.contains(u"expired"_s), qPrintable(action.outcome->detail));
    QCOMPARE(effects(), 0);
}

void ExecutorTest::aStoreThatIsAwayLosesNoOutcome()
{
    start(u"after-commit"_s);
    const qint64 id = m_world->release(mark(m_number), 1);
    QVERIFY(m_world->waitUntilStopped(m_running.first()));
    QVERIFY(m_world->world().store().stop(LocalCluster::StopMode::Immediate));
    ::kill(static_cast<pid_t>(m_running.first()->processId()), SIGCONT);
    QTest::qSleep(1500);
    QVERIFY(m_world->world().store().start());
    COMPARE_STATE(m_world->outcome(id), ActionState::Executed);
    QCOMPARE(effects(), 1);
}

void ExecutorTest::aStoreThatIsBusyLosesNoOutcome()
{
    Connection admin = m_world->connect(u"holdpoint-admin"_s);
    QVERIFY(admin.runScript(u"ALTER ROLE \"executor\" SET statement_timeout = '300ms'"_s));
    start(u"after-commit"_s);
    const qint64 id = m_world->release(mark(m_number), 1);
    QVERIFY(m_world->waitUntilStopped(m_running.first()));
    QVERIFY(admin.runScript(u"BEGIN; LOCK TABLE holdpoint.ledger_head IN EXCLUSIVE MODE"_s));
    ::kill(static_cast<pid_t>(m_running.first()->processId()), SIGCONT);
    QTest::qSleep(2000);
    COMPARE_STATE(m_world->action(id), ActionState::Executing);
    QVERIFY(admin.runScript(u"ROLLBACK; ALTER ROLE \"executor\" RESET statement_timeout"_s));
    COMPARE_STATE(m_world->outcome(id), ActionState::Executed);
    QCOMPARE(effects(), 1);
}

void ExecutorTest::aTargetThatIsDownIsReported()
{
    QVERIFY(m_world->world().primary().stop(LocalCluster::StopMode::Fast));
    start();
    const Action action = m_world->outcome(m_world->release(mark(m_number), 1));
    COMPARE_STATE(action, ActionState::Failed);
    QVERIFY(action.outcome->detail.contains(u"nothing changed"_s));
}

void ExecutorTest::sqlThatTheStoresSuperuserSwappedIsRefused()
{
    const qint64 id = m_world->release(mark(m_number), 1);
    forge(
        u"UPDATE revision SET sql = replace(encode(sql, 'escape'), 'test', 'tess')::bytea WHERE action = %1"_s.arg(id));
    start();
    const Action action = m_world->outcome(id);
    COMPARE_STATE(action, ActionState::Blocked);
    QVERIFY2(action.outcome->detail.contains(u"ledger"_s), qPrintable(action.outcome->detail));
    QCOMPARE(m_world->number(u"SELECT count(*) AS n FROM audit_log WHERE actor LIKE 'tess%'"_s), 0);
}

void ExecutorTest::aReleaseThatTheStoresSuperuserForgedIsRefused()
{
    const qint64 id = m_world->submit("GRANT SELECT ON orders TO reporting; " + mark(m_number));
    QCOMPARE(m_world->approve(id), ActionState::Approved);
    forge(u"UPDATE action SET came_from = 'approved', state = 'released' WHERE id = %1"_s.arg(id));
    start();
    const Action action = m_world->outcome(id);
    COMPARE_STATE(action, ActionState::Blocked);
    QVERIFY2(action.outcome->detail.contains(u"critical wants 2 approvers, and there are 1"_s),
        qPrintable(action.outcome->detail));
    QCOMPARE(effects(), 0);
}

void ExecutorTest::anApprovalThatTheStoresSuperuserForgedIsRefused()
{
    const qint64 id = m_world->submit("GRANT SELECT ON orders TO reporting; " + mark(m_number));
    QCOMPARE(m_world->approve(id), ActionState::Approved);
    forge(
        u"INSERT INTO decision (action, revision, approver, verdict, level, evidence, words, reason, at) "
        "SELECT action, revision, 'jonas', verdict, level, evidence, words, reason, at FROM decision WHERE action = %1;"
        "UPDATE action SET came_from = 'approved', state = 'released' WHERE id = %1"_s.arg(id));
    start();
    const Action action = m_world->outcome(id);
    COMPARE_STATE(action, ActionState::Blocked);
    QVERIFY2(action.outcome->detail.contains(u"the ledger knows no approval of these bytes by jonas"_s),
        qPrintable(action.outcome->detail));
    QCOMPARE(effects(), 0);
}

void ExecutorTest::figuresThatTheStoresSuperuserRaisedAreRefused()
{
    const qint64 id = m_world->release(mark(m_number), 1);
    forge(u"UPDATE decision SET evidence = evidence || '{\"total_rows\": 90000}' WHERE action = %1"_s.arg(id));
    start();
    const Action action = m_world->outcome(id);
    COMPARE_STATE(action, ActionState::Blocked);
    QVERIFY2(action.outcome->detail.contains(u"the ledger knows no approval of these bytes by maria"_s),
        qPrintable(action.outcome->detail));
    QCOMPARE(effects(), 0);
}

void ExecutorTest::anActionOfARevokedAgentIsRolledBackInFlight()
{
    start(u"after-statements"_s);
    const qint64 id = m_world->release(mark(m_number), 1, u"etl-agent"_s);
    QVERIFY(m_world->waitUntilStopped(m_running.first()));
    m_world->revoke(u"etl-agent"_s);
    ::kill(static_cast<pid_t>(m_running.first()->processId()), SIGCONT);
    const Action action = m_world->outcome(id);
    COMPARE_STATE(action, ActionState::Blocked);
    QVERIFY2(action.outcome->detail.contains(u"revoked"_s), qPrintable(action.outcome->detail));
    QCOMPARE(effects(), 0);
}

QTEST_GUILESS_MAIN(ExecutorTest)
#include "executortest.moc"
