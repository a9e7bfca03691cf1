// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/executorstore.h"
#include "tests/store/storefixture.h"

#include <QtTest>

using namespace holdpoint;
using namespace Qt::StringLiterals;

class TrialStoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void aTrialGoesFromRequestToResult();
    void bothEndsAreOnTheLedger();
    void anAgentNeitherAsksNorReads();
    void whoMayNotDecideMayNotAsk();
    void withoutASandboxThatIsAliveNoneIsOffered();
    void askedTwiceItIsTheSame();
    void anUnfinishedTrialOfEachRevisionIsTheMost();
    void nobodyKeepsTheSandboxBusyAlone();
    void onlyTheClaimantFinishes();
    void aResultThatIsNoneIsRefused();
    void whoseExecutorFellSilentIsLost();
    void whoComesBackLosesWhatItHadBegun();
    void whatIsDecidedMeanwhileIsNotTried();
    void aTrialMovesOnlyAlongTheTable();
    void aTextOfAnotherRevisionIsNotTried();

private:
    std::expected<qint64, Error> request(const QString &approver, qint64 action, int revision = 1) const;
    void report(const QString &executor, const QStringList &sandboxes = {u"prod-eu"_s}) const;
    /// What executor `one` is given.
    std::optional<ClaimedTrial> claim(const QString &executor = u"one"_s) const;
    Trial trial(qint64 id) const;

    std::unique_ptr<StoreFixture> m_store;
};

namespace {

TrialResult result()
{
    TrialResult result;
    result.outcome = TrialResult::Outcome::Ran;
    result.statements = {{u"DELETE"_s, 3, 1.5, {{u"public.customers"_s, 3}, {u"public.orders"_s, 9}}}};
    result.rowsChanged = 12;
    result.milliseconds = 4.5;
    return result;
}

} // namespace

void TrialStoreTest::initTestCase()
{
    m_store = StoreFixture::create();
    QVERIFY(m_store);
}

void TrialStoreTest::init()
{
    m_store->renew();
    report(u"one"_s);
}

std::expected<qint64, Error> TrialStoreTest::request(const QString &approver, qint64 action, int revision) const
{
    auto connection = m_store->connect(approver);
    return StoreClient(connection).requestTrial(action, revision, m_store->action(action).digest);
}

void TrialStoreTest::report(const QString &executor, const QStringList &sandboxes) const
{
    auto connection = m_store->connect(u"runner"_s);
    QVERIFY(ExecutorStore(connection, executor).heartbeat(u"1"_s, sandboxes));
}

std::optional<ClaimedTrial> TrialStoreTest::claim(const QString &executor) const
{
    auto connection = m_store->connect(u"runner"_s);
    return ExecutorStore(connection, executor).claimTrial({u"prod-eu"_s}).value();
}

Trial TrialStoreTest::trial(qint64 id) const
{
    auto connection = m_store->connect(u"vera"_s);
    return StoreClient(connection).trial(id).value();
}

void TrialStoreTest::aTrialGoesFromRequestToResult()
{
    const Submitted submitted = m_store->submit();
    QCOMPARE(claim(), std::nullopt);
    const qint64 id = request(u"maria"_s, submitted.action).value();
    QCOMPARE(trial(id).state, TrialState::Requested);
    QCOMPARE(trial(id).requestedBy, u"maria"_s);
    QVERIFY(trial(id).requestedAt.isValid());
    const auto claimed = claim();
    QVERIFY(claimed);
    QCOMPARE(*claimed,
        (ClaimedTrial{
            id, submitted.action, 1, m_store->action(submitted.action).digest, "DELETE FROM customers", u"prod-eu"_s}));
    QCOMPARE(trial(id).state, TrialState::Running);
    QCOMPARE(trial(id).executor, u"one"_s);
    auto connection = m_store->connect(u"runner"_s);
    QVERIFY(ExecutorStore(connection, u"one"_s).finishTrial(id, result()));
    QCOMPARE(trial(id).state, TrialState::Finished);
    QCOMPARE(trial(id).result, std::optional(result()));
    QVERIFY(trial(id).endedAt >= trial(id).startedAt);
    auto reader = m_store->connect(u"maria"_s);
    QCOMPARE(StoreClient(reader).openTrials().value(), QList<Trial>{trial(id)});
    QCOMPARE(m_store->action(submitted.action).state, ActionState::Pending);
}

void TrialStoreTest::bothEndsAreOnTheLedger()
{
    const Submitted submitted = m_store->submit();
    const qint64 id = request(u"maria"_s, submitted.action).value();
    QVERIFY(claim());
    auto connection = m_store->connect(u"runner"_s);
    QVERIFY(ExecutorStore(connection, u"one"_s).finishTrial(id, result()));
    QCOMPARE(m_store->peek(u"SELECT string_agg(format('%s %s %s %s %s', event, actor, action, revision, agent), ', ' "
                           "ORDER BY sequence) FROM holdpoint.ledger_entry WHERE event LIKE 'trial%'"_s),
        u"trial_requested maria %1 1 bot, trial_finished runner %1 1 bot"_s.arg(submitted.action));
    QCOMPARE(m_store->peek(u"SELECT body::jsonb ->> 'rows_changed' FROM holdpoint.ledger_entry "
                           "WHERE event = 'trial_finished'"_s),
        u"12"_s);
    QVERIFY(m_store->action(submitted.action).changeNumber > 0);
}

void TrialStoreTest::anAgentNeitherAsksNorReads()
{
    const Submitted submitted = m_store->submit();
    QVERIFY(request(u"maria"_s, submitted.action));
    QCOMPARE(request(u"bot"_s, submitted.action).error().code, Error::Code::Refused);
    QCOMPARE(request(u"etl"_s, submitted.action).error().code, Error::Code::Refused);
    auto connection = m_store->connect(u"bot"_s);
    QCOMPARE(StoreClient(connection).openTrials().error().code, Error::Code::Refused);
    QCOMPARE(connection.run(u"SELECT * FROM holdpoint.trial"_s).error().code, Error::Code::Refused);
    QCOMPARE(ExecutorStore(connection, u"one"_s).claimTrial({u"prod-eu"_s}).error().code, Error::Code::Refused);
}

void TrialStoreTest::whoMayNotDecideMayNotAsk()
{
    const Submitted submitted = m_store->submit();
    for (const QString &other : {u"vera"_s, u"runner"_s, u"ada"_s, u"jonas"_s})
        QCOMPARE(request(other, submitted.action).error().code, Error::Code::Refused);
    m_store->approve(u"maria"_s, submitted.action);
    QCOMPARE(request(u"maria"_s, submitted.action).error().code, Error::Code::Conflict);
}

void TrialStoreTest::withoutASandboxThatIsAliveNoneIsOffered()
{
    const Submitted submitted = m_store->submit();
    report(u"one"_s, {u"prod-us"_s, u"nowhere"_s});
    QCOMPARE(m_store->peek(u"SELECT sandboxes FROM holdpoint.executors"_s), u"[\"prod-us\"]"_s);
    const auto none = request(u"maria"_s, submitted.action);
    QVERIFY(none.error().message.contains(u"no executor that is alive has a sandbox of prod-eu"_s));
    report(u"one"_s);
    m_store->tamper(u"UPDATE holdpoint.executor SET seen_at = now() - interval '11 s'"_s);
    QVERIFY(!request(u"maria"_s, submitted.action));
    report(u"one"_s);
    QVERIFY(request(u"maria"_s, submitted.action));
}

void TrialStoreTest::askedTwiceItIsTheSame()
{
    const Submitted submitted = m_store->submit();
    const qint64 id = request(u"maria"_s, submitted.action).value();
    QCOMPARE(request(u"lena"_s, submitted.action).value(), id);
    QVERIFY(claim());
    QCOMPARE(request(u"lena"_s, submitted.action).value(), id);
    auto connection = m_store->connect(u"runner"_s);
    QVERIFY(ExecutorStore(connection, u"one"_s).finishTrial(id, result()));
    QVERIFY(request(u"lena"_s, submitted.action).value() > id);
}

void TrialStoreTest::anUnfinishedTrialOfEachRevisionIsTheMost()
{
    const Submitted submitted = m_store->submit();
    QVERIFY(request(u"maria"_s, submitted.action));
    auto admin = m_store->superuser();
    QVERIFY(admin.run(u"SET ROLE holdpoint_owner"_s));
    QVERIFY(!admin.run(u"INSERT INTO holdpoint.trial (action, revision, requested_by, requested_at) "
                       "VALUES (?, 1, 'maria', now())"_s,
        {submitted.action}));
}

void TrialStoreTest::nobodyKeepsTheSandboxBusyAlone()
{
    for (int i = 0; i < 5; ++i)
        QVERIFY(request(u"maria"_s, m_store->submit().action));
    const Submitted one = m_store->submit();
    const auto refused = request(u"maria"_s, one.action);
    QCOMPARE(refused.error().code, Error::Code::Invalid);
    QVERIFY(refused.error().message.contains(u"5 unfinished"_s));
    QVERIFY(request(u"lena"_s, one.action));
}

void TrialStoreTest::onlyTheClaimantFinishes()
{
    const qint64 id = request(u"maria"_s, m_store->submit().action).value();
    auto connection = m_store->connect(u"runner"_s);
    ExecutorStore one(connection, u"one"_s);
    QCOMPARE(one.finishTrial(id, result()).error().code, Error::Code::Refused);
    QVERIFY(claim());
    QVERIFY(one.finishTrial(id, result()));
    QCOMPARE(one.finishTrial(id, result()).error().code, Error::Code::Conflict);
}

void TrialStoreTest::aResultThatIsNoneIsRefused()
{
    const qint64 id = request(u"maria"_s, m_store->submit().action).value();
    QVERIFY(claim());
    auto connection = m_store->connect(u"runner"_s);
    for (const QString &json : {u"[]"_s, u"null"_s, u"{\"detail\": \"%1\"}"_s.arg(QString(1'100'000, u'x'))})
        QCOMPARE(connection.run(u"SELECT holdpoint.finish_trial(?, ?::jsonb)"_s, {id, json}).error().code,
            Error::Code::Invalid);
    // An object that this program cannot read is no result, and not an empty one.
    QVERIFY(connection.run(u"SELECT holdpoint.finish_trial(?, '{\"outcome\": \"ran\"}')"_s, {id}));
    QCOMPARE(trial(id).state, TrialState::Finished);
    QCOMPARE(trial(id).result, std::nullopt);
}

void TrialStoreTest::whoseExecutorFellSilentIsLost()
{
    const Submitted submitted = m_store->submit();
    const qint64 id = request(u"maria"_s, submitted.action).value();
    QVERIFY(claim());
    m_store->tamper(u"UPDATE holdpoint.executor SET seen_at = now() - interval '31 s'"_s);
    QCOMPARE(trial(id).state, TrialState::Lost);
    QCOMPARE(trial(id).lostBecause, u"the executor one fell silent while it ran"_s);
    // Said at once, and written down by whoever comes next.
    report(u"two"_s);
    const qint64 again = request(u"maria"_s, submitted.action).value();
    QVERIFY(again > id);
    report(u"one"_s);
    QCOMPARE(trial(id).state, TrialState::Lost);
    auto connection = m_store->connect(u"runner"_s);
    QCOMPARE(ExecutorStore(connection, u"one"_s).finishTrial(id, result()).error().code, Error::Code::Conflict);
    QCOMPARE(m_store->peek(u"SELECT count(*) FROM holdpoint.ledger_entry WHERE event = 'trial_lost'"_s), u"1"_s);
    QCOMPARE(claim(u"two"_s)->id, again);
}

void TrialStoreTest::whoComesBackLosesWhatItHadBegun()
{
    const Submitted submitted = m_store->submit();
    const qint64 id = request(u"maria"_s, submitted.action).value();
    QVERIFY(claim());
    QCOMPARE(claim(u"two"_s), std::nullopt);
    QCOMPARE(trial(id).state, TrialState::Running);
    QCOMPARE(claim(u"one"_s), std::nullopt);
    QCOMPARE(trial(id).state, TrialState::Lost);
    QCOMPARE(trial(id).lostBecause, u"the executor one was interrupted while it ran"_s);
    QVERIFY(request(u"maria"_s, submitted.action).value() > id);
}

void TrialStoreTest::whatIsDecidedMeanwhileIsNotTried()
{
    const Submitted submitted = m_store->submit();
    const qint64 id = request(u"maria"_s, submitted.action).value();
    auto connection = m_store->connect(u"bot"_s);
    QVERIFY(StoreClient(connection).withdraw(submitted.action, u"a mistake"_s));
    QCOMPARE(trial(id).state, TrialState::Lost);
    QCOMPARE(claim(), std::nullopt);
    QCOMPARE(m_store->peek(u"SELECT state FROM holdpoint.trial WHERE id = %1"_s.arg(id)), u"lost"_s);
}

void TrialStoreTest::aTrialMovesOnlyAlongTheTable()
{
    const qint64 id = request(u"maria"_s, m_store->submit().action).value();
    auto admin = m_store->superuser();
    QVERIFY(admin.run(u"SET ROLE holdpoint_owner"_s));
    const QString move = u"UPDATE holdpoint.trial SET state = '%1', came_from = '%2', result = %3 WHERE id = %4"_s;
    QVERIFY(!admin.run(move.arg(u"finished"_s, u"running"_s, u"'{}'"_s).arg(id)));
    QVERIFY(admin.run(move.arg(u"running"_s, u"requested"_s, u"NULL"_s).arg(id)));
    QVERIFY(!admin.run(move.arg(u"requested"_s, u"nothing"_s, u"NULL"_s).arg(id)));
}

void TrialStoreTest::aTextOfAnotherRevisionIsNotTried()
{
    const Submitted submitted = m_store->submit();
    const qint64 id = request(u"maria"_s, submitted.action).value();
    const QByteArray digest = m_store->action(submitted.action).digest;
    auto agent = m_store->connect(u"bot"_s);
    QVERIFY(StoreClient(agent).revise(submitted.action, "SELECT 1", u"better"_s));
    QCOMPARE(claim(), std::nullopt);
    QCOMPARE(trial(id).state, TrialState::Lost);
    auto connection = m_store->connect(u"maria"_s);
    QCOMPARE(StoreClient(connection).requestTrial(submitted.action, 1, digest).error().code, Error::Code::Conflict);
    QCOMPARE(StoreClient(connection).requestTrial(submitted.action, 2, digest).error().code, Error::Code::Conflict);
    QVERIFY(request(u"maria"_s, submitted.action, 2));
}

QTEST_GUILESS_MAIN(TrialStoreTest)
#include "trialstoretest.moc"
