// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0

#include "core/database/transaction.h"
#include "core/demo/localcluster.h"
#include "tests/support/serverfolder.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class ConnectionTest : public QObject
{
    Q_OBJECT

private:
    Connection connect()
    {
        auto connection = Connection::open(m_cluster->superuserConninfo(), u"test"_s);
        if (!connection)
            qFatal("%s", qUtf8Printable(connection.error().text()));
        return std::move(*connection);
    }

    static qint64 rowsOf(Connection &connection)
    {
        return connection.run(u"SELECT count(*) AS n FROM t"_s).value().first().number(u"n"_s);
    }

    ServerFolder m_directory;
    std::unique_ptr<LocalCluster> m_cluster;

private Q_SLOTS:
    void initTestCase()
    {
        auto cluster = LocalCluster::create({.directory = m_directory.path(u"server"_s), .accessRules = {}});
        QVERIFY2(cluster, qUtf8Printable(cluster ? QString() : cluster.error().text()));
        m_cluster = std::move(*cluster);
    }

    void init()
    {
        Connection connection = connect();
        QVERIFY(connection.runScript(u"DROP TABLE IF EXISTS t; CREATE TABLE t (id bigint); "
                                     "INSERT INTO t SELECT generate_series(1, 10)"_s));
    }

    void valuesOfEveryTypeSurviveTheWay()
    {
        Connection connection = connect();
        const QByteArray bytes("\0\xff'\\x;", 6);
        const auto rows = connection.run(
            u"SELECT ?::bytea AS bytes, ?::text AS text, ?::bigint AS number, ?::bool AS flag, ?::jsonb AS object, "
            "?::timestamptz AS time, NULL::bigint AS nothing, 1.5::float8 AS real"_s,
            {bytes, u"it's; -- ⟦x⟧ ? \\"_s, 9007199254740993LL, true, uR"({"a":[1]})"_s,
                QDateTime(QDate(2026, 11, 22), QTime(1, 2, 3), QTimeZone::UTC)});
        QVERIFY2(rows, qUtf8Printable(rows ? QString() : rows.error().text()));
        const Row &row = rows->first();
        QCOMPARE(row.bytes(u"bytes"_s), bytes);
        QCOMPARE(row.text(u"text"_s), u"it's; -- ⟦x⟧ ? \\"_s);
        QCOMPARE(row.number(u"number"_s), 9007199254740993LL);
        QVERIFY(row.flag(u"flag"_s));
        QVERIFY(row.json(u"object"_s).toObject().contains(u"a"_s));
        QCOMPARE(row.time(u"time"_s), QDateTime(QDate(2026, 11, 22), QTime(1, 2, 3), QTimeZone::UTC));
        QVERIFY(row.isNull(u"nothing"_s));
        QVERIFY(!row.optionalNumber(u"nothing"_s));
        QCOMPARE(row.real(u"real"_s), 1.5);
    }

    void aForeignTextIsOneStatementAtMost()
    {
        Connection connection = connect();
        const auto two = connection.runForeign("SELECT 1; DELETE FROM t");
        QVERIFY(!two);
        QCOMPARE(two.error().sqlState, u"42601"_s);
        QCOMPARE(rowsOf(connection), 10);
        // The trap that runForeign() is there to avoid: Qt's own way runs both.
        QVERIFY(connection.run(u"SELECT 1; DELETE FROM t"_s));
        QCOMPARE(rowsOf(connection), 0);
    }

    void aForeignTextWithANulIsRefusedUnsent()
    {
        Connection connection = connect();
        const auto answer = connection.runForeign(QByteArray("SELECT 1;\0 DELETE FROM t", 24));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, Error::Code::Invalid);
    }

    void aForeignAnswerHasColumnsRowsAndTag()
    {
        Connection connection = connect();
        const auto deleted = connection.runForeign("DELETE FROM t WHERE id <= 3 RETURNING id, NULL AS nothing");
        QVERIFY(deleted);
        QCOMPARE(deleted->commandTag, u"DELETE 3"_s);
        QCOMPARE(deleted->rowsByTag, 3);
        QCOMPARE(deleted->columns, QStringList({u"id"_s, u"nothing"_s}));
        QCOMPARE(deleted->rows.size(), 3);
        QVERIFY(!deleted->rows.first().at(1));
    }

    void aLargeForeignAnswerIsCountedButNotKept()
    {
        Connection connection = connect();
        const auto answer = connection.runForeign("SELECT generate_series(1, 50000)");
        QVERIFY(answer);
        QCOMPARE(answer->rowsByTag, 50000);
        QCOMPARE(answer->rows.size(), 1000);
    }

    void copyEndsInAnErrorAndLeavesTheConnectionUsable_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("in") << QByteArray("COPY t FROM STDIN");
        QTest::newRow("out") << QByteArray("COPY t TO STDOUT");
    }

    void copyEndsInAnErrorAndLeavesTheConnectionUsable()
    {
        QFETCH(const QByteArray, sql);
        Connection connection = connect();
        const auto answer = connection.runForeign(sql);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, Error::Code::Invalid);
        QCOMPARE(rowsOf(connection), 10);
    }

    void aRunningStatementIsCancelledFromAnotherThread()
    {
        Connection connection = connect();
        const std::shared_ptr<Canceller> canceller = connection.canceller();
        const std::unique_ptr<QThread> other(QThread::create([&canceller] {
            // The statement may not have begun: a cancel that comes too early does nothing.
            for (int i = 0; i < 50; ++i) {
                canceller->cancel();
                QThread::msleep(20);
            }
        }));
        QElapsedTimer timer;
        timer.start();
        other->start();
        const auto answer = connection.runForeign("SELECT pg_sleep(60)");
        QVERIFY(other->wait());
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, Error::Code::TimedOut);
        QVERIFY(timer.elapsed() < 30'000);
    }

    void aTransactionRollsBackUnlessCommitted()
    {
        Connection connection = connect();
        {
            auto transaction = Transaction::begin(connection);
            QVERIFY(transaction);
            QVERIFY(connection.run(u"DELETE FROM t"_s));
        }
        QCOMPARE(rowsOf(connection), 10);
        auto transaction = Transaction::begin(connection);
        QVERIFY(connection.run(u"DELETE FROM t WHERE id = ?"_s, {1}));
        QVERIFY(transaction->commit());
        QCOMPARE(rowsOf(connection), 9);
    }

    void committingAFailedTransactionIsAnError()
    {
        Connection connection = connect();
        auto transaction = Transaction::begin(connection);
        QVERIFY(!connection.run(u"SELECT 1/0"_s));
        QVERIFY(!connection.inHealthyTransaction());
        QVERIFY(!transaction->commit());
    }

    void notificationsArriveWithTheirText()
    {
        Connection listener = connect();
        QStringList heard;
        QVERIFY(listener.listen(u"holdpoint"_s, [&heard](const QString &payload) { heard.append(payload); }));
        Connection speaker = connect();
        QVERIFY(speaker.run(u"SELECT pg_notify('holdpoint', '7 3'), pg_notify('other', 'no')"_s));
        QTRY_COMPARE(heard, QStringList{u"7 3"_s});
    }

    void whatIsWrongWithAConnectionIsSaid_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<Error::Code>("code");
        QTest::newRow("no server") << u"host=/nowhere"_s << Error::Code::Unreachable;
        QTest::newRow("no such database") << u"dbname=nowhere"_s << Error::Code::SignInRefused;
        QTest::newRow("no password") << u"user=nobody passfile=/nowhere"_s << Error::Code::SignInRefused;
        QTest::newRow("no such service") << u"service=nowhere"_s << Error::Code::Invalid;
    }

    void whatIsWrongWithAConnectionIsSaid()
    {
        QFETCH(const QString, change);
        QFETCH(const Error::Code, code);
        const auto connection = Connection::open(m_cluster->superuserConninfo() + u' ' + change, u"test"_s);
        QVERIFY(!connection);
        QCOMPARE(connection.error().code, code);
        QVERIFY(!connection.error().message.contains(u'\n'));
        QVERIFY(!connection.error().remedy.isEmpty());
    }

    void theServersOwnCodesAreTold()
    {
        Connection connection = connect();
        const auto refused = connection.run(
            uR"(DO $$ BEGIN RAISE EXCEPTION 'cause' USING ERRCODE = 'HP002', HINT = 'remedy'; END $$)"_s);
        QVERIFY(!refused);
        QCOMPARE(refused.error(), (Error{Error::Code::Conflict, u"cause"_s, u"remedy"_s, u"HP002"_s}));
    }

    void aLostServerIsNoticed()
    {
        Connection connection = connect();
        QVERIFY(m_cluster->stop(LocalCluster::StopMode::Immediate));
        const auto answer = connection.run(u"SELECT 1"_s);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, Error::Code::Unreachable);
        // The farewell of the server came as an answer; libpq notices the closed socket with the next one.
        QVERIFY(!connection.run(u"SELECT 1"_s));
        QVERIFY(!connection.isOpen());
        QVERIFY(m_cluster->start());
    }
};

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connectiontest.moc"
