// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/connection.h"
#include "core/demo/localcluster.h"
#include "core/demo/serveraccount.h"
#include "tests/analysis/corpusanswers.h"
#include "tests/support/serverfolder.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// Every labelled text with the catalogue of the schema that it was written for, on a real server.
class CatalogCorpusTest : public QObject
{
    Q_OBJECT

private:
    /// The shop of the demo, at the size that the cases were verified on.
    void loadShop()
    {
        auto server = LocalCluster::create({.directory = m_folder.path(u"server"_s)});
        QVERIFY2(server, qUtf8Printable(server ? QString() : server.error().text()));
        m_server = std::move(*server);
        auto admin = Connection::open(m_server->superuserConninfo(), u"test"_s);
        QVERIFY(admin && admin->runScript(u"CREATE DATABASE shop"_s));
        const auto psql = postgresProgram(u"psql"_s);
        QVERIFY(psql);
        QProcess process;
        process.start(*psql,
            {u"-Xq"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-v"_s, u"scale=0.05"_s, u"-d"_s, catalog(), u"-f"_s,
                QStringLiteral(SCHEMA)});
        QVERIFY2(
            process.waitForFinished(120'000) && process.exitCode() == 0, process.readAllStandardError().constData());
    }

    QString catalog() const { return m_server->superuserConninfo(u"shop"_s); }

    ServerFolder m_folder;
    std::unique_ptr<LocalCluster> m_server;
    QList<CorpusCase> m_cases;
    QList<Assessment> m_answers;

private Q_SLOTS:
    void initTestCase()
    {
        loadShop();
        QVERIFY(m_server);
        for (const auto &[name, least] :
            {std::pair("corpus", 300), std::pair("examination", 740), std::pair("attacks", 370)}) {
            const QList<CorpusCase> cases =
                readCorpus(QStringLiteral(CASES) + u"/%1.tsv"_s.arg(QLatin1StringView(name)));
            QVERIFY2(cases.size() >= least, name);
            m_cases += cases;
        }
        const auto answers = answersTo(m_cases, {u"--catalog"_s, catalog()});
        QVERIFY2(answers, qUtf8Printable(answers ? QString() : answers.error()));
        m_answers = *answers;
    }

    void everyListedRuleFires_data() { addRows(m_cases); }
    void everyListedRuleFires()
    {
        QFETCH(int, index);
        const QSet<QString> fired = rulesOf(m_answers[index]);
        for (const QString &rule : m_cases[index].rules)
            QVERIFY2(fired.contains(rule), qPrintable(rule));
    }

    void noCaseIsRatedBelowItsLabel_data() { addRows(m_cases); }
    void noCaseIsRatedBelowItsLabel()
    {
        QFETCH(int, index);
        QVERIFY2(m_answers[index].level >= m_cases[index].level, qPrintable(toWord(m_answers[index].level)));
    }

    void harmlessCasesAreNotRatedAboveTheirLabel_data() { addRows(m_cases); }
    void harmlessCasesAreNotRatedAboveTheirLabel()
    {
        QFETCH(int, index);
        if (m_cases[index].level <= RiskLevel::Write)
            QCOMPARE(toWord(m_answers[index].level), toWord(m_cases[index].level));
    }

    void everySpanLiesInItsText_data() { addRows(m_cases); }
    void everySpanLiesInItsText()
    {
        QFETCH(int, index);
        const qsizetype size = m_cases[index].sql.toUtf8().size();
        for (const Statement &statement : m_answers[index].statements)
            for (const Finding &finding : statement.findings)
                QVERIFY2(finding.start < finding.end && finding.end <= size, qPrintable(finding.rule));
    }

    void theSameInAnotherOrder()
    {
        QList<CorpusCase> cases(m_cases.rbegin(), m_cases.rend());
        const auto answers = answersTo(cases, {u"--catalog"_s, catalog()});
        QVERIFY2(answers, qUtf8Printable(answers ? QString() : answers.error()));
        for (qsizetype index = 0; index < cases.size(); ++index)
            QVERIFY2((*answers)[index] == m_answers[cases.size() - 1 - index], qPrintable(cases[index].id));
    }
};

QTEST_GUILESS_MAIN(CatalogCorpusTest)
#include "catalogcorpustest.moc"
