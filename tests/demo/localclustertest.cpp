// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/demo/localcluster.h"

#include "core/database/connection.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {
bool exists(qint64 pid)
{
    return QFileInfo::exists(u"/proc/%1"_s.arg(pid));
}

qint64 countOf(Connection &connection, const QString &table)
{
    const auto rows = connection.run(u"SELECT count(*) AS n FROM "_s + table);
    return rows ? rows->first().number(u"n"_s) : -1;
}
} // namespace

class LocalClusterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aServerAnswersItsSuperuserAndNobodyWithoutAPassword();
    void aServerHasNoNetworkPort();
    void aStandbyStreamsAndRefusesWrites();
    void anAccessRuleShutsOneRoleOutOfOneServer();
    void aServerComesBackOnTheSameSocketAfterEachKindOfEnd();
    void aFolderWithALongOrStrangeNameWillDo();
    void destructionLeavesNoProcessAndNoSocket();
    void killingTheParentLeavesNoServer();
    void aLeftoverServerIsEnded();
    void aFolderThatTheServerCannotEnterIsNamed();

private:
    QString directory(const QString &name) const { return m_directory.filePath(name); }

    QTemporaryDir m_directory{u"/tmp/holdpoint-test-XXXXXX"_s};
    std::unique_ptr<LocalCluster> m_primary;
};

void LocalClusterTest::initTestCase()
{
    QFile::setPermissions(
        m_directory.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
    auto primary = LocalCluster::create({.directory = directory(u"primary"_s)});
    QVERIFY2(primary, primary ? "" : qPrintable(primary.error().text()));
    m_primary = std::move(*primary);
}

void LocalClusterTest::aServerAnswersItsSuperuserAndNobodyWithoutAPassword()
{
    QVERIFY(Connection::open(m_primary->superuserConninfo(), u"test"_s));
    const auto refused = Connection::open(
        u"host=%1 port=%2 user=postgres dbname=postgres passfile=/nowhere/passwords"_s.arg(m_primary->host())
            .arg(m_primary->port()),
        u"test"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, Error::Code::SignInRefused);
}

void LocalClusterTest::aServerHasNoNetworkPort()
{
    auto connection = Connection::open(m_primary->superuserConninfo(), u"test"_s);
    QVERIFY(connection);
    const auto rows = connection->run(u"SELECT current_setting('listen_addresses') AS addresses"_s);
    QVERIFY(rows);
    QCOMPARE(rows->first().text(u"addresses"_s), QString());
}

void LocalClusterTest::aStandbyStreamsAndRefusesWrites()
{
    const auto standby = LocalCluster::createStandbyOf(*m_primary, {.directory = directory(u"standby"_s)});
    QVERIFY2(standby, standby ? "" : qPrintable(standby.error().text()));
    auto primary = Connection::open(m_primary->superuserConninfo(), u"test"_s);
    auto copy = Connection::open((*standby)->superuserConninfo(), u"test"_s);
    QVERIFY(primary && copy);
    QVERIFY(primary->runScript(u"CREATE TABLE streamed (n int); INSERT INTO streamed VALUES (1)"_s));
    QTRY_COMPARE(countOf(*copy, u"streamed"_s), 1);
    QVERIFY(!copy->run(u"INSERT INTO streamed VALUES (2)"_s));
}

void LocalClusterTest::anAccessRuleShutsOneRoleOutOfOneServer()
{
    const auto cluster =
        LocalCluster::create({.directory = directory(u"rules"_s), .accessRules = {u"local all outsider reject"_s}});
    QVERIFY(cluster);
    auto connection = Connection::open((*cluster)->superuserConninfo(), u"test"_s);
    QVERIFY(connection);
    QVERIFY(connection->run(u"CREATE ROLE outsider LOGIN"_s));
    QString conninfo = (*cluster)->superuserConninfo();
    const auto refused = Connection::open(conninfo.replace("user=postgres"_L1, "user=outsider"_L1), u"test"_s);
    QVERIFY(!refused);
    QVERIFY2(refused.error().text().contains("reject"_L1), qPrintable(refused.error().text()));
}

void LocalClusterTest::aServerComesBackOnTheSameSocketAfterEachKindOfEnd()
{
    const QString conninfo = m_primary->superuserConninfo();
    for (const int kind : {0, 1, 2}) {
        const auto ended = kind == 0 ? m_primary->stop(LocalCluster::StopMode::Fast)
            : kind == 1              ? m_primary->stop(LocalCluster::StopMode::Immediate)
                                     : m_primary->kill();
        QVERIFY2(ended, ended ? "" : qPrintable(ended.error().text()));
        QVERIFY(!m_primary->isRunning());
        QVERIFY(!Connection::open(conninfo, u"test"_s));
        const auto started = m_primary->start();
        QVERIFY2(started, started ? "" : qPrintable(started.error().text()));
        QVERIFY(Connection::open(conninfo, u"test"_s));
    }
}

void LocalClusterTest::aFolderWithALongOrStrangeNameWillDo()
{
    const QString name = u"it's: a\\ \"name\", "_s + QString(100, u'x');
    QVERIFY(QDir().mkpath(directory(name)));
    QFile::setPermissions(
        directory(name), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
    auto cluster = LocalCluster::create({.directory = directory(name) + "/server"_L1});
    QVERIFY2(cluster, cluster ? "" : qPrintable(cluster.error().text()));
    QVERIFY(Connection::open((*cluster)->superuserConninfo(), u"test"_s));
    const QString host = (*cluster)->host();
    cluster->reset();
    QVERIFY(!QFileInfo::exists(host));
}

void LocalClusterTest::destructionLeavesNoProcessAndNoSocket()
{
    auto cluster = LocalCluster::create({.directory = directory(u"short-lived"_s)});
    QVERIFY(cluster);
    const qint64 pid = (*cluster)->processId();
    const QString socket = (*cluster)->host() + "/.s.PGSQL.5432"_L1;
    QVERIFY(exists(pid));
    QVERIFY(QFileInfo::exists(socket));
    cluster->reset();
    QVERIFY(!exists(pid));
    QVERIFY(!QFileInfo::exists(socket));
}

void LocalClusterTest::killingTheParentLeavesNoServer()
{
    QProcess holder;
    holder.start(QCoreApplication::applicationDirPath() + "/clusterholder"_L1, {directory(u"orphan"_s)});
    QVERIFY(holder.waitForReadyRead(30'000));
    const qint64 pid = holder.readLine().trimmed().toLongLong();
    QVERIFY(exists(pid));
    holder.kill();
    QVERIFY(holder.waitForFinished());
    QTRY_VERIFY(!exists(pid));
}

void LocalClusterTest::aLeftoverServerIsEnded()
{
    auto cluster = LocalCluster::create({.directory = directory(u"leftover"_s)});
    QVERIFY(cluster);
    endLeftoverServer(directory(u"nothing-here"_s));
    QVERIFY((*cluster)->isRunning());
    endLeftoverServer(directory(u"leftover"_s));
    QVERIFY(!(*cluster)->isRunning());
}

void LocalClusterTest::aFolderThatTheServerCannotEnterIsNamed()
{
    if (geteuid() != 0)
        QSKIP("only root's servers run as somebody else");
    const QTemporaryDir closed(u"/tmp/holdpoint-closed-XXXXXX"_s);
    const auto refused = LocalCluster::create({.directory = closed.filePath(u"deep/below"_s)});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, Error::Code::Invalid);
    QVERIFY(refused.error().message.contains(closed.path()));
}

QTEST_GUILESS_MAIN(LocalClusterTest)
#include "localclustertest.moc"
