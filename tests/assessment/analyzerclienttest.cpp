// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/analyzerclient.h"
#include "core/assessment/analyzerwire.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace holdpoint;
using namespace std::chrono_literals;

namespace {

/// Keeps what the client says, in the order it says it.
struct Answers
{
    explicit Answers(AnalyzerClient &client)
    {
        QObject::connect(&client, &AnalyzerClient::finished, &client, [this](quint64 id, const Assessment &assessment) {
            ids.append(id);
            assessments.append(assessment);
        });
    }

    bool lost(qsizetype index) const
    {
        return assessments[index].level == RiskLevel::Critical
            && assessments[index].statements.first().findings.first().rule == u"cannot-be-analysed"_s;
    }

    QList<quint64> ids;
    QList<Assessment> assessments;
};

} // namespace

/// The real worker, and what its client makes of its death.
class AnalyzerClientTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// A worker that answers every line with the same words.
    QString fakeWorker(const QByteArray &script)
    {
        static int number = 0;
        QFile file(m_folder.filePath(u"fake%1"_s.arg(++number)));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write("#!/bin/sh\n" + script);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }

private Q_SLOTS:
    void textsAreAnsweredInOrder()
    {
        AnalyzerClient client(analyzerProgram());
        Answers answers(client);
        QList<quint64> asked;
        for (int index = 0; index < 200; ++index)
            asked.append(client.analyse(index % 2 ? "SELECT 1" : "DROP SCHEMA x"));
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 200, 20'000);
        QCOMPARE(answers.ids, asked);
        for (int index = 0; index < 200; ++index)
            QCOMPARE(answers.assessments[index].level, index % 2 ? RiskLevel::Read : RiskLevel::Critical);
    }

    void aTextThatSomebodyLooksAtGoesFirst()
    {
        AnalyzerClient client(analyzerProgram());
        Answers answers(client);
        QList<quint64> asked{client.analyse("SELECT 1")};
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 1, 10'000);
        for (int index = 0; index < 50; ++index)
            asked.append(client.analyse("SELECT 1"));
        const quint64 first = client.analyseFirst("DROP SCHEMA x");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 52, 20'000);
        QCOMPARE(answers.ids[1], first);
        QCOMPARE(answers.assessments[1].level, RiskLevel::Critical);
        answers.ids.removeAt(1);
        QCOMPARE(answers.ids, asked);
    }

    void anyBytesArrive()
    {
        AnalyzerClient client(analyzerProgram());
        Answers answers(client);
        client.analyse(QByteArray("SELECT 1;\0 DROP TABLE x", 23));
        client.analyse("SELECT '\xff\n'");
        client.analyse("");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 3, 10'000);
        QCOMPARE(answers.assessments[0].statements.first().findings.first().rule, u"nul-byte"_s);
        QCOMPARE(answers.assessments[1].statements.first().findings.first().rule, u"invalid-utf8"_s);
        QCOMPARE(answers.assessments[2].level, RiskLevel::Read);
    }

    void aWorkerKilledInMidAnalysisCostsOneText()
    {
        AnalyzerClient client(analyzerProgram());
        Answers answers(client);
        client.analyse("SELECT 1");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 1, 10'000);
        const pid_t worker = static_cast<pid_t>(client.workerPid());
        QVERIFY(worker > 0);
        ::kill(worker, SIGSTOP); // so that it cannot be done before it is killed
        client.analyse("SELECT 2");
        client.analyse("SELECT 3");
        QTest::qWait(100);
        QCOMPARE(answers.ids.size(), 1);
        ::kill(worker, SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 3, 10'000);
        QVERIFY(answers.lost(1));
        QCOMPARE(answers.assessments[2].level, RiskLevel::Read);
        QVERIFY(client.workerPid() != worker);
    }

    void aWorkerThatDiesIdleIsReplaced()
    {
        AnalyzerClient client(analyzerProgram());
        Answers answers(client);
        client.analyse("SELECT 1");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 1, 10'000);
        ::kill(static_cast<pid_t>(client.workerPid()), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(client.workerPid(), 0, 5'000);
        client.analyse("SELECT 2");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 2, 10'000);
        QCOMPARE(answers.assessments[1].level, RiskLevel::Read);
    }

    void aWorkerThatHangsIsEnded()
    {
        AnalyzerClient client(analyzerProgram());
        client.setTimeout(300ms);
        Answers answers(client);
        client.analyse("SELECT 1");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 1, 10'000);
        const pid_t worker = static_cast<pid_t>(client.workerPid());
        ::kill(worker, SIGSTOP);
        client.setTimeout(300ms);
        client.analyse("SELECT 2");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 2, 5'000);
        QVERIFY(answers.lost(1));
        client.setTimeout(5s);
        client.analyse("SELECT 3");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 3, 10'000);
        QCOMPARE(answers.assessments[2].level, RiskLevel::Read);
        QTRY_VERIFY_WITH_TIMEOUT(::kill(worker, 0) != 0, 5'000);
    }

    void aChainOfFiftyThousandTermsIsCritical()
    {
        AnalyzerClient client(analyzerProgram());
        client.setTimeout(20s);
        Answers answers(client);
        client.analyse("SELECT 1" + QByteArray("+1").repeated(50'000));
        client.analyse("SELECT 1");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 2, 30'000);
        QCOMPARE(answers.assessments[0].level, RiskLevel::Critical);
        QCOMPARE(answers.assessments[1].level, RiskLevel::Read);
    }

    void nonsenseIsNeverBelieved_data()
    {
        QTest::addColumn<QByteArray>("script");
        const QByteArray good = "\"level\":\"read\",\"statements\":[],\"error\":null,\"catalog\":null";
        QTest::newRow("no JSON") << QByteArray("while read l; do echo hello; done\n");
        QTest::newRow("another id") << QByteArray("while read l; do echo '{\"id\":99," + good + "}'; done\n");
        QTest::newRow("two answers") << QByteArray(
            "while read l; do printf '{\"id\":1," + good + "}\\n{\"id\":2," + good + "}\\n'; done\n");
        QTest::newRow("no level") << QByteArray(
            "while read l; do echo '{\"id\":1,\"statements\":[],\"error\":null,\"catalog\":null}'; done\n");
        QTest::newRow("exits at once") << QByteArray("exit 0\n");
        QTest::newRow("closes its output") << QByteArray("exec >&-\nread l\nexit 1\n");
        QTest::newRow("another catalogue") << QByteArray(
            "while read l; do echo "
            "'{\"id\":1,\"level\":\"read\",\"statements\":[],\"error\":null,\"catalog\":\"x\"}'; done\n");
        QTest::newRow("complains") << QByteArray(
            "while read l; do echo '{\"id\":null,\"error\":\"x\",\"line\":1}'; done\n");
    }

    void nonsenseIsNeverBelieved()
    {
        QFETCH(QByteArray, script);
        AnalyzerClient client(fakeWorker(script));
        client.setTimeout(3s);
        Answers answers(client);
        client.analyse("SELECT 1");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 1, 10'000);
        QVERIFY(answers.lost(0));
    }

    void aWorkerThatSpeaksUnaskedIsNotBelievedLater()
    {
        AnalyzerClient client(fakeWorker("printf "
                                         "'{\"id\":1,\"level\":\"read\",\"statements\":[],\"error\":null,\"catalog\":null}\\n{\"id\":2,"
                                         "\"level\":\"read\",\"statements\":[],\"error\":null,\"catalog\":null}\\n'\nsleep 60\n"));
        client.setTimeout(3s);
        Answers answers(client);
        client.analyse("DROP SCHEMA a");
        client.analyse("DROP SCHEMA b");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 2, 15'000);
        QVERIFY(answers.lost(0));
        QVERIFY(answers.lost(1));
    }

    void aMissingWorkerIsSaid()
    {
        AnalyzerClient client(u"/no/such/program"_s);
        Answers answers(client);
        client.analyse("SELECT 1");
        client.analyse("SELECT 2");
        QTRY_COMPARE_WITH_TIMEOUT(answers.ids.size(), 2, 10'000);
        QVERIFY(answers.lost(0) && answers.lost(1));
        QVERIFY(answers.assessments[0].error.contains(u"cannot be started"_s));
        QVERIFY(cannotBeAnalysed(8, answers.assessments[0].error) == answers.assessments[0]);
    }

    void theClientMayGoWhileItsWorkerIsBusy()
    {
        auto client = std::make_unique<AnalyzerClient>(analyzerProgram());
        client->analyse("SELECT 1");
        QTest::qWait(50);
        client.reset();
        QTest::qWait(50);
    }

    void aWorkerThatDiesCostsOneOfTheTextsSentAhead()
    {
        // The first worker answers one text and dies on the next; those after it are the second one's.
        const QByteArray good = ",\"level\":\"read\",\"statements\":[],\"error\":null,\"catalog\":null}'\n";
        const QString mark = m_folder.filePath(u"mark"_s);
        const QString program = fakeWorker("if [ -e " + mark.toUtf8() + " ]; then exec " + analyzerProgram().toUtf8()
            + "; fi\ntouch " + mark.toUtf8() + "\nread l\necho '{\"id\":1" + good + "read l\nexit 1\n");
        BlockingAnalyzer analyzer(program, 20s);
        for (int index = 0; index < 100; ++index)
            analyzer.send("DROP SCHEMA x");
        QCOMPARE(analyzer.receive().level, RiskLevel::Read);
        QCOMPARE(analyzer.receive(), cannotBeAnalysed(13, u"the analyzer died on it"_s));
        for (int index = 2; index < 100; ++index)
            QCOMPARE(analyzer.receive().statements.value(0).kind, u"DROP SCHEMA"_s);
        QCOMPARE(analyzer.analyse("SELECT 1").level, RiskLevel::Read);
    }

    void aWorkerThatHangsCostsOneOfTheTextsSentAhead()
    {
        const QString mark = m_folder.filePath(u"hung"_s);
        const QString program = fakeWorker("if [ -e " + mark.toUtf8() + " ]; then exec " + analyzerProgram().toUtf8()
            + "; fi\ntouch " + mark.toUtf8() + "\nexec sleep 60\n");
        BlockingAnalyzer analyzer(program, 2s);
        analyzer.send("SELECT 1");
        analyzer.send("SELECT 2");
        QCOMPARE(analyzer.receive(), cannotBeAnalysed(8, u"the analyzer gave no answer within 2 s"_s));
        QCOMPARE(analyzer.receive().level, RiskLevel::Read);
    }

    void waitingNeedsNoEventLoop()
    {
        QCOMPARE(analyseAndWait(analyzerProgram(), "DROP SCHEMA x", 10s).level, RiskLevel::Critical);
        QCOMPARE(analyseAndWait(analyzerProgram(), "SELECT 1", 10s).level, RiskLevel::Read);
        QCOMPARE(analyseAndWait(u"/no/such/program"_s, "SELECT 1", 1s).level, RiskLevel::Critical);
        QElapsedTimer time;
        time.start();
        QCOMPARE(analyseAndWait(fakeWorker("sleep 60\n"), "SELECT 1", 300ms).level, RiskLevel::Critical);
        QVERIFY(time.elapsed() < 5'000);
    }
};

QTEST_GUILESS_MAIN(AnalyzerClientTest)
#include "analyzerclienttest.moc"
