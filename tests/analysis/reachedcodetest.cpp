// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/connection.h"
#include "core/demo/localcluster.h"
#include "tests/analysis/corpusanswers.h"
#include "tests/support/serverfolder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// Texts that set off code without calling it, and their near misses: the server shows which of them do.
class ReachedCodeTest : public QObject
{
    Q_OBJECT

private:
    QString conninfo() const { return m_server->superuserConninfo(); }

    ServerFolder m_folder;
    std::unique_ptr<LocalCluster> m_server;
    QList<CorpusCase> m_cases;
    QList<Assessment> m_answers;

private Q_SLOTS:
    void initTestCase()
    {
        auto server = LocalCluster::create({.directory = m_folder.path(u"server"_s)});
        QVERIFY2(server, qUtf8Printable(server ? QString() : server.error().text()));
        m_server = std::move(*server);
        QFile schema(QStringLiteral(SCHEMA));
        QVERIFY(schema.open(QIODevice::ReadOnly));
        auto admin = Connection::open(conninfo(), u"test"_s);
        QVERIFY(admin);
        const auto loaded = admin->runScript(QString::fromUtf8(schema.readAll()));
        QVERIFY2(loaded, qUtf8Printable(loaded ? QString() : loaded.error().text()));
        m_cases = readCorpus(QStringLiteral(CASES));
        QVERIFY(m_cases.size() >= 140);
        const auto answers = answersTo(m_cases, {u"--catalog"_s, conninfo()});
        QVERIFY2(answers, qUtf8Printable(answers ? QString() : answers.error()));
        m_answers = *answers;
    }

    void whatActsIsSaidToAct_data() { addRows(m_cases); }
    void whatActsIsSaidToAct()
    {
        QFETCH(int, index);
        QCOMPARE(toWord(m_answers[index].level), toWord(m_cases[index].level));
    }

    void theServerAgrees_data() { addRows(m_cases); }
    void theServerAgrees()
    {
        QFETCH(int, index);
        auto connection = Connection::open(conninfo(), u"test"_s);
        QVERIFY(connection && connection->runScript(u"BEGIN"_s));
        const auto done = connection->runScript(m_cases[index].sql);
        QVERIFY2(done, qUtf8Printable(done ? QString() : done.error().text()));
        const auto trace = connection->run(u"SELECT hits > 0 AS acted FROM trace"_s);
        QVERIFY(trace);
        QCOMPARE(trace->first().flag(u"acted"_s), m_cases[index].level > RiskLevel::Write);
    }

    void cleanupTestCase() { m_server.reset(); }
};

QTEST_GUILESS_MAIN(ReachedCodeTest)
#include "reachedcodetest.moc"
