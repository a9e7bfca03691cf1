// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/connection.h"
#include "core/demo/world.h"
#include "tests/demo/ctlrun.h"
#include "tests/support/serverfolder.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// The command `impact`, against a real store and a real replica.
class CtlImpactTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anUpdateIsCountedAndShown();
    void aDeleteSaysWhatForeignKeysAdd();
    void severalStatementsAreOneObjectEach();
    void whatIsNotKnownIsNullWithItsReasonAndStatusOne_data();
    void whatIsNotKnownIsNullWithItsReasonAndStatusOne();
    void textForPeopleIsAlignedAndCannotSteerTheTerminal();
    void nobodyToAskIsOneLineAndStatusTwo();
    void anInterruptStopsTheReplica();
    void aReplicaThatIsDownIsOneLineAndStatusTwo();

private:
    static QStringList arguments(const QStringList &more)
    {
        return QStringList{u"impact"_s, u"--store"_s, u"service=holdpoint"_s, u"--target"_s, u"prod-eu"_s} + more;
    }
    CtlRun impact(const QByteArray &sql, const QStringList &more = {}) const
    {
        return runCtl(arguments(more), m_world->environment(), sql);
    }
    QJsonArray statements(const QByteArray &sql, int status = 0) const
    {
        const CtlRun run = impact(sql, {u"--format"_s, u"json"_s});
        if (run.status != status)
            qWarning("%s", run.text().constData());
        return run.status == status ? QJsonDocument::fromJson(run.output.toUtf8()).array() : QJsonArray();
    }

    ServerFolder m_folder;
    std::unique_ptr<World> m_world;
};

void CtlImpactTest::initTestCase()
{
    auto world = World::create({.directory = m_folder.path(u"world"_s), .scale = 0.01});
    QVERIFY2(world, world ? "" : qPrintable(world.error().text()));
    m_world = std::move(*world);
}

void CtlImpactTest::anUpdateIsCountedAndShown()
{
    const QJsonArray list = statements("UPDATE customers SET plan = 'pro' WHERE id <= 10");
    QCOMPARE(list.size(), 1);
    const QJsonObject statement = list[0].toObject();
    QCOMPARE(statement[u"exact"_s].toInt(), 10);
    QCOMPARE(statement[u"exact_limit_hit"_s], QJsonValue(false));
    QCOMPARE(statement[u"table_rows"_s].toInt(), 500);
    QVERIFY(statement[u"estimate"_s].isDouble());
    QVERIFY(statement[u"unknown_because"_s].isNull());
    QVERIFY(statement[u"locks"_s].isArray());
    QVERIFY(statement[u"triggers"_s].toArray().first().toString().contains(u"audit_row_change"_s));
    QVERIFY(statement[u"replica_lag_seconds"_s].isDouble());
    const QJsonObject preview = statement[u"preview"_s].toObject();
    QCOMPARE(preview[u"rows"_s].toArray().size(), 10);
    const QJsonObject row = preview[u"rows"_s].toArray()[0].toObject();
    QCOMPARE(row[u"new"_s].toArray()[0].toString(), u"pro"_s);
    QCOMPARE(row[u"old"_s].toArray().size(), preview[u"columns"_s].toArray().size());
    QVERIFY(row[u"changed"_s].toArray()[0].isBool());
}

void CtlImpactTest::aDeleteSaysWhatForeignKeysAdd()
{
    // One of the tables hides rows from the reader, and so its figure is unknown.
    const QJsonArray list = statements("DELETE FROM customers WHERE id <= 20", 1);
    QCOMPARE(list.size(), 1);
    const QJsonObject statement = list[0].toObject();
    const QJsonArray locks = statement[u"locks"_s].toArray();
    const QJsonObject lock{
        {u"table"_s, u"public.customers"_s}, {u"mode"_s, u"ROW EXCLUSIVE"_s}, {u"with_descendants"_s, false}};
    QVERIFY2(locks.contains(lock), QJsonDocument(locks).toJson().constData());
    const QJsonArray cascades = statement[u"cascades"_s].toArray();
    QVERIFY(!cascades.isEmpty());
    for (const QJsonValue &cascade : cascades) {
        QVERIFY(!cascade[u"table"_s].toString().isEmpty());
        QVERIFY(!cascade[u"through"_s].toString().isEmpty());
        QVERIFY(!cascade[u"constraints"_s].toArray().isEmpty());
        QVERIFY(cascade[u"rows"_s].isDouble() != !cascade[u"unknown_because"_s].isNull());
    }
}

void CtlImpactTest::severalStatementsAreOneObjectEach()
{
    const QJsonArray list = statements("SELECT 1; DELETE FROM test_customers; INSERT INTO email_queue"
                                       " (recipient, template, run_at) VALUES ('a', 'b', now()), ('c', 'd', now())");
    QCOMPARE(list.size(), 3);
    QCOMPARE(list[0][u"exact"_s].toInt(-1), 0);
    QCOMPARE(list[1][u"exact"_s].toInt(-1), 40);
    QCOMPARE(list[2][u"exact"_s].toInt(-1), 2);
    QCOMPARE(list[2][u"estimate"_s].toInt(-1), 2);
    QCOMPARE(list[2][u"statement"_s].toInt(), 3);
}

void CtlImpactTest::whatIsNotKnownIsNullWithItsReasonAndStatusOne_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("no SQL") << QByteArray("DELETE FORM customers");
    QTest::newRow("a block that makes its own text")
        << QByteArray("DO $$ BEGIN EXECUTE 'DELETE FROM customers'; END $$");
    QTest::newRow("no such table") << QByteArray("DELETE FROM nowhere");
    QTest::newRow("no such column") << QByteArray("DELETE FROM customers WHERE colour = 1");
    QTest::newRow("rows that row security hides") << QByteArray("DELETE FROM support_notes");
    QTest::newRow("too slow to plan") << QByteArray(
        "DELETE FROM customers WHERE id = length(repeat('a', 1000000000)) + length(repeat('b', 1000000000))");
}

void CtlImpactTest::whatIsNotKnownIsNullWithItsReasonAndStatusOne()
{
    QFETCH(const QByteArray, sql);
    const QJsonArray list = statements(sql, 1);
    QCOMPARE(list.size(), 1);
    QVERIFY(list[0][u"exact"_s].isNull());
    QVERIFY(list[0][u"estimate"_s].isNull());
    QVERIFY(!list[0][u"unknown_because"_s].toString().isEmpty());
    const CtlRun text = impact(sql);
    QCOMPARE(text.status, 1);
    QVERIFY2(text.output.contains(u"unknown: "_s), text.text().constData());
}

void CtlImpactTest::textForPeopleIsAlignedAndCannotSteerTheTerminal()
{
    const CtlRun run = impact("UPDATE customers SET notes = U&'\\202E\\001b[2J\\000a' WHERE id <= 3");
    QCOMPARE(run.status, 0);
    QVERIFY2(run.output.contains(u"⟦U+202E⟧⟦U+001B⟧[2J⟦U+000A⟧"_s), run.text().constData());
    QVERIFY(!run.output.contains(u'\u202e') && !run.output.contains(u'\x1b'));
    const QStringList lines = run.output.split(u'\n');
    for (const QString &line : lines)
        QVERIFY2(line.size() <= 120, qPrintable(line));
    QVERIFY(run.output.contains(u"rows:     3 (counted)"_s));
}

void CtlImpactTest::nobodyToAskIsOneLineAndStatusTwo()
{
    const QProcessEnvironment environment = m_world->environment();
    const CtlRun unknown =
        runCtl({u"impact"_s, u"--store"_s, u"service=holdpoint"_s, u"--target"_s, u"none"_s}, environment, "SELECT 1");
    QVERIFY2(unknown.isOneClearRefusal() && unknown.errors.contains(u"'none'"_s), unknown.text().constData());
    QVERIFY(runCtl({u"target"_s, u"add"_s, u"backwards"_s, u"--environment"_s, u"test"_s, u"--replica"_s,
                       u"service=prod-eu-write"_s, u"--store"_s, u"service=holdpoint-admin"_s},
                environment)
                .status
        == 0);
    const CtlRun primary = runCtl(
        {u"impact"_s, u"--store"_s, u"service=holdpoint"_s, u"--target"_s, u"backwards"_s}, environment, "SELECT 1");
    QVERIFY2(primary.isOneClearRefusal() && primary.errors.contains(u"primary"_s), primary.text().constData());
    QVERIFY(impact("").isOneClearRefusal());
    QVERIFY(impact({}, {u"/nowhere/x.sql"_s}).isOneClearRefusal());
}

void CtlImpactTest::anInterruptStopsTheReplica()
{
    auto admin = Connection::open(m_world->replica().superuserConninfo(u"shop"_s), u"test"_s);
    QVERIFY(admin);
    const auto sleepers = [&] {
        return admin->run(u"SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'"_s)->size();
    };
    QProcess process;
    process.setProcessEnvironment(m_world->environment());
    process.start(QCoreApplication::applicationDirPath() + "/holdpointctl"_L1, arguments({}));
    process.write("DELETE FROM orders WHERE pg_sleep(1) IS NOT NULL");
    process.closeWriteChannel();
    QTRY_COMPARE_WITH_TIMEOUT(sleepers(), 1, 20'000);
    QElapsedTimer taken;
    taken.start();
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    QVERIFY(process.waitForFinished(20'000));
    QVERIFY2(!taken.hasExpired(1'500), qPrintable(QString::number(taken.elapsed())));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(process.readAllStandardError().contains("interrupted"));
    QTRY_COMPARE(sleepers(), 0);
}

void CtlImpactTest::aReplicaThatIsDownIsOneLineAndStatusTwo()
{
    QVERIFY(m_world->replica().stop(LocalCluster::StopMode::Fast));
    QVERIFY(impact("DELETE FROM orders").isOneClearRefusal());
    QVERIFY(m_world->replica().start());
}

QTEST_GUILESS_MAIN(CtlImpactTest)
#include "ctlimpacttest.moc"
