// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/connection.h"
#include "core/demo/localcluster.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class ExecutorProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpAndVersionAreAnswered();
    void whatCannotBeginSaysWhyInOneLine_data();
    void whatCannotBeginSaysWhyInOneLine();
    void aDatabaseThatIsNoStoreIsRefused();
    void aStoreThatIsAwayIsWaitedForAndAStopIsHeard();

private:
    QString configuration(const QByteArray &text);
    int run(const QStringList &arguments);

    QTemporaryDir m_directory{u"/tmp/holdpoint-test-XXXXXX"_s};
    QString m_output;
};

QString ExecutorProgramTest::configuration(const QByteArray &text)
{
    QFile file(m_directory.filePath(u"executor.ini"_s));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        qFatal("no file");
    file.write(text);
    return file.fileName();
}

int ExecutorProgramTest::run(const QStringList &arguments)
{
    QProcess program;
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(QCoreApplication::applicationDirPath() + u"/holdpoint-executor"_s, arguments);
    program.waitForFinished();
    m_output = QString::fromUtf8(program.readAll());
    return program.exitCode();
}

void ExecutorProgramTest::helpAndVersionAreAnswered()
{
    QCOMPARE(run({u"--help"_s}), 0);
    QVERIFY(m_output.contains(u"--config"_s));
    QCOMPARE(run({u"--version"_s}), 0);
    QCOMPARE(m_output.trimmed(), u"holdpoint-executor "_s + QStringLiteral(HOLDPOINT_VERSION));
}

void ExecutorProgramTest::whatCannotBeginSaysWhyInOneLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("unknown option") << QStringList{u"--confg"_s} << QByteArray() << u"confg"_s;
    QTest::newRow("argument") << QStringList{u"now"_s} << QByteArray() << u"unexpected argument 'now'"_s;
    QTest::newRow("no file") << QStringList{u"--config"_s, u"/nonexistent"_s} << QByteArray() << u"/nonexistent"_s;
    QTest::newRow("wrong file") << QStringList() << QByteArray("nonsense") << u"executor.ini:1:"_s;
    QTest::newRow("password") << QStringList()
                              << QByteArray("[executor]\nname=a\nstore=host=/nonexistent password=secret\n")
                              << u"must not hold a password"_s;
    QTest::newRow("unknown service") << QStringList() << QByteArray("[executor]\nname=a\nstore=service=nothing\n")
                                     << u"nothing"_s;
}

void ExecutorProgramTest::whatCannotBeginSaysWhyInOneLine()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    if (!text.isEmpty())
        arguments = QStringList{u"--config"_s, configuration(text)};
    QCOMPARE(run(arguments), 2);
    QCOMPARE(m_output.trimmed().count(u'\n'), 0);
    QVERIFY2(m_output.startsWith(u"holdpoint-executor: "_s) && m_output.contains(expected), qPrintable(m_output));
    QVERIFY(!m_output.contains(u"secret"_s));
}

void ExecutorProgramTest::aDatabaseThatIsNoStoreIsRefused()
{
    QFile::setPermissions(
        m_directory.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
    const auto cluster = LocalCluster::create({.directory = m_directory.filePath(u"server"_s), .accessRules = {}});
    QVERIFY(cluster);
    const QByteArray conninfo = (*cluster)->superuserConninfo().toUtf8();
    QCOMPARE(run({u"--config"_s, configuration("[executor]\nname=a\nstore=" + conninfo + '\n')}), 2);
    QVERIFY2(m_output.contains(u"holdpointctl init"_s), qPrintable(m_output));
    QCOMPARE(run({u"--config"_s, configuration("[executor]\nname=a\nstore=" + conninfo + " user=nobody\n")}), 2);
    QCOMPARE(m_output.trimmed().count(u'\n'), 0);
}

void ExecutorProgramTest::aStoreThatIsAwayIsWaitedForAndAStopIsHeard()
{
    QProcess program;
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(QCoreApplication::applicationDirPath() + u"/holdpoint-executor"_s,
        {u"--config"_s, configuration("[executor]\nname=a\nstore=host=/nonexistent\n")});
    QVERIFY(program.waitForStarted());
    QString output;
    QTRY_VERIFY_WITH_TIMEOUT((program.waitForReadyRead(10), output += QString::fromUtf8(program.readAll()),
                                 output.contains(u"the store is away"_s)),
        5'000);
    QVERIFY(!program.waitForFinished(500));
    program.terminate();
    QVERIFY(program.waitForFinished(5'000));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
}

QTEST_GUILESS_MAIN(ExecutorProgramTest)
#include "executorprogramtest.moc"
