// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/impactsession.h"

#include "tests/impact/impactservers.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class ImpactSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aReplicaThatCannotBeReachedIsAnAnswer();
    void aRequestIsAnsweredForItsRevision();
    void aNewerRequestStopsTheOlderAndAloneIsAnswered();
    void tenRequestsAtOnceAreOneAnswer();
    void cleanupTestCase();

private:
    ImpactRequest request(qint64 action, const QString &select) const;
    /// Of all answers, the last one of each request.
    static QList<QVariantList> settled(const QSignalSpy &answers)
    {
        QList<QVariantList> all;
        for (const QVariantList &answer : answers)
            if (answer.at(2).value<Impact>().settled)
                all.append(answer);
        return all;
    }

    std::unique_ptr<ImpactServers> m_servers;
    QThread m_thread;
    ImpactSession *m_session = new ImpactSession;
};

void ImpactSessionTest::initTestCase()
{
    m_servers = ImpactServers::create();
    QVERIFY(m_servers);
    m_session->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_session, &QObject::deleteLater);
    m_thread.start();
}

void ImpactSessionTest::cleanupTestCase()
{
    m_thread.quit();
    QVERIFY(m_thread.wait(10'000));
}

ImpactRequest ImpactSessionTest::request(qint64 action, const QString &select) const
{
    const QString conninfo = u"host=%1 port=%2 dbname=postgres user=reader"_s.arg(m_servers->standby().host())
                                 .arg(m_servers->standby().port());
    return {.action = action,
        .revision = 1,
        .assessment = selecting(u"delete"_s, u"customers"_s, select),
        .replica = conninfo};
}

void ImpactSessionTest::aReplicaThatCannotBeReachedIsAnAnswer()
{
    QSignalSpy answers(m_session, &ImpactSession::answered);
    ImpactRequest lost = request(1, u"SELECT * FROM customers"_s);
    lost.replica = u"host=/nowhere dbname=postgres user=reader"_s;
    m_session->request(lost);
    QTRY_COMPARE(answers.size(), 1);
    const auto impact = answers.first().at(2).value<Impact>();
    QVERIFY(!impact.error.isEmpty());
    QVERIFY(!impact.totalRows());
}

void ImpactSessionTest::aRequestIsAnsweredForItsRevision()
{
    QSignalSpy answers(m_session, &ImpactSession::answered);
    m_session->request(request(7, u"SELECT * FROM customers WHERE active"_s));
    QTRY_COMPARE(settled(answers).size(), 1);
    const QVariantList last = answers.last();
    QCOMPARE(last.at(0).toLongLong(), 7);
    QCOMPARE(last.at(1).toInt(), 1);
    QCOMPARE(last.at(2).value<Impact>().totalRows(), 900);
    // The planner's figure comes before the count.
    const auto first = answers.first().at(2).value<Impact>();
    QVERIFY(!first.settled);
    QVERIFY(first.effects.first().estimate.rows);
    QVERIFY(!first.effects.first().exact.rows);
}

void ImpactSessionTest::aNewerRequestStopsTheOlderAndAloneIsAnswered()
{
    auto admin = ImpactServers::open(m_servers->standby(), u"postgres"_s);
    QSignalSpy answers(m_session, &ImpactSession::answered);
    ImpactRequest slow = request(1, u"SELECT pg_sleep(60)"_s);
    slow.assessment.statements = QList<Statement>(20, slow.assessment.statements.first());
    m_session->request(slow);
    QTRY_VERIFY(
        admin.run(u"SELECT FROM pg_stat_activity WHERE usename = 'reader' AND wait_event = 'PgSleep'"_s)->size());
    QElapsedTimer taken;
    taken.start();
    m_session->request(request(2, u"SELECT * FROM customers"_s));
    answers.clear();
    QTRY_COMPARE_WITH_TIMEOUT(settled(answers).size(), 1, 4'000);
    QVERIFY(!taken.hasExpired(4'000));
    for (const QVariantList &answer : std::as_const(answers))
        QCOMPARE(answer.at(0).toLongLong(), 2);
    QCOMPARE(admin.run(u"SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'"_s)->size(), 0);
}

void ImpactSessionTest::tenRequestsAtOnceAreOneAnswer()
{
    QSignalSpy answers(m_session, &ImpactSession::answered);
    for (int action = 1; action <= 10; ++action)
        m_session->request(request(action, u"SELECT pg_sleep(0.2) FROM customers WHERE id <= 2"_s));
    QTRY_VERIFY(!settled(answers).isEmpty() && settled(answers).last().at(0).toLongLong() == 10);
    QVERIFY(settled(answers).size() <= 2);
}

QTEST_GUILESS_MAIN(ImpactSessionTest)
#include "impactsessiontest.moc"
