// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/demo/scenes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// The command as a person runs it.
class DemoCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEndOfAnyKindLeavesNoProcess_data();
    void anEndOfAnyKindLeavesNoProcess();
    void aKilledDemoStartsAfreshInTheSameFolder();

private:
    static QByteArray start(QProcess &demo, const QTemporaryDir &directory);
    static QByteArray outputUntil(QProcess &process, const QByteArray &text);
    static QList<qint64> processesIn(const QString &directory);
};

QByteArray DemoCommandTest::outputUntil(QProcess &process, const QByteArray &text)
{
    constexpr int patience = 60'000;
    QByteArray output;
    while (!output.contains(text) && process.waitForReadyRead(patience))
        output += process.readAll();
    return output;
}

/// What it prints until it waits.
QByteArray DemoCommandTest::start(QProcess &demo, const QTemporaryDir &directory)
{
    QFile::setPermissions(
        directory.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
    demo.setProcessChannelMode(QProcess::MergedChannels);
    demo.start(QCoreApplication::applicationDirPath() + "/holdpointctl"_L1,
        {u"demo"_s, u"--scale"_s, u"0.01"_s, u"--directory"_s, directory.path()});
    return outputUntil(demo, "stops everything");
}

/// Every process whose command line names the directory.
QList<qint64> DemoCommandTest::processesIn(const QString &directory)
{
    QList<qint64> found;
    const QStringList processes = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &process : processes) {
        QFile commandLine(u"/proc/%1/cmdline"_s.arg(process));
        if (process.toLongLong() > 0 && commandLine.open(QFile::ReadOnly)
            && commandLine.readAll().contains(QFile::encodeName(directory)))
            found.append(process.toLongLong());
    }
    return found;
}

void DemoCommandTest::anEndOfAnyKindLeavesNoProcess_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<bool>("orderly");
    QTest::newRow("Ctrl+C") << SIGINT << true;
    QTest::newRow("asked to end") << SIGTERM << true;
    QTest::newRow("the terminal is closed") << SIGHUP << true;
    QTest::newRow("killed") << SIGKILL << false;
}

void DemoCommandTest::anEndOfAnyKindLeavesNoProcess()
{
    QFETCH(const int, signal);
    QFETCH(const bool, orderly);
    const QTemporaryDir directory(u"/tmp/holdpoint-test-XXXXXX"_s);
    QProcess demo;
    const QByteArray output = start(demo, directory);
    QVERIFY2(output.contains("starting afresh"), output.constData());
    QVERIFY2(output.contains("stops everything"), output.constData());
    QCOMPARE(output.count("  action "), openingScenes().size());
    // The demo itself, three servers and the executor.
    QVERIFY(processesIn(directory.path()).size() >= 5);

    ::kill(static_cast<pid_t>(demo.processId()), signal);
    QVERIFY(demo.waitForFinished());
    QCOMPARE(demo.exitStatus(), orderly ? QProcess::NormalExit : QProcess::CrashExit);
    if (orderly)
        QCOMPARE(demo.exitCode(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(processesIn(directory.path()).isEmpty(), 20'000);
}

void DemoCommandTest::aKilledDemoStartsAfreshInTheSameFolder()
{
    const QTemporaryDir directory(u"/tmp/holdpoint-test-XXXXXX"_s);
    QProcess first;
    QVERIFY(start(first, directory).contains("stops everything"));
    first.kill();
    QVERIFY(first.waitForFinished());

    QProcess second;
    const QByteArray output = start(second, directory);
    QVERIFY2(output.contains("action 1 ") && output.contains("stops everything"), output.constData());
    second.terminate();
    QVERIFY(second.waitForFinished());
    QTRY_VERIFY_WITH_TIMEOUT(processesIn(directory.path()).isEmpty(), 20'000);
}

QTEST_GUILESS_MAIN(DemoCommandTest)
#include "democommandtest.moc"
