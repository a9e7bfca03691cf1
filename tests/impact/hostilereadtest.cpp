// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/estimator.h"

#include "tests/impact/impactservers.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// What the analyzer makes of a text is still treated as an attack on the servers.
class HostileReadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aHostileSelectChangesNothingAndGivesNoFigure_data();
    void aHostileSelectChangesNothingAndGivesNoFigure();
    void aBombIsStoppedInTimeAndItsFigureIsUnknown_data();
    void aBombIsStoppedInTimeAndItsFigureIsUnknown();
    void aTextThatLoosensTheLimitsIsStoppedAllTheSame();
    void nothingStaysBehindInTheSession();

private:
    EffectImpact asked(const QString &select);

    std::unique_ptr<ImpactServers> m_servers;
};

void HostileReadTest::initTestCase()
{
    m_servers = ImpactServers::create();
    QVERIFY(m_servers);
}

EffectImpact HostileReadTest::asked(const QString &select)
{
    Estimator::Limits limits;
    limits.read.planning = std::chrono::milliseconds(400);
    limits.read.counting = std::chrono::milliseconds(400);
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    const Impact impact = Estimator(reader, limits).estimate(selecting(u"delete"_s, u"canary"_s, select));
    if (impact.effects.size() != 1)
        qFatal("not one effect: %s", qUtf8Printable(impact.error));
    return impact.effects.first();
}

void HostileReadTest::aHostileSelectChangesNothingAndGivesNoFigure_data()
{
    QTest::addColumn<QString>("select");
    QTest::newRow("a second statement") << u"SELECT 1; DELETE FROM canary"_s;
    QTest::newRow("a second statement that ends the transaction") << u"SELECT 1; COMMIT; DELETE FROM canary"_s;
    QTest::newRow("ANALYZE") << u"ANALYZE DELETE FROM canary"_s;
    QTest::newRow("(ANALYZE)") << u"(ANALYZE) DELETE FROM canary"_s;
    QTest::newRow("VERBOSE") << u"VERBOSE DELETE FROM canary"_s;
    QTest::newRow("a DELETE") << u"DELETE FROM canary"_s;
    QTest::newRow("EXECUTE") << u"EXECUTE something"_s;
    QTest::newRow("DO") << u"DO 'BEGIN DELETE FROM canary; END'"_s;
    QTest::newRow("COPY to a program") << u"COPY canary TO PROGRAM 'touch /tmp/holdpoint-was-here'"_s;
    QTest::newRow("a comment first") << u"/* x */ DELETE FROM canary"_s;
    QTest::newRow("a bracket first") << u"(SELECT 1)"_s;
    QTest::newRow("a word that begins like SELECT") << u"SELECTED"_s;
    QTest::newRow("a NUL") << u"SELECT 1"_s + QChar::Null + u"; DELETE FROM canary"_s;
    QTest::newRow("a CTE that writes") << u"WITH x AS (DELETE FROM canary RETURNING *) SELECT * FROM x"_s;
    QTest::newRow("WITH and a DELETE") << u"WITH x AS (SELECT 1) DELETE FROM canary"_s;
    QTest::newRow("SELECT INTO") << u"SELECT * INTO thief FROM canary"_s;
    QTest::newRow("locks") << u"SELECT * FROM canary FOR UPDATE"_s;
    QTest::newRow("a volatile function") << u"SELECT purge()"_s;
    QTest::newRow("a volatile function in disguise") << u"SELECT innocent(1)"_s;
    QTest::newRow("a sequence") << u"SELECT nextval('counter')"_s;
    QTest::newRow("a notification") << u"SELECT pg_notify('holdpoint', 'x')"_s;
    QTest::newRow("a way to write again") << u"SELECT set_config('transaction_read_only', 'off', true)"_s;
    QTest::newRow("a large object") << u"SELECT lo_create(4711)"_s;
    QTest::newRow("brackets that close") << u"SELECT 1) AS a; DELETE FROM canary; SELECT (1"_s;
    QTest::newRow("too long") << u"SELECT "_s + QString(5 << 20, u'1');
    QTest::newRow("very deep") << u"SELECT "_s + QString(50'000, u'(') + u'1' + QString(50'000, u')');
}

void HostileReadTest::aHostileSelectChangesNothingAndGivesNoFigure()
{
    QFETCH(const QString, select);
    const QString before = m_servers->traces();
    const EffectImpact impact = asked(select);
    QCOMPARE(m_servers->traces(), before);
    QVERIFY(!impact.exact.rows);
    QVERIFY(!impact.exact.unknownBecause.isEmpty());
}

void HostileReadTest::aBombIsStoppedInTimeAndItsFigureIsUnknown_data()
{
    QTest::addColumn<QString>("select");
    QTest::newRow("sleep while counting") << u"SELECT pg_sleep(60) FROM canary"_s;
    QTest::newRow("sleep while planning") << u"SELECT wait(1)"_s;
    QTest::newRow("a product of tables")
        << u"SELECT * FROM orders a, orders b, orders c WHERE a.total + b.total + c.total < 0"_s;
    QTest::newRow("a recursion without end")
        << u"WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT sum(n) FROM r"_s;
    QTest::newRow("a gigabyte while planning") << u"SELECT length(repeat('a', 1000000000))"_s;
    QTest::newRow("an endless series") << u"SELECT g FROM generate_series(1, 1000000000000) g WHERE g < 0"_s;
}

void HostileReadTest::aBombIsStoppedInTimeAndItsFigureIsUnknown()
{
    QFETCH(const QString, select);
    QElapsedTimer taken;
    taken.start();
    const EffectImpact impact = asked(select);
    QVERIFY2(!taken.hasExpired(5'000), qPrintable(QString::number(taken.elapsed())));
    QVERIFY(!impact.exact.rows);
    QVERIFY2(
        impact.exact.unknownBecause.startsWith(u"the replica stopped it"_s), qPrintable(impact.exact.unknownBecause));
}

void HostileReadTest::aTextThatLoosensTheLimitsIsStoppedAllTheSame()
{
    QElapsedTimer taken;
    taken.start();
    // The planner runs loosen() before the rows are counted.
    const EffectImpact impact = asked(u"SELECT pg_sleep(60) WHERE loosen(1) = 1"_s);
    QVERIFY(!taken.hasExpired(5'000));
    QVERIFY(!impact.exact.rows);
}

void HostileReadTest::nothingStaysBehindInTheSession()
{
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    Estimator estimator(reader);
    const QString leaving = u"SELECT pg_advisory_lock(id), set_config('work_mem', '1GB', false) FROM customers"_s;
    QCOMPARE(estimator.estimate(selecting(u"delete"_s, u"customers"_s, leaving)).effects.first().exact.rows, 1000);
    const auto left = reader.run(u"SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') AS locks,"
                                 " current_setting('work_mem') AS memory"_s);
    QCOMPARE(left->first().number(u"locks"_s), 0);
    QVERIFY(left->first().text(u"memory"_s) != u"1GB"_s);
}

QTEST_GUILESS_MAIN(HostileReadTest)
#include "hostilereadtest.moc"
