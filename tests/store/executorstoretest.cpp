// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/executorstore.h"
#include "tests/store/storefixture.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace holdpoint;
using namespace Qt::StringLiterals;

class ExecutorStoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void aClaimCarriesEverythingToCheckAgain();
    void nothingWaitsNothingIsClaimed();
    void onlyWhatTheExecutorServesIsClaimed();
    void twoExecutorsGetEachActionOnce();
    void whatWasClaimedIsFoundAgainAfterACrash();
    void theOutcomeReachesTheAgent();
    void anUnknownOutcomeCanBeSettledLater();
    void onlyTheClaimantFinishes();
    void aNameBelongsToOneRole();
    void whatIsDueExpires();
    void anExpiredReleaseIsNotClaimed();
    void aSilentExecutorIsNotAlive();

private:
    std::unique_ptr<StoreFixture> m_store;
};

void ExecutorStoreTest::initTestCase()
{
    m_store = StoreFixture::create();
    QVERIFY(m_store);
}

void ExecutorStoreTest::init()
{
    m_store->renew();
}

void ExecutorStoreTest::aClaimCarriesEverythingToCheckAgain()
{
    const Submitted submitted = m_store->submit();
    m_store->approve(u"maria"_s, submitted.action, RiskLevel::Critical);
    m_store->approve(u"lena"_s, submitted.action, RiskLevel::Write);
    auto connection = m_store->connect(u"runner"_s);
    const auto claimed = ExecutorStore(connection, u"one"_s).claim(everyTarget);
    QVERIFY(claimed && *claimed);
    const ClaimedAction &action = **claimed;
    QCOMPARE(action.id, submitted.action);
    QCOMPARE(action.revision, 1);
    QCOMPARE(action.sql, QByteArray("DELETE FROM customers"));
    QCOMPARE(action.digest, QCryptographicHash::hash(action.sql, QCryptographicHash::Sha256));
    QCOMPARE(action.agent, u"bot"_s);
    QCOMPARE(action.agentOwner, u"jonas"_s);
    QCOMPARE(action.level, RiskLevel::Critical);
    QCOMPARE(action.approvals.size(), 2);
    QCOMPARE(action.approvals[0].approver, u"maria"_s);
    QCOMPARE(action.approvals[0].words, u"YES, I UNDERSTAND: delete 48210 customers prod-eu"_s);
    QCOMPARE(action.approvals[0].evidence, approval(m_store->action(action.id), RiskLevel::Critical).evidence);
    QVERIFY(action.approvals[0].at.isValid());
    QCOMPARE(action.expiresAt, m_store->action(action.id).expiresAt);
    QCOMPARE(action.approvals[1].level, RiskLevel::Write);
    QCOMPARE(action.policy.size(), 4);
    QCOMPARE(action.policy[3],
        (PolicyRule{.target = u"prod-eu"_s, .level = RiskLevel::Critical, .approvers = 2, .rowLimit = 100'000}));
    QCOMPARE(m_store->action(action.id).state, ActionState::Executing);
}

void ExecutorStoreTest::nothingWaitsNothingIsClaimed()
{
    m_store->submit();
    auto connection = m_store->connect(u"runner"_s);
    const QString head = m_store->peek(u"SELECT sequence FROM holdpoint.ledger_head"_s);
    QCOMPARE(ExecutorStore(connection, u"one"_s).claim(everyTarget).value(), std::nullopt);
    QCOMPARE(m_store->peek(u"SELECT sequence FROM holdpoint.ledger_head"_s), head);
}

void ExecutorStoreTest::onlyWhatTheExecutorServesIsClaimed()
{
    const Action action = m_store->released();
    auto connection = m_store->connect(u"runner"_s);
    ExecutorStore one(connection, u"one"_s);
    for (const QStringList &elsewhere : {QStringList{}, QStringList{u"prod-us"_s, u"prod-eu,prod-us\"'{}"_s}})
        QCOMPARE(one.claim(elsewhere).value(), std::nullopt);
    QCOMPARE(m_store->action(action.id).state, ActionState::Released);
    QCOMPARE(one.claim({u"prod-us"_s, u"prod-eu"_s}).value()->id, action.id);
}

void ExecutorStoreTest::twoExecutorsGetEachActionOnce()
{
    constexpr int actions = 24;
    for (int i = 0; i < actions; ++i)
        m_store->released();
    std::array<QList<qint64>, 3> claimed;
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (size_t i = 0; i < claimed.size(); ++i)
        threads.emplace_back([this, i, &claimed, &failures] {
            auto connection = m_store->connect(u"runner"_s);
            ExecutorStore store(connection, u"executor %1"_s.arg(i));
            while (true) {
                const auto action = store.claim(everyTarget);
                failures += !action;
                if (!action || !*action)
                    return;
                claimed[i].append((*action)->id);
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(failures.load(), 0);
    const QList<qint64> all = claimed[0] + claimed[1] + claimed[2];
    QCOMPARE(all.size(), actions);
    QCOMPARE(QSet<qint64>(all.cbegin(), all.cend()).size(), actions);
}

void ExecutorStoreTest::whatWasClaimedIsFoundAgainAfterACrash()
{
    m_store->released();
    m_store->released();
    auto connection = m_store->connect(u"runner"_s);
    ExecutorStore one(connection, u"one"_s);
    const auto first = one.claim(everyTarget);
    const auto second = one.claim(everyTarget);
    QVERIFY(second && *second);
    QVERIFY(one.finish((*first)->id, 1, {.outcome = ActionState::Executed}));
    auto later = m_store->connect(u"runner"_s);
    QCOMPARE(ExecutorStore(later, u"one"_s).unfinished().value(), QList{**second});
    QVERIFY(ExecutorStore(later, u"two"_s).unfinished()->isEmpty());
}

void ExecutorStoreTest::theOutcomeReachesTheAgent()
{
    const Action action = m_store->released();
    auto connection = m_store->connect(u"runner"_s);
    ExecutorStore one(connection, u"one"_s);
    QVERIFY(one.claim(everyTarget));
    QVERIFY(one.finish(action.id, 1,
        {.outcome = ActionState::Blocked,
            .rowsChanged = 501,
            .rowCap = 10,
            .detail = u"too many rows"_s + QChar(u'\0')}));
    auto agent = m_store->connect(u"bot"_s);
    const Action seen = StoreClient(agent).myActions(1)->first();
    QCOMPARE(seen.state, ActionState::Blocked);
    QVERIFY(seen.outcome);
    QCOMPARE(seen.outcome->rowsChanged, std::optional<qint64>(501));
    QCOMPARE(seen.outcome->rowCap, std::optional<qint64>(10));
    QCOMPARE(seen.outcome->detail, u"too many rows"_s);
    QCOMPARE(m_store->action(action.id).outcome, seen.outcome);
}

void ExecutorStoreTest::anUnknownOutcomeCanBeSettledLater()
{
    const Action action = m_store->released();
    auto connection = m_store->connect(u"runner"_s);
    ExecutorStore one(connection, u"one"_s);
    QVERIFY(one.claim(everyTarget));
    QVERIFY(one.finish(action.id, 1, {.outcome = ActionState::Unknown, .detail = u"the answer was lost"_s}));
    QCOMPARE(m_store->action(action.id).outcome->rowsChanged, std::nullopt);
    QVERIFY(one.finish(action.id, 1, {.outcome = ActionState::Executed, .rowsChanged = 3}));
    QCOMPARE(m_store->action(action.id).outcome->rowsChanged, std::optional<qint64>(3));
    const auto again = one.finish(action.id, 1, {.outcome = ActionState::Failed});
    QCOMPARE(again.error().code, Error::Code::Conflict);
}

void ExecutorStoreTest::onlyTheClaimantFinishes()
{
    const Action action = m_store->released();
    auto connection = m_store->connect(u"runner"_s);
    ExecutorStore one(connection, u"one"_s);
    QCOMPARE(one.finish(action.id, 1, {.outcome = ActionState::Executed}).error().code, Error::Code::Refused);
    QVERIFY(one.claim(everyTarget));
    QCOMPARE(one.finish(action.id, 2, {.outcome = ActionState::Executed}).error().code, Error::Code::Refused);
    QCOMPARE(one.finish(action.id, 1, {.outcome = ActionState::Released}).error().code, Error::Code::Invalid);
    m_store->tamper(u"DROP ROLE IF EXISTS other; CREATE ROLE other LOGIN; GRANT holdpoint_executor TO other;"
                    " SELECT holdpoint.add_executor('other')"_s);
    auto other = m_store->connect(u"other"_s);
    QCOMPARE(ExecutorStore(other, u"two"_s).finish(action.id, 1, {.outcome = ActionState::Executed}).error().code,
        Error::Code::Refused);
    QCOMPARE(m_store->action(action.id).state, ActionState::Executing);
}

void ExecutorStoreTest::aNameBelongsToOneRole()
{
    auto connection = m_store->connect(u"runner"_s);
    QVERIFY(ExecutorStore(connection, u"one"_s).heartbeat(u"1"_s, {}));
    m_store->tamper(u"DROP ROLE IF EXISTS other; CREATE ROLE other LOGIN; GRANT holdpoint_executor TO other;"
                    " SELECT holdpoint.add_executor('other')"_s);
    auto other = m_store->connect(u"other"_s);
    QCOMPARE(ExecutorStore(other, u"one"_s).claim(everyTarget).error().code, Error::Code::Refused);
    QCOMPARE(ExecutorStore(other, u"one"_s).unfinished().error().code, Error::Code::Refused);
}

void ExecutorStoreTest::whatIsDueExpires()
{
    const Submitted waiting = m_store->submit();
    const Action released = m_store->released();
    const Submitted fresh = m_store->submit();
    m_store->tamper(
        u"UPDATE holdpoint.action SET expires_at = clock_timestamp() WHERE id IN (%1, %2)"_s.arg(waiting.action)
            .arg(released.id));
    auto connection = m_store->connect(u"runner"_s);
    QCOMPARE(ExecutorStore(connection, u"one"_s).expireDue().value(), 2);
    QCOMPARE(ExecutorStore(connection, u"one"_s).expireDue().value(), 0);
    QCOMPARE(m_store->action(waiting.action).state, ActionState::Expired);
    QCOMPARE(m_store->action(released.id).state, ActionState::Expired);
    QCOMPARE(m_store->action(fresh.action).state, ActionState::Pending);
}

void ExecutorStoreTest::anExpiredReleaseIsNotClaimed()
{
    m_store->released();
    m_store->tamper(u"UPDATE holdpoint.action SET expires_at = clock_timestamp()"_s);
    auto connection = m_store->connect(u"runner"_s);
    QCOMPARE(ExecutorStore(connection, u"one"_s).claim(everyTarget).value(), std::nullopt);
}

void ExecutorStoreTest::aSilentExecutorIsNotAlive()
{
    auto connection = m_store->connect(u"runner"_s);
    QVERIFY(ExecutorStore(connection, u"one"_s).heartbeat(u"0.1.0"_s, {}));
    auto reader = m_store->connect(u"vera"_s);
    QVERIFY(StoreClient(reader).executors()->first().alive);
    QCOMPARE(StoreClient(reader).executors()->first().version, u"0.1.0"_s);
    m_store->tamper(u"UPDATE holdpoint.executor SET seen_at = seen_at - interval '11 s'"_s);
    QVERIFY(!StoreClient(reader).executors()->first().alive);
}

QTEST_GUILESS_MAIN(ExecutorStoreTest)
#include "executorstoretest.moc"
