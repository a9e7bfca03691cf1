// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/demo/world.h"
#include "core/demo/agentatwork.h"

#include "core/database/connection.h"
#include "core/store/storeclient.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {
Connection open(const QString &service)
{
    auto connection = Connection::open(u"service="_s + service, u"test"_s);
    if (!connection)
        qFatal("%s: %s", qPrintable(service), qPrintable(connection.error().text()));
    return std::move(*connection);
}

qint64 number(Connection &connection, const QString &sql)
{
    const auto rows = connection.run(sql);
    return rows ? rows->first().number(u"n"_s) : -1;
}

bool exists(qint64 pid)
{
    return QFileInfo::exists(u"/proc/%1"_s.arg(pid));
}
} // namespace

class WorldTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everybodyHasASignInOfTheirOwn_data();
    void everybodyHasASignInOfTheirOwn();
    void aRowOfThePrimaryAppearsOnTheReplica();
    void theReaderIsRejectedOnThePrimaryAndCannotWriteTheReplica();
    void anAgentReadsThePrimaryAndCannotWriteIt();
    void noSecretIsReadableByOthers();
    void everySceneOfTheDemoIsTaken();
    void theStoryHitsEveryCustomer();
    void aSecondWorldInTheSameFolderIsRefused();
    void anExecutorThatIsStartedEndsWithTheWorld();
    void aNewWorldStartsAfreshAndLeavesOtherFilesAlone();

private:
    void makeWorld();

    QTemporaryDir m_directory{u"/tmp/holdpoint-test-XXXXXX"_s};
    std::unique_ptr<World> m_world;
};

void WorldTest::initTestCase()
{
    QFile::setPermissions(
        m_directory.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
    makeWorld();
}

void WorldTest::makeWorld()
{
    auto world = World::create({.directory = m_directory.path(), .scale = 0.01});
    if (!world)
        qFatal("%s", qPrintable(world.error().text()));
    m_world = std::move(*world);
}

void WorldTest::everybodyHasASignInOfTheirOwn_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("kind");
    QTest::newRow("team lead") << u"holdpoint"_s << u"maria"_s << u"approver"_s;
    QTest::newRow("second approver") << u"holdpoint-jonas"_s << u"jonas"_s << u"approver"_s;
    QTest::newRow("third approver") << u"holdpoint-lena"_s << u"lena"_s << u"approver"_s;
    QTest::newRow("auditor") << u"holdpoint-auditor"_s << u"vera"_s << u"auditor"_s;
    QTest::newRow("executor") << u"holdpoint-executor"_s << u"executor"_s << u"executor"_s;
    QTest::newRow("cleanup-bot") << u"holdpoint-cleanup-bot"_s << u"cleanup-bot"_s << u"agent"_s;
    QTest::newRow("etl-agent") << u"holdpoint-etl-agent"_s << u"etl-agent"_s << u"agent"_s;
    QTest::newRow("support-agent") << u"holdpoint-support-agent"_s << u"support-agent"_s << u"agent"_s;
    QTest::newRow("administrator") << u"holdpoint-admin"_s << u"postgres"_s << u"admin"_s;
}

void WorldTest::everybodyHasASignInOfTheirOwn()
{
    QFETCH(const QString, service);
    Connection connection = open(service);
    StoreClient store(connection);
    QVERIFY(store.checkVersion());
    const auto identity = store.whoAmI();
    QVERIFY2(identity, identity ? "" : qPrintable(identity.error().text()));
    QTEST(identity->role, "role");
    QTEST(identity->kind, "kind");
}

void WorldTest::aRowOfThePrimaryAppearsOnTheReplica()
{
    Connection writer = open(u"prod-eu-write"_s);
    Connection reader = open(u"prod-eu-replica"_s);
    const QString count = u"SELECT count(*) AS n FROM products"_s;
    const qint64 before = number(reader, count);
    QCOMPARE(before, 500);
    QVERIFY(writer.run(u"INSERT INTO products VALUES ('SKU-NEW', 'New', 100)"_s));
    QTRY_COMPARE(number(reader, count), before + 1);
}

void WorldTest::theReaderIsRejectedOnThePrimaryAndCannotWriteTheReplica()
{
    Connection reader = open(u"prod-eu-replica"_s);
    QVERIFY(!reader.run(u"DELETE FROM products"_s));
    const auto onPrimary = Connection::open(u"service=prod-eu-admin user=%1"_s.arg(reader.user()), u"test"_s);
    QVERIFY(!onPrimary);
    QVERIFY2(onPrimary.error().code == Error::Code::SignInRefused, qPrintable(onPrimary.error().text()));
}

void WorldTest::anAgentReadsThePrimaryAndCannotWriteIt()
{
    Connection agent = open(u"prod-eu-cleanup-bot"_s);
    QCOMPARE(number(agent, u"SELECT count(*) AS n FROM customers"_s), 500);
    QVERIFY(agent.run(u"SET default_transaction_read_only = off"_s));
    const auto refused = agent.run(u"DELETE FROM customers"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, Error::Code::Refused);
}

void WorldTest::noSecretIsReadableByOthers()
{
    for (const QString &name : {u"passwords"_s, u"pg_service.conf"_s, u"executor.ini"_s}) {
        const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
        const QFile::Permissions found = QFile::permissions(m_directory.filePath(name));
        QVERIFY2(found.testFlag(QFile::ReadOwner) && !(found & others), qPrintable(name));
    }
}

void WorldTest::everySceneOfTheDemoIsTaken()
{
    AgentAtWork agents([this](const QString &agent) { return m_world->conninfo(u"holdpoint-"_s + agent); });
    const auto submitted = agents.submitOpeningScenes();
    QVERIFY2(submitted, submitted ? "" : qPrintable(submitted.error().text()));
    for (int later = 0; later < 5; ++later)
        QVERIFY(agents.submit(laterScene(later)));
    Connection maria = open(u"holdpoint"_s);
    const auto open = StoreClient(maria).openActions();
    QVERIFY(open);
    QCOMPARE(open->size(), *submitted + 5);
    QCOMPARE(open->first().title, u"Clean up old test data"_s);
    QCOMPARE(open->first().sql, openingScenes().first().sql);
}

void WorldTest::theStoryHitsEveryCustomer()
{
    Connection reader = open(u"prod-eu-replica"_s);
    QCOMPARE(number(reader, u"SELECT count(*) AS n FROM customers WHERE email IS NOT NULL"_s),
        number(reader, u"SELECT count(*) AS n FROM customers"_s));
}

void WorldTest::aSecondWorldInTheSameFolderIsRefused()
{
    const auto second = World::create({.directory = m_directory.path()});
    QVERIFY(!second);
    QCOMPARE(second.error().code, Error::Code::Conflict);
    QVERIFY(m_world->primary().isRunning());
}

void WorldTest::anExecutorThatIsStartedEndsWithTheWorld()
{
    const QTemporaryDir directory(u"/tmp/holdpoint-test-XXXXXX"_s);
    QFile program(directory.filePath(u"executor"_s));
    QVERIFY(program.open(QFile::WriteOnly));
    program.write("#!/bin/sh\necho \"$@\" >\"$(dirname \"$0\")/said\"\nexec sleep 600\n");
    program.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    program.close();
    const auto executor = m_world->startExecutor(program.fileName());
    QVERIFY(executor);
    const qint64 pid = (*executor)->processId();
    QTRY_VERIFY(QFileInfo(directory.filePath(u"said"_s)).size() > 0);
    const QList<qint64> servers{
        m_world->store().processId(), m_world->primary().processId(), m_world->replica().processId()};
    m_world.reset();
    QVERIFY(!exists(pid));
    for (const qint64 server : servers)
        QVERIFY(server > 0 && !exists(server));
}

void WorldTest::aNewWorldStartsAfreshAndLeavesOtherFilesAlone()
{
    QFile other(m_directory.filePath(u"diary.txt"_s));
    QVERIFY(other.open(QFile::WriteOnly));
    makeWorld();
    QVERIFY(other.exists());
    Connection maria = open(u"holdpoint"_s);
    const auto actions = StoreClient(maria).actionsSince(0);
    QVERIFY(actions);
    QVERIFY(actions->isEmpty());
}

QTEST_GUILESS_MAIN(WorldTest)
#include "worldtest.moc"
