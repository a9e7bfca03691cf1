// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/estimator.h"

#include "tests/impact/impactservers.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class EstimatorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theExactFigureIsWhatTheStatementReallyChanges_data();
    void theExactFigureIsWhatTheStatementReallyChanges();
    void aWholeTableIsCountedWithItsPartitions_data();
    void aWholeTableIsCountedWithItsPartitions();
    void aFigureThatTheTextGivesIsTakenFromIt();
    void aTableThatWasNeverAnalysedHasNoSizeRatherThanNone();
    void anEmptyTableHasNoRowsAndThatIsKnown();
    void theTableIsTheOneOfTheSchemaThatTheTextGives();
    void aNameThatCouldMeanTwoTablesMeansNone();
    void countingStopsAtTheLimitAndSaysSo();
    void theAgeOfTheStatisticsIsUnknownUnlessThePrimaryTracksCommitTimes();
    void whatTheAnalyzerCannotTellStaysUnknownWithItsReason();
    void whatTheReplicaRefusesIsUnknownWithTheServersWords_data();
    void whatTheReplicaRefusesIsUnknownWithTheServersWords();
    void tooManyEffectsAreNotAllAskedFor();
    void aStopEndsARunningCountAndWhatFollows();
    void aReplicaThatIsGoneGivesAnErrorAndNoFigure();

private:
    Impact estimate(const Assessment &assessment, const Estimator::Limits &limits = {});
    EffectImpact single(const Assessment &assessment, const Estimator::Limits &limits = {});

    std::unique_ptr<ImpactServers> m_servers;
};

void EstimatorTest::initTestCase()
{
    m_servers = ImpactServers::create();
    QVERIFY(m_servers);
}

Impact EstimatorTest::estimate(const Assessment &assessment, const Estimator::Limits &limits)
{
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    return Estimator(reader, limits).estimate(assessment);
}

EffectImpact EstimatorTest::single(const Assessment &assessment, const Estimator::Limits &limits)
{
    const Impact impact = estimate(assessment, limits);
    if (impact.effects.size() != 1)
        qFatal("not one effect: %s", qUtf8Printable(impact.error));
    return impact.effects.first();
}

void EstimatorTest::theExactFigureIsWhatTheStatementReallyChanges_data()
{
    QTest::addColumn<QByteArray>("statement");
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("select");
    QTest::newRow("delete") << QByteArray("DELETE FROM orders WHERE total < 100") << u"orders"_s
                            << u"SELECT * FROM orders WHERE total < 100"_s;
    QTest::newRow("delete of everything") << QByteArray("DELETE FROM orders") << u"orders"_s << u"SELECT FROM orders"_s;
    QTest::newRow("delete of nothing") << QByteArray("DELETE FROM orders WHERE id < 0") << u"orders"_s
                                       << u"SELECT * FROM orders WHERE id < 0"_s;
    QTest::newRow("delete using a join")
        << QByteArray("DELETE FROM orders o USING customers c WHERE c.id = o.customer_id AND c.plan = 'pro'")
        << u"orders"_s
        << u"SELECT DISTINCT o.ctid FROM orders o, customers c WHERE c.id = o.customer_id AND c.plan = 'pro'"_s;
    QTest::newRow("update") << QByteArray("UPDATE customers SET active = true WHERE NOT active") << u"customers"_s
                            << u"SELECT id FROM customers WHERE NOT active"_s;
    QTest::newRow("update with a sub-select and a CTE")
        << QByteArray("WITH big AS (SELECT customer_id FROM orders GROUP BY 1 HAVING sum(total) > 1500)"
                      " UPDATE customers SET plan = 'pro' WHERE id IN (SELECT customer_id FROM big)")
        << u"customers"_s
        << u"WITH big AS (SELECT customer_id FROM orders GROUP BY 1 HAVING sum(total) > 1500)"
           " SELECT * FROM customers WHERE id IN (SELECT customer_id FROM big)"_s;
    QTest::newRow("insert from a select")
        << QByteArray("INSERT INTO orders SELECT id + 90000, customer_id, total FROM orders WHERE total > 400")
        << u"orders"_s << u"SELECT id + 90000, customer_id, total FROM orders WHERE total > 400"_s;
    QTest::newRow("partitions") << QByteArray("DELETE FROM events WHERE id % 3 = 0") << u"events"_s
                                << u"SELECT * FROM events WHERE id % 3 = 0"_s;
}

void EstimatorTest::theExactFigureIsWhatTheStatementReallyChanges()
{
    QFETCH(const QByteArray, statement);
    QFETCH(const QString, table);
    QFETCH(const QString, select);
    const qint64 real = m_servers->reallyChanged(statement);
    QVERIFY(real >= 0);
    const Impact impact = estimate(selecting(u"change"_s, table, select));
    QCOMPARE(impact.error, QString());
    QVERIFY(impact.at.isValid());
    const EffectImpact &effect = impact.effects.first();
    QCOMPARE(effect.exact.rows, real);
    QVERIFY(!effect.exact.atLeast);
    QVERIFY2(effect.estimate.rows, qPrintable(effect.estimate.unknownBecause));
    QVERIFY(effect.tableRows.rows);
    QVERIFY(impact.replicaLagSeconds);
}

void EstimatorTest::aWholeTableIsCountedWithItsPartitions_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<qint64>("rows");
    QTest::newRow("plain") << u"customers"_s << qint64(1000);
    QTest::newRow("with its schema") << u"archive.orders"_s << qint64(2);
    QTest::newRow("partitioned") << u"events"_s << qint64(200);
    QTest::newRow("a name that needs quotes") << u"Odd \"name"_s << qint64(7);
    QTest::newRow("upper case") << u"Customers"_s << qint64(3);
    QTest::newRow("a dot in its name") << u"old.customers"_s << qint64(4);
}

void EstimatorTest::aWholeTableIsCountedWithItsPartitions()
{
    QFETCH(const QString, table);
    QFETCH(const qint64, rows);
    Effect truncate;
    truncate.verb = u"truncate"_s;
    truncate.table = table;
    truncate.wholeTable = true;
    const EffectImpact impact = single(withEffect(truncate));
    QCOMPARE(impact.exact.rows, rows);
    QCOMPARE(impact.estimate.rows, rows);
    QCOMPARE(impact.tableRows.rows, rows);
}

void EstimatorTest::aFigureThatTheTextGivesIsTakenFromIt()
{
    Effect insert;
    insert.verb = u"insert"_s;
    insert.table = u"customers"_s;
    insert.rows = 3;
    const EffectImpact impact = single(withEffect(insert));
    QCOMPARE(impact.exact.rows, 3);
    QVERIFY(impact.fromText);
    QCOMPARE(impact.tableRows.rows, 1000);

    Effect grant;
    grant.verb = u"grant"_s;
    grant.table = u"unknown"_s;
    grant.rows = 0;
    QCOMPARE(single(withEffect(grant)).exact.rows, 0);
    QCOMPARE(single(withEffect(grant)).tableRows.unknownBecause, u"no row of a table changes"_s);
}

void EstimatorTest::aTableThatWasNeverAnalysedHasNoSizeRatherThanNone()
{
    const EffectImpact impact =
        single(selecting(u"delete"_s, u"never_analysed"_s, u"SELECT * FROM never_analysed WHERE id < 11"_s));
    QCOMPARE(impact.exact.rows, 10);
    QVERIFY(!impact.tableRows.rows);
    QCOMPARE(impact.tableRows.unknownBecause, u"the table was never analysed"_s);
}

void EstimatorTest::anEmptyTableHasNoRowsAndThatIsKnown()
{
    Effect drop;
    drop.verb = u"drop"_s;
    drop.table = u"empty"_s;
    drop.wholeTable = true;
    const EffectImpact impact = single(withEffect(drop));
    QCOMPARE(impact.exact.rows, 0);
    QCOMPARE(impact.tableRows.rows, 0);
}

void EstimatorTest::theTableIsTheOneOfTheSchemaThatTheTextGives()
{
    QCOMPARE(single(selecting(u"delete"_s, u"orders"_s, u"SELECT * FROM orders"_s)).tableRows.rows, 5000);
    QCOMPARE(single(selecting(u"delete"_s, u"archive.orders"_s, u"SELECT * FROM archive.orders"_s)).tableRows.rows, 2);
}

void EstimatorTest::aNameThatCouldMeanTwoTablesMeansNone()
{
    Effect truncate;
    truncate.verb = u"truncate"_s;
    truncate.table = u"archive.notes"_s;
    truncate.wholeTable = true;
    const EffectImpact impact = single(withEffect(truncate));
    QVERIFY(!impact.best());
    QVERIFY(!impact.tableRows.rows);
}

void EstimatorTest::countingStopsAtTheLimitAndSaysSo()
{
    Estimator::Limits limits;
    limits.read.rows = 999;
    const Assessment all = selecting(u"delete"_s, u"customers"_s, u"SELECT * FROM customers"_s);
    const EffectImpact stopped = single(all, limits);
    QCOMPARE(stopped.exact.rows, 999);
    QVERIFY(stopped.exact.atLeast);
    QCOMPARE(stopped.best(), 1000);
    limits.read.rows = 1000;
    QVERIFY(!single(all, limits).exact.atLeast);
}

void EstimatorTest::theAgeOfTheStatisticsIsUnknownUnlessThePrimaryTracksCommitTimes()
{
    const Assessment all = selecting(u"delete"_s, u"customers"_s, u"SELECT * FROM customers"_s);
    const QDateTime before = QDateTime::currentDateTimeUtc();
    m_servers->change(u"ANALYZE customers"_s);
    const QDateTime analysed = single(all).statisticsAt;
    QVERIFY(analysed.isValid());
    QVERIFY(analysed >= before.addSecs(-1) && analysed <= QDateTime::currentDateTimeUtc().addSecs(1));

    m_servers->change(u"ALTER SYSTEM SET track_commit_timestamp = off"_s);
    auto admin = ImpactServers::open(m_servers->standby(), u"postgres"_s);
    QVERIFY(admin.run(u"ALTER SYSTEM SET track_commit_timestamp = off"_s).has_value());
    for (LocalCluster *server : {&m_servers->primary(), &m_servers->standby()}) {
        QVERIFY(server->stop(LocalCluster::StopMode::Fast));
        QVERIFY(server->start());
    }
    m_servers->change(u"ANALYZE customers"_s);
    QVERIFY(!single(all).statisticsAt.isValid());
    QCOMPARE(single(all).exact.rows, 1000);
}

void EstimatorTest::whatTheAnalyzerCannotTellStaysUnknownWithItsReason()
{
    Effect effect;
    effect.verb = u"delete"_s;
    effect.table = u"customers"_s;
    effect.unknownBecause = u"a DO block runs text that it makes itself"_s;
    const EffectImpact impact = single(withEffect(effect));
    QVERIFY(!impact.best());
    QCOMPARE(impact.exact.unknownBecause, effect.unknownBecause);
    QCOMPARE(impact.estimate.unknownBecause, effect.unknownBecause);

    effect.unknownBecause.clear();
    QVERIFY(!single(withEffect(effect)).best());
    QVERIFY(!single(withEffect(effect)).exact.unknownBecause.isEmpty());
}

void EstimatorTest::whatTheReplicaRefusesIsUnknownWithTheServersWords_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("select");
    QTest::addColumn<QString>("words");
    QTest::newRow("no such table") << u"nowhere"_s << u"SELECT * FROM nowhere"_s << u"\"nowhere\" does not exist"_s;
    QTest::newRow("no such column") << u"orders"_s << u"SELECT * FROM orders WHERE colour = 1"_s << u"colour"_s;
    QTest::newRow("rows hidden by row security") << u"notes"_s << u"SELECT * FROM notes"_s << u"row-level security"_s;
    QTest::newRow("not on a standby") << u"scratch"_s << u"SELECT * FROM scratch"_s << u"during recovery"_s;
    QTest::newRow("an error in a row") << u"orders"_s << u"SELECT 1 / (id - id) FROM orders"_s << u"division by zero"_s;
}

void EstimatorTest::whatTheReplicaRefusesIsUnknownWithTheServersWords()
{
    QFETCH(const QString, table);
    QFETCH(const QString, select);
    QFETCH(const QString, words);
    const EffectImpact impact = single(selecting(u"delete"_s, table, select));
    QVERIFY(!impact.exact.rows);
    QVERIFY2(impact.exact.unknownBecause.contains(words), qPrintable(impact.exact.unknownBecause));
}

void EstimatorTest::tooManyEffectsAreNotAllAskedFor()
{
    Assessment assessment = selecting(u"delete"_s, u"orders"_s, u"SELECT * FROM orders"_s);
    assessment.statements = QList<Statement>(5, assessment.statements.first());
    Estimator::Limits limits;
    limits.effects = 2;
    const Impact impact = estimate(assessment, limits);
    QCOMPARE(impact.effects.size(), 5);
    QCOMPARE(impact.effects.at(1).exact.rows, 5000);
    QCOMPARE(impact.effects.at(4).statement, 4);
    QVERIFY(!impact.effects.at(2).best());
    QVERIFY(!impact.totalRows());
}

void EstimatorTest::aStopEndsARunningCountAndWhatFollows()
{
    Assessment assessment = selecting(u"delete"_s, u"orders"_s, u"SELECT pg_sleep(60)"_s);
    assessment.statements = QList<Statement>(3, assessment.statements.first());
    Estimator::Limits limits;
    limits.read.counting = std::chrono::seconds(30);
    auto admin = ImpactServers::open(m_servers->standby(), u"postgres"_s);
    std::stop_source stop;
    Impact impact;
    QElapsedTimer taken;
    taken.start();
    {
        const std::jthread asking([&] {
            auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
            impact = Estimator(reader, limits).estimate(assessment, stop.get_token());
        });
        QTRY_VERIFY(
            admin.run(u"SELECT FROM pg_stat_activity WHERE usename = 'reader' AND wait_event = 'PgSleep'"_s)->size());
        stop.request_stop();
    }
    QVERIFY(!taken.hasExpired(20'000));
    QCOMPARE(impact.effects.size(), 3);
    for (const EffectImpact &effect : impact.effects)
        QVERIFY(!effect.exact.rows);
    QCOMPARE(impact.effects.last().exact.unknownBecause, u"it was stopped before it was asked"_s);
}

void EstimatorTest::aReplicaThatIsGoneGivesAnErrorAndNoFigure()
{
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    Estimator estimator(reader);
    QVERIFY(estimator.check().has_value());
    QVERIFY(m_servers->standby().stop(LocalCluster::StopMode::Immediate));
    const Impact impact = estimator.estimate(selecting(u"delete"_s, u"orders"_s, u"SELECT * FROM orders"_s));
    QVERIFY(!impact.error.isEmpty());
    QVERIFY(impact.effects.isEmpty());
    QVERIFY(!impact.totalRows());
    QVERIFY(m_servers->standby().start());
}

QTEST_GUILESS_MAIN(EstimatorTest)
#include "estimatortest.moc"
