// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/executorstore.h"
#include "core/store/setup.h"
#include "tests/store/storefixture.h"

#include <QtTest>

using namespace holdpoint;
using namespace Qt::StringLiterals;

class StoreRevocationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void aRevokedAgentCannotDoAnything();
    void itsOpenWorkIsVoidAndNobodyElses();
    void whatRunsIsLeftToTheExecutor();
    void everyTargetOwesAReceipt();
    void aReceiptNeedsEveryStep();
    void aNewTryReplacesTheStepsOfTheOneBefore();
    void failedTriesAreCountedAndKeepTheirError();
    void pressingAgainIsTheSameRevocation();
    void anyApproverRevokesAndNobodyElse_data();
    void anyApproverRevokesAndNobodyElse();
    void noOnePersonBringsAnAgentBack();

private:
    qint64 revoke(const QString &agent = u"bot"_s) const;
    Revocation newest() const;

    std::unique_ptr<StoreFixture> m_store;
};

void StoreRevocationTest::initTestCase()
{
    m_store = StoreFixture::create();
    QVERIFY(m_store);
}

void StoreRevocationTest::init()
{
    m_store->renew();
}

qint64 StoreRevocationTest::revoke(const QString &agent) const
{
    auto connection = m_store->connect(u"maria"_s);
    return StoreClient(connection).revoke(agent, u"it went wild"_s).value();
}

Revocation StoreRevocationTest::newest() const
{
    auto connection = m_store->connect(u"vera"_s);
    return StoreClient(connection).revocations()->first();
}

void StoreRevocationTest::aRevokedAgentCannotDoAnything()
{
    const Submitted submitted = m_store->submit();
    auto connection = m_store->connect(u"bot"_s);
    StoreClient bot(connection);
    revoke();
    const auto refused = bot.submit(u"prod-eu"_s, "SELECT 1", {}, {});
    QCOMPARE(refused.error().code, Error::Code::Refused);
    QVERIFY(refused.error().message.contains(u"revoked"_s));
    QCOMPARE(bot.revise(submitted.action, "SELECT 1", {}).error().code, Error::Code::Refused);
    QCOMPARE(bot.withdraw(submitted.action, {}).error().code, Error::Code::Refused);
    auto executor = m_store->connect(u"runner"_s);
    QCOMPARE(ExecutorStore(executor, u"one"_s).isRevoked(u"bot"_s).value(), true);
    QCOMPARE(ExecutorStore(executor, u"one"_s).isRevoked(u"etl"_s).value(), false);
    QCOMPARE(ExecutorStore(executor, u"one"_s).isRevoked(u"nobody"_s).value(), true);
}

void StoreRevocationTest::itsOpenWorkIsVoidAndNobodyElses()
{
    const Submitted pending = m_store->submit();
    const Submitted half = m_store->submit();
    m_store->approve(u"maria"_s, half.action, RiskLevel::Critical);
    const Action released = m_store->released();
    const Submitted foreign = m_store->submit(u"etl"_s);
    revoke();
    for (const qint64 id : {pending.action, half.action, released.id}) {
        QCOMPARE(m_store->action(id).state, ActionState::Revoked);
        QCOMPARE(m_store->action(id).closingReason, u"it went wild"_s);
    }
    QCOMPARE(m_store->action(foreign.action).state, ActionState::Pending);
    auto executor = m_store->connect(u"runner"_s);
    QCOMPARE(ExecutorStore(executor, u"one"_s).claim(everyTarget).value(), std::nullopt);
    auto lena = m_store->connect(u"lena"_s);
    QVERIFY(!StoreClient(lena).decide(approval(m_store->action(half.action), RiskLevel::Critical)));
}

void StoreRevocationTest::whatRunsIsLeftToTheExecutor()
{
    const Action action = m_store->released();
    auto connection = m_store->connect(u"runner"_s);
    ExecutorStore executor(connection, u"one"_s);
    QVERIFY(executor.claim(everyTarget));
    revoke();
    QCOMPARE(m_store->action(action.id).state, ActionState::Executing);
    QVERIFY(executor.finish(action.id, 1, {.outcome = ActionState::Blocked, .detail = u"revoked"_s}));
}

void StoreRevocationTest::everyTargetOwesAReceipt()
{
    const qint64 id = revoke();
    const Revocation revocation = newest();
    QCOMPARE(revocation.id, id);
    QCOMPARE(revocation.agent, u"bot"_s);
    QCOMPARE(revocation.requestedBy, u"maria"_s);
    QCOMPARE(revocation.receipts.size(), 3);
    QCOMPARE(revocation.receipts[0].place, u"store"_s);
    QVERIFY(revocation.receipts[0].confirmed);
    QVERIFY(!revocation.receipts[0].steps.isEmpty());
    QVERIFY(revocation.requestedAt.msecsTo(revocation.receipts[0].confirmedAt) >= 0);
    QVERIFY(!revocation.receipts[1].confirmed);
    QVERIFY(!revocation.confirmed());
    auto connection = m_store->connect(u"runner"_s);
    const auto open = ExecutorStore(connection, u"one"_s).openRevocations();
    QCOMPARE(open->size(), 2);
    QCOMPARE(open->at(0).target, u"prod-eu"_s);
    QCOMPARE(open->at(1).target, u"prod-us"_s);
}

void StoreRevocationTest::aReceiptNeedsEveryStep()
{
    const qint64 id = revoke();
    auto connection = m_store->connect(u"runner"_s);
    ExecutorStore executor(connection, u"one"_s);
    QCOMPARE(executor.confirmRevocation(id, u"prod-eu"_s).error().code, Error::Code::Refused);
    QVERIFY(executor.recordRevocationStep(id, u"prod-eu"_s, u"no-login"_s, true, 1.5, u"NOLOGIN"_s));
    QVERIFY(executor.recordRevocationStep(id, u"prod-eu"_s, u"sessions"_s, false, 2, u"one is left"_s));
    QCOMPARE(executor.confirmRevocation(id, u"prod-eu"_s).error().code, Error::Code::Refused);
    QVERIFY(executor.recordRevocationStep(id, u"prod-eu"_s, u"sessions"_s, true, 12, u"none is left"_s));
    QVERIFY(executor.confirmRevocation(id, u"prod-eu"_s));
    QVERIFY(executor.confirmRevocation(id, u"prod-eu"_s));
    const Receipt receipt = newest().receipts[1];
    QVERIFY(receipt.confirmed);
    QCOMPARE(receipt.steps.size(), 2);
    QCOMPARE(receipt.steps[0], (ReceiptStep{u"no-login"_s, true, 1.5, u"NOLOGIN"_s}));
    QCOMPARE(receipt.steps[1], (ReceiptStep{u"sessions"_s, true, 12, u"none is left"_s}));
    QCOMPARE(executor.openRevocations()->size(), 1);
    QVERIFY(!newest().confirmed());
    QVERIFY(executor.recordRevocationStep(id, u"prod-us"_s, u"no-login"_s, true, 1, {}));
    QVERIFY(executor.confirmRevocation(id, u"prod-us"_s));
    QVERIFY(newest().confirmed());
    QVERIFY(newest().milliseconds());
}

void StoreRevocationTest::aNewTryReplacesTheStepsOfTheOneBefore()
{
    const qint64 id = revoke();
    auto connection = m_store->connect(u"runner"_s);
    ExecutorStore executor(connection, u"one"_s);
    QVERIFY(executor.recordRevocationStep(id, u"prod-us"_s, u"grants"_s, false, 2, u"of the other target"_s));
    QVERIFY(executor.recordRevocationStep(id, u"prod-eu"_s, u"no-login"_s, true, 1, u"NOLOGIN"_s));
    QVERIFY(executor.recordRevocationStep(id, u"prod-eu"_s, u"grants"_s, false, 2, u"no right to revoke"_s));
    QVERIFY(!executor.confirmRevocation(id, u"prod-eu"_s));
    QVERIFY(executor.recordRevocationStep(id, u"prod-eu"_s, u"no-login"_s, true, 3, u"there is no such role"_s));
    QVERIFY(executor.confirmRevocation(id, u"prod-eu"_s));
    QCOMPARE(newest().receipts[1].steps, (QList{ReceiptStep{u"no-login"_s, true, 3, u"there is no such role"_s}}));
    QCOMPARE(newest().receipts[2].steps.size(), 1);
}

void StoreRevocationTest::failedTriesAreCountedAndKeepTheirError()
{
    const qint64 id = revoke();
    auto connection = m_store->connect(u"runner"_s);
    ExecutorStore executor(connection, u"one"_s);
    QVERIFY(executor.revocationTry(id, u"prod-eu"_s, u"no route"_s));
    QVERIFY(executor.revocationTry(id, u"prod-eu"_s, u"no route to host"_s));
    const Receipt receipt = newest().receipts[1];
    QCOMPARE(receipt.tries, 2);
    QCOMPARE(receipt.lastError, u"no route to host"_s);
    QVERIFY(!receipt.confirmed);
    QCOMPARE(executor.openRevocations()->first().tries, 2);
    QCOMPARE(executor.revocationTry(id, u"nowhere"_s, {}).error().code, Error::Code::Invalid);
}

void StoreRevocationTest::pressingAgainIsTheSameRevocation()
{
    const qint64 id = revoke();
    QCOMPARE(revoke(), id);
    m_store->tamper(u"UPDATE holdpoint.receipt SET confirmed_at = clock_timestamp()"_s);
    QVERIFY(revoke() != id);
    QVERIFY(!newest().confirmed());
}

void StoreRevocationTest::anyApproverRevokesAndNobodyElse_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<bool>("may");
    QTest::newRow("approver") << u"lena"_s << true;
    QTest::newRow("the agent's own owner") << u"jonas"_s << true;
    QTest::newRow("admin") << u"ada"_s << true;
    QTest::newRow("auditor") << u"vera"_s << false;
    QTest::newRow("agent") << u"etl"_s << false;
    QTest::newRow("executor") << u"runner"_s << false;
}

void StoreRevocationTest::anyApproverRevokesAndNobodyElse()
{
    QFETCH(QString, role);
    QFETCH(bool, may);
    auto connection = m_store->connect(role);
    QCOMPARE(StoreClient(connection).revoke(u"bot"_s, {}).has_value(), may);
    QVERIFY(!StoreClient(connection).revoke(u"unknown"_s, {}));
}

void StoreRevocationTest::noOnePersonBringsAnAgentBack()
{
    revoke();
    auto admin = m_store->superuser();
    QCOMPARE(addAgent(admin, u"bot"_s, u"jonas"_s).error().code, Error::Code::Refused);
    QCOMPARE(addAgent(admin, u"bot"_s, u"lena"_s).error().code, Error::Code::Refused);
}

QTEST_GUILESS_MAIN(StoreRevocationTest)
#include "storerevocationtest.moc"
