// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/analyzerclient.h"
#include "core/assessment/analyzerwire.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace holdpoint;
using namespace std::chrono_literals;

namespace {

/// A catalogue with nothing in it but one schema.
CatalogSnapshot catalogOf(const QByteArray &schema)
{
    return catalogSnapshot("{\"version\":1,\"search_path\":[\"public\"],\"server\":170000,\"relations\":[],"
                           "\"foreign_keys\":[],\"routines\":[],\"types\":[],\"operators\":[],\"casts\":[],"
                           "\"dependents\":[],\"schemas\":[\""
            + schema + "\"],\"extensions\":[]}",
        u"test"_s);
}

bool isLost(const Assessment &assessment)
{
    return assessment.level == RiskLevel::Critical && assessment.error.contains(u"the analyzer"_s);
}

} // namespace

/// Catalogues on their way to the real worker, and to some that are none.
class AnalyzerCatalogTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// The real worker, writing down what it is sent.
    QString listeningWorker()
    {
        QFile file(m_folder.filePath(u"listener"_s));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write("#!/bin/sh\ntee -a '" + m_folder.filePath(u"sent"_s).toUtf8() + "' | '" + analyzerProgram().toUtf8()
            + "'\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }

    QString worker(const QByteArray &script)
    {
        QFile file(m_folder.filePath(u"fake"_s));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return {};
        file.write("#!/bin/sh\n" + script);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }

    /// How often a catalogue was sent, so far.
    qsizetype timesGiven()
    {
        QFile file(m_folder.filePath(u"sent"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll().count("\"snapshot\":") : -1;
    }

    static Assessment answered(const QSignalSpy &answers, qsizetype index)
    {
        return answers.at(index).at(1).value<Assessment>();
    }

private Q_SLOTS:
    void init() { QFile::remove(m_folder.filePath(u"sent"_s)); }

    void aCatalogueIsGivenOnceAndNamedInEveryAnswer()
    {
        AnalyzerClient client(listeningWorker());
        QSignalSpy answers(&client, &AnalyzerClient::finished);
        const CatalogSnapshot one = catalogOf("one"), two = catalogOf("two");
        for (int round = 0; round < 10; ++round) {
            client.analyse("SELECT 1", one);
            client.analyse("SELECT 1");
            client.analyse("SELECT 1", two);
        }
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 30, 20'000);
        for (int index = 0; index < 30; ++index) {
            QCOMPARE(answered(answers, index).level, RiskLevel::Read);
            QCOMPARE(answered(answers, index).catalog, (QStringList{one.id, {}, two.id}.at(index % 3)));
        }
        QCOMPARE(timesGiven(), 2);
    }

    void anotherWorkerIsGivenItAgain()
    {
        AnalyzerClient client(analyzerProgram());
        QSignalSpy answers(&client, &AnalyzerClient::finished);
        const CatalogSnapshot catalog = catalogOf("one");
        client.analyse("SELECT 1", catalog);
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 1, 10'000);
        const qint64 first = client.workerPid();
        ::kill(static_cast<pid_t>(first), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(client.workerPid(), 0, 5'000);
        client.analyse("SELECT 1", catalog);
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 2, 10'000);
        QCOMPARE(answered(answers, 1).catalog, catalog.id);
    }

    void aFifthCatalogueGetsANewWorker()
    {
        AnalyzerClient client(analyzerProgram());
        QSignalSpy answers(&client, &AnalyzerClient::finished);
        for (const QByteArray name : {"a", "b", "c", "d"})
            client.analyse("SELECT 1", catalogOf(name));
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 4, 10'000);
        const qint64 first = client.workerPid();
        client.analyse("SELECT 1", catalogOf("a"));
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 5, 10'000);
        QCOMPARE(client.workerPid(), first);
        client.analyse("SELECT 1", catalogOf("e"));
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 6, 10'000);
        QVERIFY(client.workerPid() != first);
        QCOMPARE(answered(answers, 5).catalog, catalogOf("e").id);
    }

    void whatIsNoCatalogueIsNotAnalysedWith()
    {
        AnalyzerClient client(analyzerProgram());
        QSignalSpy answers(&client, &AnalyzerClient::finished);
        CatalogSnapshot mislabelled = catalogOf("one");
        mislabelled.id = catalogOf("two").id;
        client.analyse("SELECT 1", catalogSnapshot("{\"version\":99}", {}));
        client.analyse("SELECT 1", catalogSnapshot("{", {}));
        client.analyse("SELECT 1", mislabelled);
        client.analyse("SELECT 1", catalogOf("one"));
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 4, 20'000);
        for (int index = 0; index < 3; ++index) {
            QVERIFY(isLost(answered(answers, index)));
            QVERIFY(answered(answers, index).catalog.isEmpty());
        }
        QCOMPARE(answered(answers, 3).level, RiskLevel::Read);
    }

    void aWorkerThatDoesNotTakeItIsNotBelieved_data()
    {
        QTest::addColumn<QByteArray>("script");
        const QByteArray answer = "{\"id\":1,\"level\":\"read\",\"statements\":[],\"error\":null,\"catalog\":";
        const QByteArray id = catalogOf("one").id.toLatin1();
        const auto lines = [](const QByteArray &first, const QByteArray &second) {
            return "read l; echo '" + first + "'; read l; echo '" + second + "'; sleep 60\n";
        };
        QTest::newRow("took another") << lines("{\"catalog\":\"x\",\"error\":null}", answer + "\"" + id + "\"}");
        QTest::newRow("answers without it") << lines("{\"catalog\":\"" + id + "\",\"error\":null}", answer + "null}");
        QTest::newRow("answers with another")
            << lines("{\"catalog\":\"" + id + "\",\"error\":null}", answer + "\"x\"}");
        QTest::newRow("dies of it") << QByteArray("read l; exit 1\n");
        QTest::newRow("knows no catalogues")
            << lines("{\"id\":null,\"error\":\"no\",\"line\":1}", answer + "\"" + id + "\"}");
    }

    void aWorkerThatDoesNotTakeItIsNotBelieved()
    {
        QFETCH(QByteArray, script);
        AnalyzerClient client(worker(script));
        QSignalSpy answers(&client, &AnalyzerClient::finished);
        client.analyse("DROP SCHEMA a", catalogOf("one"));
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 1, 10'000);
        QVERIFY(isLost(answered(answers, 0)));
        BlockingAnalyzer analyzer(worker(script), 5s);
        QVERIFY(isLost(analyzer.analyse("DROP SCHEMA a", catalogOf("one"))));
    }

    void waitingWorksWithCataloguesToo()
    {
        BlockingAnalyzer analyzer(listeningWorker(), 10s);
        for (int round = 0; round < 3; ++round)
            for (const QByteArray name : {"a", "b", "c"}) {
                const Assessment assessment = analyzer.analyse("SELECT 1", catalogOf(name));
                QCOMPARE(assessment.level, RiskLevel::Read);
                QCOMPARE(assessment.catalog, catalogOf(name).id);
            }
        QCOMPARE(timesGiven(), 3);
        QVERIFY(analyzer.analyse("SELECT 1").catalog.isEmpty());
        for (const QByteArray name : {"d", "e"})
            QCOMPARE(analyzer.analyse("SELECT 1", catalogOf(name)).catalog, catalogOf(name).id);
        QVERIFY(isLost(analyzer.analyse("SELECT 1", catalogSnapshot("[]", {}))));
        QCOMPARE(analyzer.analyse("SELECT 1", catalogOf("a")).level, RiskLevel::Read);
    }

    void aCatalogueOfTheLargestSizeArrives()
    {
        const QByteArray column =
            "{\"name\":\"a\",\"type\":\"bigint\",\"type_oid\":20,\"not_null\":true,\"default\":\"1\"}";
        QByteArray relations;
        for (int oid = 20'000; relations.size() < largestCatalog - 2000; ++oid)
            relations += (relations.isEmpty() ? "" : ",") + QByteArray("{\"oid\":") + QByteArray::number(oid)
                + ",\"schema\":\"public\",\"name\":\"t" + QByteArray::number(oid)
                + "\",\"kind\":\"r\",\"owner\":\"me\",\"bytes\":0,\"parents\":[],\"columns\":["
                + QByteArray(column + ',').repeated(9) + column
                + "],\"keys\":[[\"a\"]],\"checks\":[],\"expressions\":[],\"triggers\":[],\"rules\":[]}";
        QByteArray json = catalogOf("one").json;
        const CatalogSnapshot large =
            catalogSnapshot(json.replace("\"relations\":[]", "\"relations\":[" + relations + "]"), {});
        QVERIFY(large.json.size() < largestCatalog);
        BlockingAnalyzer analyzer(analyzerProgram(), 60s);
        const Assessment assessment = analyzer.analyse("SELECT 1", large);
        QVERIFY2(assessment.catalog == large.id, qUtf8Printable(assessment.error));
        QCOMPARE(analyzer.analyse("DELETE FROM t20000", large).level, RiskLevel::Destructive);
    }
};

QTEST_GUILESS_MAIN(AnalyzerCatalogTest)
#include "analyzercatalogtest.moc"
