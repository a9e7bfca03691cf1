// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/store/storefixture.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace holdpoint;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype sqlLimit = 1'048'576;

} // namespace

class SubmissionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void whatWasSubmittedIsKeptByteForByte();
    void theTextInterfaceIsTheSame();
    void tooMuchIsRefusedWithTheLimitNamed_data();
    void tooMuchIsRefusedWithTheLimitNamed();
    void theLimitItselfIsAccepted();
    void nothingToRunIsRefused();
    void anUnknownTargetIsRefused();
    void theSameKeyAndTextGiveTheSameAction();
    void theSameKeyForAnotherTextIsRefused();
    void keysOfTwoAgentsDoNotMeet();
    void anAgentSeesAndChangesItsOwnActionsAlone();
    void aRevisionIsANewTextOfTheSameAction();
    void aWithdrawnActionIsOver();
    void listenersAreToldIdsAndNothingElse();
    void anIdleTransactionKeepsNobodyOut();
    void aTransactionThatLooksBusyKeepsNobodyOut();
    void manyBusyAgentsDoNotHoldUpTheKillSwitch();
    void tooManyOpenActionsAreRefused();
    void tooMuchOpenTextIsRefused();
    void whatIsNotOverIsListed();
    void aChangeNumberMissesNothing();

private:
    std::unique_ptr<StoreFixture> m_store;
};

void SubmissionTest::initTestCase()
{
    m_store = StoreFixture::create();
    QVERIFY(m_store);
}

void SubmissionTest::init()
{
    m_store->renew();
}

void SubmissionTest::whatWasSubmittedIsKeptByteForByte()
{
    QByteArray everyByte;
    for (int i = 0; i < 256; ++i)
        everyByte.append(char(i));
    const QString words = u"nice \u202Egnp.exe <b>bold</b>\n'quoted' \\ 🙂"_s;
    auto connection = m_store->connect(u"bot"_s);
    const auto submitted = StoreClient(connection).submit(u"prod-eu"_s, everyByte, words, words);
    QVERIFY(submitted);
    const Action action = m_store->action(submitted->action);
    QCOMPARE(action.sql, everyByte);
    QCOMPARE(action.digest, QCryptographicHash::hash(everyByte, QCryptographicHash::Sha256));
    QCOMPARE(action.title, words);
    QCOMPARE(action.reason, words);
    QCOMPARE(action.agent, u"bot"_s);
    QCOMPARE(action.agentOwner, u"jonas"_s);
    QCOMPARE(action.revision, 1);
    QCOMPARE(action.state, ActionState::Pending);
    QVERIFY(std::abs(action.submittedAt.secsTo(action.expiresAt) - 24 * 3600) <= 1);
    QVERIFY(std::abs(action.submittedAt.secsTo(QDateTime::currentDateTimeUtc())) < 60);
}

void SubmissionTest::theTextInterfaceIsTheSame()
{
    auto connection = m_store->connect(u"bot"_s);
    const auto rows = connection.run(
        u"SELECT action_id FROM holdpoint.submit('prod-eu', 'UPDATE t SET name = ''Größe''', 'title', 'reason')"_s);
    QVERIFY(rows);
    QCOMPARE(m_store->action(rows->first().number(u"action_id"_s)).sql, QByteArray("UPDATE t SET name = 'Größe'"));
}

void SubmissionTest::tooMuchIsRefusedWithTheLimitNamed_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("limit");
    QTest::newRow("SQL") << QByteArray(sqlLimit + 1, 'x') << u"t"_s << u"r"_s << u"1048576 bytes"_s;
    QTest::newRow("title") << QByteArray("SELECT 1") << QString(201, u't') << u"r"_s << u"200 characters"_s;
    QTest::newRow("reason") << QByteArray("SELECT 1") << u"t"_s << QString(4001, u'r') << u"4000 characters"_s;
}

void SubmissionTest::tooMuchIsRefusedWithTheLimitNamed()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, title);
    QFETCH(QString, reason);
    QFETCH(QString, limit);
    auto connection = m_store->connect(u"bot"_s);
    const auto refused = StoreClient(connection).submit(u"prod-eu"_s, sql, title, reason);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, Error::Code::Invalid);
    QVERIFY2(refused.error().message.contains(limit), qUtf8Printable(refused.error().message));
    QVERIFY(!refused.error().remedy.isEmpty());
}

void SubmissionTest::theLimitItselfIsAccepted()
{
    auto connection = m_store->connect(u"bot"_s);
    const auto submitted =
        StoreClient(connection)
            .submit(u"prod-eu"_s, QByteArray(sqlLimit, 'x'), QString(200, u'ß'), QString(4000, u'ß'));
    QVERIFY(submitted);
    QCOMPARE(m_store->action(submitted->action).sql.size(), sqlLimit);
}

void SubmissionTest::nothingToRunIsRefused()
{
    auto connection = m_store->connect(u"bot"_s);
    QCOMPARE(StoreClient(connection).submit(u"prod-eu"_s, {}, {}, {}).error().code, Error::Code::Invalid);
}

void SubmissionTest::anUnknownTargetIsRefused()
{
    auto connection = m_store->connect(u"bot"_s);
    QCOMPARE(StoreClient(connection).submit(u"prod"_s, "SELECT 1", {}, {}).error().code, Error::Code::Invalid);
}

void SubmissionTest::theSameKeyAndTextGiveTheSameAction()
{
    auto connection = m_store->connect(u"bot"_s);
    StoreClient bot(connection);
    const auto first = bot.submit(u"prod-eu"_s, "SELECT 1", u"a"_s, u"b"_s, u"key"_s);
    const auto again = bot.submit(u"prod-eu"_s, "SELECT 1", u"a"_s, u"b"_s, u"key"_s);
    QCOMPARE(again->action, first->action);
    QVERIFY(bot.revise(first->action, "SELECT 2", u"better"_s));
    const auto late = bot.submit(u"prod-eu"_s, "SELECT 1", u"a"_s, u"b"_s, u"key"_s);
    QCOMPARE(late->action, first->action);
    QCOMPARE(late->revision, 2);
    QCOMPARE(m_store->peek(u"SELECT count(*) FROM holdpoint.action"_s), u"1"_s);
}

void SubmissionTest::theSameKeyForAnotherTextIsRefused()
{
    auto connection = m_store->connect(u"bot"_s);
    StoreClient bot(connection);
    QVERIFY(bot.submit(u"prod-eu"_s, "SELECT 1", {}, {}, u"key"_s));
    QCOMPARE(bot.submit(u"prod-eu"_s, "SELECT 2", {}, {}, u"key"_s).error().code, Error::Code::Conflict);
    QCOMPARE(bot.submit(u"prod-us"_s, "SELECT 1", {}, {}, u"key"_s).error().code, Error::Code::Conflict);
}

void SubmissionTest::keysOfTwoAgentsDoNotMeet()
{
    auto botConnection = m_store->connect(u"bot"_s);
    auto etlConnection = m_store->connect(u"etl"_s);
    const auto first = StoreClient(botConnection).submit(u"prod-eu"_s, "SELECT 1", {}, {}, u"key"_s);
    const auto second = StoreClient(etlConnection).submit(u"prod-eu"_s, "SELECT 2", {}, {}, u"key"_s);
    QVERIFY(second);
    QVERIFY(second->action != first->action);
}

void SubmissionTest::anAgentSeesAndChangesItsOwnActionsAlone()
{
    const Submitted mine = m_store->submit(u"bot"_s);
    const Submitted theirs = m_store->submit(u"etl"_s);
    auto connection = m_store->connect(u"bot"_s);
    StoreClient bot(connection);
    const auto visible = bot.myActions(10);
    QCOMPARE(visible->size(), 1);
    QCOMPARE(visible->first().id, mine.action);
    const auto absent = bot.withdraw(theirs.action + 100, {});
    const auto foreign = bot.withdraw(theirs.action, {});
    QVERIFY(!foreign);
    QCOMPARE(foreign.error().code, absent.error().code);
    QVERIFY(!bot.revise(theirs.action, "SELECT 1", {}));
    QCOMPARE(bot.openActions().error().code, Error::Code::Refused);
}

void SubmissionTest::aRevisionIsANewTextOfTheSameAction()
{
    const Submitted submitted = m_store->submit();
    auto connection = m_store->connect(u"bot"_s);
    QCOMPARE(StoreClient(connection).revise(submitted.action, "SELECT 2", u"safer"_s).value(), 2);
    const Action action = m_store->action(submitted.action);
    QCOMPARE(action.revision, 2);
    QCOMPARE(action.sql, QByteArray("SELECT 2"));
    QCOMPARE(action.reason, u"safer"_s);
    QCOMPARE(m_store->peek(u"SELECT convert_from(sql, 'UTF8') FROM holdpoint.revision WHERE number = 1"_s),
        u"DELETE FROM customers"_s);
}

void SubmissionTest::aWithdrawnActionIsOver()
{
    const Submitted submitted = m_store->submit();
    auto connection = m_store->connect(u"bot"_s);
    StoreClient bot(connection);
    QVERIFY(bot.withdraw(submitted.action, u"not needed"_s));
    QCOMPARE(m_store->action(submitted.action).state, ActionState::Withdrawn);
    QCOMPARE(m_store->action(submitted.action).closingReason, u"not needed"_s);
    QCOMPARE(bot.withdraw(submitted.action, {}).error().code, Error::Code::Conflict);
    QCOMPARE(bot.revise(submitted.action, "SELECT 1", {}).error().code, Error::Code::Conflict);
}

void SubmissionTest::listenersAreToldIdsAndNothingElse()
{
    auto listener = m_store->connect(u"maria"_s);
    QStringList payloads;
    QVERIFY(listener.listen(u"holdpoint"_s, [&payloads](const QString &payload) { payloads.append(payload); }));
    const Submitted submitted = m_store->submit();
    QTRY_COMPARE(
        payloads, QStringList{u"%1 %2"_s.arg(m_store->action(submitted.action).changeNumber).arg(submitted.action)});
}

void SubmissionTest::anIdleTransactionKeepsNobodyOut()
{
    auto sitting = m_store->connect(u"bot"_s);
    QVERIFY(sitting.run(u"BEGIN"_s));
    QVERIFY(StoreClient(sitting).submit(u"prod-eu"_s, "SELECT 1", {}, {}));
    QElapsedTimer waited;
    waited.start();
    auto connection = m_store->connect(u"maria"_s);
    QVERIFY(StoreClient(connection).revoke(u"bot"_s, u"it blocks the store"_s));
    QVERIFY2(waited.elapsed() < 4000, qPrintable(QString::number(waited.elapsed())));
    QVERIFY(!sitting.run(u"COMMIT"_s));
    QCOMPARE(m_store->peek(u"SELECT count(*) FROM holdpoint.action"_s), u"0"_s);
}

void SubmissionTest::aTransactionThatLooksBusyKeepsNobodyOut()
{
    auto sitting = m_store->connect(u"bot"_s);
    QVERIFY(sitting.run(u"BEGIN"_s));
    QVERIFY(StoreClient(sitting).submit(u"prod-eu"_s, "SELECT 1", {}, {}));
    std::thread pings([&sitting] {
        for (int i = 0; i < 50 && sitting.run(u"SELECT 1"_s); ++i)
            QThread::msleep(400);
    });
    QElapsedTimer waited;
    waited.start();
    auto connection = m_store->connect(u"etl"_s);
    const auto submitted = StoreClient(connection).submit(u"prod-eu"_s, "SELECT 1", {}, {});
    const qint64 milliseconds = waited.elapsed();
    pings.join();
    QVERIFY(submitted);
    QVERIFY2(milliseconds < 5000, qPrintable(QString::number(milliseconds)));
    QVERIFY(!sitting.run(u"COMMIT"_s));
}

void SubmissionTest::manyBusyAgentsDoNotHoldUpTheKillSwitch()
{
    std::vector<std::thread> agents;
    std::atomic<bool> over = false;
    for (int i = 0; i < 10; ++i)
        agents.emplace_back([this, i, &over] {
            while (!over) {
                if (auto connection = m_store->tryToConnect(i % 2 ? u"bot"_s : u"etl"_s))
                    (void)connection->run(u"SELECT holdpoint.submit('prod-eu', 'SELECT 1', '', ''), pg_sleep(4)"_s);
            }
        });
    while (
        m_store->peek(u"SELECT count(*) FROM pg_locks WHERE mode = 'ExclusiveLock' AND locktype = 'relation'"_s).toInt()
        < 8)
        QThread::msleep(10);
    auto connection = m_store->connect(u"maria"_s);
    QElapsedTimer waited;
    waited.start();
    const auto revoked = StoreClient(connection).revoke(u"bot"_s, u"it blocks the store"_s);
    const qint64 milliseconds = waited.elapsed();
    over = true;
    m_store->tamper(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('bot', 'etl')"_s);
    for (std::thread &agent : agents)
        agent.join();
    QVERIFY2(revoked, revoked ? "" : qUtf8Printable(revoked.error().text()));
    QVERIFY2(milliseconds < 3000, qPrintable(QString::number(milliseconds)));
    QCOMPARE(m_store->peek(u"SELECT revoked FROM holdpoint.agents WHERE name = 'bot'"_s), u"true"_s);
}

void SubmissionTest::tooManyOpenActionsAreRefused()
{
    auto connection = m_store->connect(u"bot"_s);
    StoreClient bot(connection);
    const auto first = bot.submit(u"prod-eu"_s, "SELECT 1", {}, {}, u"key"_s);
    for (int i = 1; i < 200; ++i)
        QVERIFY(bot.submit(u"prod-eu"_s, "SELECT 1", {}, {}));
    const auto refused = bot.submit(u"prod-eu"_s, "SELECT 1", {}, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, Error::Code::Invalid);
    QVERIFY2(refused.error().message.contains(u"200 open actions"_s), qUtf8Printable(refused.error().message));
    QCOMPARE(bot.submit(u"prod-eu"_s, "SELECT 1", {}, {}, u"key"_s)->action, first->action);
    QVERIFY(bot.revise(first->action, "SELECT 2", {}));
    m_store->submit(u"etl"_s);
    QVERIFY(bot.withdraw(first->action, {}));
    QVERIFY(bot.submit(u"prod-eu"_s, "SELECT 1", {}, {}));
}

void SubmissionTest::tooMuchOpenTextIsRefused()
{
    auto connection = m_store->connect(u"bot"_s);
    StoreClient bot(connection);
    qint64 last = 0;
    for (int i = 0; i < 16; ++i)
        last = bot.submit(u"prod-eu"_s, QByteArray(sqlLimit, 'x'), {}, {})->action;
    for (const auto &error : {bot.submit(u"prod-eu"_s, "SELECT 1", {}, {}).error(),
             bot.revise(last, QByteArray(sqlLimit, 'y') + 'y', {}).error()})
        QCOMPARE(error.code, Error::Code::Invalid);
    const auto refused = bot.submit(u"prod-eu"_s, "SELECT 1", {}, {});
    QVERIFY2(refused.error().message.contains(u"16777216 bytes"_s), qUtf8Printable(refused.error().message));
    QCOMPARE(bot.revise(last, QByteArray(sqlLimit, 'y'), {}).value(), 2);
}

void SubmissionTest::whatIsNotOverIsListed()
{
    const Submitted pending = m_store->submit();
    const Action released = m_store->released();
    const Submitted asked = m_store->submit();
    const Submitted over = m_store->submit();
    auto connection = m_store->connect(u"maria"_s);
    StoreClient maria(connection);
    QVERIFY(maria.decide(refusal(m_store->action(asked.action), Verdict::RequestChanges, u"narrow it"_s)));
    QVERIFY(maria.decide(refusal(m_store->action(over.action), Verdict::Reject, u"no"_s)));
    QList<qint64> ids;
    const auto open = maria.openActions();
    for (const Action &action : *open)
        ids.append(action.id);
    QCOMPARE(ids, (QList{pending.action, released.id, asked.action}));
}

void SubmissionTest::aChangeNumberMissesNothing()
{
    const Submitted first = m_store->submit();
    auto connection = m_store->connect(u"maria"_s);
    StoreClient maria(connection);
    const qint64 seen = maria.actionsSince(0)->last().changeNumber;
    QVERIFY(maria.actionsSince(seen)->isEmpty());
    const Submitted second = m_store->submit(u"etl"_s);
    m_store->approve(u"maria"_s, first.action, RiskLevel::Critical);
    const auto changed = maria.actionsSince(seen);
    QCOMPARE(changed->size(), 2);
    QCOMPARE(changed->at(0).id, second.action);
    QCOMPARE(changed->at(1).id, first.action);
    QCOMPARE(changed->at(1).state, ActionState::Approved);
}

QTEST_GUILESS_MAIN(SubmissionTest)
#include "submissiontest.moc"
