// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/access/targetsetup.h"

#include "core/database/transaction.h"
#include "tests/access/targetfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

const TargetRoles usualRoles{.writer = u"writer"_s, .revoker = u"revoker"_s, .reader = u"reader"_s};

QString sqlStateOf(Connection &connection, const QString &sql)
{
    const auto result = connection.run(sql);
    return result ? QString() : result.error().sqlState;
}

} // namespace

class TargetSetupTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void preparingTwiceChangesNothing();
    void aSuperuserIsNoWriter();
    void aSchemaThatSomebodyElseMadeIsRefused();
    void theWriterWritesDataAndMarkersOnly();
    void aMarkerNeverChanges();
    void oneTransactionHasOneMarker();
    void anAgentReadsAndNeverWrites();
    void theReaderReadsAndNeverWrites();
    void theRevokerSeesNoDataAndEndsAnAgent();

private:
    std::unique_ptr<TargetFixture> m_target;
};

void TargetSetupTest::initTestCase()
{
    auto target = TargetFixture::create();
    QVERIFY2(target, target ? "" : qPrintable(target.error().text()));
    m_target = std::move(*target);
    Connection superuser = m_target->superuser();
    QVERIFY(superuser.runScript(u"CREATE TABLE orders (id int PRIMARY KEY); INSERT INTO orders VALUES (1), (2)"_s));
    QVERIFY(m_target->addAgent(u"bot"_s));
}

void TargetSetupTest::preparingTwiceChangesNothing()
{
    Connection superuser = m_target->superuser();
    const QString everything =
        u"SELECT md5(string_agg(t.row::text, ',' ORDER BY t.row::text)) AS sum FROM ("
        "SELECT c::text AS row FROM pg_class c WHERE relnamespace = 'holdpoint_target'::regnamespace "
        "UNION ALL SELECT p::text FROM pg_proc p WHERE pronamespace = 'holdpoint_target'::regnamespace "
        "UNION ALL SELECT m::text FROM pg_auth_members m UNION ALL SELECT a::text FROM pg_roles a) t"_s;
    const QString before = superuser.run(everything)->first().text(u"sum"_s);
    const auto again =
        prepareTarget(superuser, usualRoles).and_then([&] { return addAgentRole(superuser, u"bot"_s, u"revoker"_s); });
    QVERIFY2(again, again ? "" : qPrintable(again.error().text()));
    QCOMPARE(superuser.run(everything)->first().text(u"sum"_s), before);
}

void TargetSetupTest::aSuperuserIsNoWriter()
{
    Connection superuser = m_target->superuser();
    const auto refused =
        prepareTarget(superuser, {.writer = u"postgres"_s, .revoker = u"revoker"_s, .reader = u"reader"_s});
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"superuser"_s));
}

void TargetSetupTest::aSchemaThatSomebodyElseMadeIsRefused()
{
    auto postgres = Connection::open(m_target->cluster().superuserConninfo(), u"test"_s);
    QVERIFY(postgres);
    QVERIFY(postgres->runScript(u"CREATE SCHEMA holdpoint_target AUTHORIZATION reader"_s));
    const auto refused = prepareTarget(*postgres, usualRoles);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"belongs to another role"_s));
}

void TargetSetupTest::theWriterWritesDataAndMarkersOnly()
{
    Connection writer = m_target->connect(u"writer"_s);
    QVERIFY(writer.run(u"UPDATE orders SET id = 3 WHERE id = 2"_s));
    QCOMPARE(sqlStateOf(writer, u"DROP TABLE orders"_s), u"42501"_s);
    QCOMPARE(sqlStateOf(writer, u"CREATE ROLE x"_s), u"42501"_s);
    QCOMPARE(sqlStateOf(writer, u"COPY orders TO PROGRAM 'cat'"_s), u"42501"_s);
    QCOMPARE(sqlStateOf(writer, u"ALTER TABLE holdpoint_target.applied DISABLE TRIGGER ALL"_s), u"42501"_s);
}

void TargetSetupTest::aMarkerNeverChanges()
{
    Connection writer = m_target->connect(u"writer"_s);
    const QString insert =
        u"INSERT INTO holdpoint_target.applied (action_id, revision, digest) VALUES (1, 1, '\\x00')"_s;
    {
        auto transaction = Transaction::begin(writer);
        QVERIFY(transaction);
        QVERIFY(writer.run(insert));
        QVERIFY(writer.run(u"UPDATE holdpoint_target.applied SET rows_changed = 5 WHERE action_id = 1"_s));
        QVERIFY(transaction->commit());
    }
    QCOMPARE(sqlStateOf(writer, u"UPDATE holdpoint_target.applied SET rows_changed = 6"_s), u"HP001"_s);
    QCOMPARE(sqlStateOf(writer, u"DELETE FROM holdpoint_target.applied"_s), u"HP001"_s);
    QCOMPARE(sqlStateOf(writer, u"TRUNCATE holdpoint_target.applied"_s), u"42501"_s);
    QCOMPARE(sqlStateOf(writer, insert), u"23505"_s);
    Connection superuser = m_target->superuser();
    QCOMPARE(sqlStateOf(superuser, u"TRUNCATE holdpoint_target.applied"_s), u"HP001"_s);
}

void TargetSetupTest::oneTransactionHasOneMarker()
{
    Connection writer = m_target->connect(u"writer"_s);
    auto transaction = Transaction::begin(writer);
    QVERIFY(transaction);
    QVERIFY(writer.run(u"INSERT INTO holdpoint_target.applied (action_id, revision, digest) VALUES (7, 1, '\\x00')"_s));
    QCOMPARE(sqlStateOf(writer,
                 u"INSERT INTO holdpoint_target.applied (action_id, revision, digest) VALUES (8, 1, '\\x00')"_s),
        u"23505"_s);
}

void TargetSetupTest::anAgentReadsAndNeverWrites()
{
    Connection agent = m_target->connect(u"bot"_s);
    QVERIFY(agent.run(u"SELECT * FROM orders"_s));
    QVERIFY(agent.run(u"SET default_transaction_read_only = off"_s));
    QCOMPARE(sqlStateOf(agent, u"DELETE FROM orders"_s), u"42501"_s);
    QCOMPARE(
        sqlStateOf(agent, u"INSERT INTO holdpoint_target.applied (action_id, revision, digest) VALUES (9, 1, '')"_s),
        u"42501"_s);
    QCOMPARE(sqlStateOf(agent, u"SET ROLE holdpoint_agent_read"_s), u"42501"_s);
}

void TargetSetupTest::theReaderReadsAndNeverWrites()
{
    Connection reader = m_target->connect(u"reader"_s);
    QVERIFY(reader.run(u"SELECT * FROM orders"_s));
    QVERIFY(reader.run(u"SELECT xmin FROM pg_catalog.pg_statistic LIMIT 1"_s));
    QCOMPARE(sqlStateOf(reader, u"SELECT rolpassword FROM pg_catalog.pg_authid"_s), u"42501"_s);
    QCOMPARE(sqlStateOf(reader, u"DELETE FROM orders"_s), u"25006"_s);
    QVERIFY(reader.run(u"SET default_transaction_read_only = off"_s));
    QCOMPARE(sqlStateOf(reader, u"DELETE FROM orders"_s), u"42501"_s);
}

void TargetSetupTest::theRevokerSeesNoDataAndEndsAnAgent()
{
    Connection revoker = m_target->connect(u"revoker"_s);
    QCOMPARE(sqlStateOf(revoker, u"SELECT * FROM orders"_s), u"42501"_s);
    QCOMPARE(sqlStateOf(revoker, u"ALTER ROLE writer NOLOGIN"_s), u"42501"_s);
    const auto ended = revoker.runScript(u"ALTER ROLE bot NOLOGIN PASSWORD NULL VALID UNTIL '-infinity'; "
                                         "REVOKE holdpoint_agent_read FROM bot"_s);
    QVERIFY2(ended, ended ? "" : qPrintable(ended.error().text()));
    Connection superuser = m_target->superuser();
    QCOMPARE(superuser.run(u"SELECT * FROM pg_auth_members WHERE member = 'bot'::regrole"_s)->size(), 0);
    QVERIFY(m_target->addAgent(u"bot"_s));
    QVERIFY(m_target->connect(u"bot"_s).run(u"SELECT * FROM orders"_s));
}

QTEST_GUILESS_MAIN(TargetSetupTest)
#include "targetsetuptest.moc"
