// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/replicacheck.h"

#include "core/impact/estimator.h"
#include "tests/impact/impactservers.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class ReplicaCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aReaderOnAStandbyIsAccepted();
    void aPrimaryIsRefusedAndNothingIsAskedOfIt();
    void aRoleThatCouldWriteIsRefused_data();
    void aRoleThatCouldWriteIsRefused();
    void anIdlePrimaryIsNoLag();
    void aReplayThatStandsStillIsALagThatGrows();
    void aStreamThatFellSilentMayBeBehind();
    void withoutAStreamTheLagIsUnknown();
    void withoutTheRightToSeeTheStreamTheLagIsUnknown();
    void aStandbyThatIsPromotedIsNoLongerAsked();

private:
    std::unique_ptr<ImpactServers> m_servers;
};

void ReplicaCheckTest::initTestCase()
{
    m_servers = ImpactServers::create();
    QVERIFY(m_servers);
}

void ReplicaCheckTest::aReaderOnAStandbyIsAccepted()
{
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    const auto checked = checkReplica(reader);
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().text()));
}

void ReplicaCheckTest::aPrimaryIsRefusedAndNothingIsAskedOfIt()
{
    auto reader = ImpactServers::open(m_servers->primary(), u"reader"_s);
    QCOMPARE(checkReplica(reader).error().code, Error::Code::Refused);
    const QString before = m_servers->traces();
    const Impact impact = Estimator(reader).estimate(selecting(u"delete"_s, u"canary"_s, u"SELECT innocent(1)"_s));
    QCOMPARE(m_servers->traces(), before);
    QVERIFY(impact.error.contains(u"primary"_s));
    QVERIFY(impact.effects.isEmpty());
}

void ReplicaCheckTest::aRoleThatCouldWriteIsRefused_data()
{
    QTest::addColumn<QString>("grants");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QString &grants, const QString &words) {
        QTest::newRow(name) << grants << words;
    };
    row("a superuser", u"ALTER ROLE suspect SUPERUSER"_s, u"superuser"_s);
    row("may create roles", u"ALTER ROLE suspect CREATEROLE"_s, u"create roles"_s);
    row("may create databases", u"ALTER ROLE suspect CREATEDB"_s, u"create databases"_s);
    row("may replicate", u"ALTER ROLE suspect REPLICATION"_s, u"replication"_s);
    row("writes everything", u"GRANT pg_write_all_data TO suspect"_s, u"pg_write_all_data"_s);
    row("runs programs", u"GRANT pg_execute_server_program TO suspect"_s, u"pg_execute_server_program"_s);
    row("ends sessions", u"GRANT pg_signal_backend TO suspect"_s, u"pg_signal_backend"_s);
    row("one table", u"GRANT DELETE ON archive.orders TO suspect"_s, u"archive.orders"_s);
    row("one table's TRUNCATE", u"GRANT TRUNCATE ON customers TO suspect"_s, u"customers"_s);
    row("one column", u"GRANT UPDATE (plan) ON customers TO suspect"_s, u"customers"_s);
    row("through PUBLIC", u"GRANT INSERT ON empty TO PUBLIC"_s, u"empty"_s);
    row("owns a table", u"ALTER TABLE empty OWNER TO suspect"_s, u"empty"_s);
    row("creates tables", u"GRANT CREATE ON SCHEMA archive TO suspect"_s, u"archive"_s);
    row("through a role it is not in by default",
        u"GRANT UPDATE ON orders TO hidden; GRANT hidden TO suspect WITH INHERIT FALSE"_s,
        u"hidden may write to orders"_s);
}

void ReplicaCheckTest::aRoleThatCouldWriteIsRefused()
{
    QFETCH(const QString, grants);
    QFETCH(const QString, words);
    m_servers->change(
        u"CREATE ROLE hidden NOLOGIN; CREATE ROLE suspect LOGIN; GRANT pg_read_all_data TO suspect; "_s + grants);
    {
        auto suspect = ImpactServers::open(m_servers->standby(), u"suspect"_s);
        const auto checked = checkReplica(suspect);
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, Error::Code::Refused);
        QVERIFY2(checked.error().message.contains(words), qPrintable(checked.error().message));
    }
    m_servers->change(u"ALTER TABLE empty OWNER TO postgres; REVOKE ALL ON empty FROM PUBLIC; "
                      "DROP OWNED BY suspect; DROP ROLE suspect; DROP OWNED BY hidden; DROP ROLE hidden"_s);
}

void ReplicaCheckTest::anIdlePrimaryIsNoLag()
{
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    QTRY_VERIFY(reader.run(u"SELECT 1 WHERE clock_timestamp() - pg_last_xact_replay_timestamp() > '1.5 s'"_s)->size());
    QTRY_COMPARE(replicaLag(reader), 0.0);
}

void ReplicaCheckTest::aReplayThatStandsStillIsALagThatGrows()
{
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    auto admin = ImpactServers::open(m_servers->standby(), u"postgres"_s);
    auto primary = ImpactServers::open(m_servers->primary(), u"postgres"_s);
    QVERIFY(admin.run(u"SELECT pg_wal_replay_pause()"_s).has_value());
    QTRY_VERIFY(admin.run(u"SELECT 1 WHERE pg_get_wal_replay_pause_state() = 'paused'"_s)->size());
    QVERIFY(primary.run(u"INSERT INTO empty VALUES (1)"_s).has_value());
    QTRY_VERIFY(replicaLag(reader).value_or(0) > 1.0);

    const Impact impact = Estimator(reader).estimate(selecting(u"delete"_s, u"empty"_s, u"SELECT * FROM empty"_s));
    QVERIFY(impact.replicaLagSeconds.value_or(0) > 1.0);
    QCOMPARE(impact.effects.first().exact.rows, 0);
    QVERIFY(admin.run(u"SELECT pg_wal_replay_resume()"_s).has_value());
    QTRY_COMPARE(replicaLag(reader), 0.0);
}

void ReplicaCheckTest::aStreamThatFellSilentMayBeBehind()
{
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    auto admin = ImpactServers::open(m_servers->standby(), u"postgres"_s);
    auto primary = ImpactServers::open(m_servers->primary(), u"postgres"_s);
    QVERIFY(admin.run(u"ALTER SYSTEM SET wal_receiver_status_interval = '1s'"_s).has_value());
    QVERIFY(admin.run(u"SELECT pg_reload_conf()"_s).has_value());
    const auto sender = primary.run(u"SELECT pid FROM pg_stat_replication"_s);
    const auto pid = static_cast<pid_t>(sender->first().number(u"pid"_s));
    // The primary still works, and its standby hears nothing of it.
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    QVERIFY(primary.run(u"INSERT INTO empty VALUES (2)"_s).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(replicaLag(reader).value_or(0) > 2.0, 10'000);
    QCOMPARE(::kill(pid, SIGCONT), 0);
    QTRY_COMPARE(replicaLag(reader), 0.0);
    QVERIFY(admin.run(u"ALTER SYSTEM RESET wal_receiver_status_interval"_s).has_value());
    QVERIFY(admin.run(u"SELECT pg_reload_conf()"_s).has_value());
}

void ReplicaCheckTest::withoutAStreamTheLagIsUnknown()
{
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    QVERIFY(m_servers->primary().stop(LocalCluster::StopMode::Fast));
    QTRY_VERIFY(!replicaLag(reader));
    QVERIFY(m_servers->primary().start());
    QTRY_COMPARE_WITH_TIMEOUT(replicaLag(reader), 0.0, 20'000);
}

void ReplicaCheckTest::withoutTheRightToSeeTheStreamTheLagIsUnknown()
{
    m_servers->change(u"CREATE ROLE plain LOGIN; GRANT pg_read_all_data TO plain"_s);
    auto plain = ImpactServers::open(m_servers->standby(), u"plain"_s);
    QVERIFY(!replicaLag(plain));
}

void ReplicaCheckTest::aStandbyThatIsPromotedIsNoLongerAsked()
{
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    auto admin = ImpactServers::open(m_servers->standby(), u"postgres"_s);
    Estimator estimator(reader);
    QVERIFY(estimator.check().has_value());
    QVERIFY(admin.run(u"SELECT pg_promote()"_s).has_value());
    const Impact impact = estimator.estimate(selecting(u"delete"_s, u"canary"_s, u"SELECT innocent(1)"_s));
    QVERIFY(impact.error.contains(u"primary"_s));
    QCOMPARE(admin.run(u"SELECT count(*) AS n FROM canary"_s)->first().number(u"n"_s), 100);
}

QTEST_GUILESS_MAIN(ReplicaCheckTest)
#include "replicachecktest.moc"
