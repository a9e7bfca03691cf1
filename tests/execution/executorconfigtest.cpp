// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/executorconfig.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class ExecutorConfigTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWholeFileIsRead();
    void theSampleIsReadAndSaysTheDefaults();
    void whatIsWrongIsNamedWithItsLine_data();
    void whatIsWrongIsNamedWithItsLine();
    void aFileThatIsNotThereIsNamed();

private:
    std::expected<ExecutorConfig, Error> read(const QByteArray &text);

    QTemporaryDir m_directory;
};

std::expected<ExecutorConfig, Error> ExecutorConfigTest::read(const QByteArray &text)
{
    QFile file(m_directory.filePath(u"executor.ini"_s));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        qFatal("no file");
    file.write(text);
    file.close();
    return ExecutorConfig::read(file.fileName());
}

void ExecutorConfigTest::aWholeFileIsRead()
{
    const auto config =
        read("# ours\n[executor]\nname = host-a\nstore=host=a,b dbname='hold; point'\nanalyzer = /opt/a\n\n"
             "[target-prod-eu]\r\nwrite = service=w\r\nrevoke = service=r\r\nstatement-timeout = 7\r\n"
             "[target-prod-us]\nwrite = service=w2\nrevoke = service=r2\nsandbox = service=s2\n");
    QVERIFY2(config, config ? "" : qPrintable(config.error().text()));
    QCOMPARE(config->name, u"host-a"_s);
    QCOMPARE(config->store, u"host=a,b dbname='hold; point'"_s);
    QCOMPARE(config->analyzer, u"/opt/a"_s);
    QCOMPARE(config->targets.keys(), (QStringList{u"prod-eu"_s, u"prod-us"_s}));
    QCOMPARE(config->targets[u"prod-eu"_s].revoke, u"service=r"_s);
    QCOMPARE(config->targets[u"prod-eu"_s].timeouts.statement, std::chrono::milliseconds(7000));
    QCOMPARE(config->targets[u"prod-us"_s].timeouts, GuardTimeouts());
    QCOMPARE(config->targets[u"prod-us"_s].sandbox, u"service=s2"_s);
    QCOMPARE(config->sandboxes(), QStringList{u"prod-us"_s});
}

void ExecutorConfigTest::theSampleIsReadAndSaysTheDefaults()
{
    const auto config = read(ExecutorConfig::sample().toUtf8());
    QVERIFY2(config, config ? "" : qPrintable(config.error().text()));
    QCOMPARE(config->targets[u"prod-eu"_s].timeouts, GuardTimeouts());
}

void ExecutorConfigTest::whatIsWrongIsNamedWithItsLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const QByteArray own = "[executor]\nname=a\nstore=s\n";
    QTest::newRow("empty") << QByteArray() << u"[executor] has no name"_s;
    QTest::newRow("no store") << QByteArray("[executor]\nname=a\n") << u"[executor] has no store"_s;
    QTest::newRow("no section") << QByteArray("name=a\n") << u":1: 'name' stands before any section"_s;
    QTest::newRow("unknown key") << own + "nam=b" << u":4: [executor] has no setting 'nam'"_s;
    QTest::newRow("unknown section") << own + "[exekutor]" << u":4: the section is neither"_s;
    QTest::newRow("target without name") << own + "[target-]" << u":4: the section is neither"_s;
    QTest::newRow("no equals") << own + "word" << u":4: expected 'key = value'"_s;
    QTest::newRow("no value") << own + "analyzer =" << u":4: 'analyzer' has no value"_s;
    QTest::newRow("twice") << own + "name=b" << u":4: 'name' is there twice"_s;
    QTest::newRow("section twice") << own + "[target-a]\nwrite=w\nrevoke=r\n[target-a]"
                                   << u":7: [target-a] is there twice"_s;
    QTest::newRow("half a target") << own + "[target-a]\nwrite=w\n" << u"[target-a] needs both"_s;
    QTest::newRow("unknown in target") << own + "[target-a]\nread=w\n" << u":5: a target has no setting 'read'"_s;
    QTest::newRow("for ever") << own + "[target-a]\nlock-timeout=0\n" << u":5: 'lock-timeout' wants seconds"_s;
    QTest::newRow("no number") << own + "[target-a]\nidle-timeout=5s\n" << u":5: 'idle-timeout' wants seconds"_s;
    QTest::newRow("a sandbox that is production")
        << own + "[target-a]\nwrite=w\nrevoke=r\nsandbox=w2\n[target-b]\nwrite=w2\nrevoke=r2\n"
        << u"the sandbox of [target-a] is [target-b] itself"_s;
    QTest::newRow("too large") << QByteArray(1024 * 1024 + 1, '#') << u"larger than 1 MiB"_s;
}

void ExecutorConfigTest::whatIsWrongIsNamedWithItsLine()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const auto config = read(text);
    QVERIFY(!config);
    QCOMPARE(config.error().code, Error::Code::Invalid);
    QVERIFY2(config.error().message.contains(expected), qPrintable(config.error().message));
}

void ExecutorConfigTest::aFileThatIsNotThereIsNamed()
{
    const auto config = ExecutorConfig::read(u"/nonexistent/executor.ini"_s);
    QVERIFY(!config);
    QVERIFY(config.error().message.contains(u"/nonexistent/executor.ini"_s));
}

QTEST_GUILESS_MAIN(ExecutorConfigTest)
#include "executorconfigtest.moc"
