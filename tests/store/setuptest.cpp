// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/setup.h"
#include "tests/store/storefixture.h"

#include <QtTest>

using namespace holdpoint;
using namespace Qt::StringLiterals;

class SetupTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aNewStoreHasTheProgramsVersion();
    void settingUpAgainChangesNothing();
    void aNewerStoreIsRefusedAndLeftAlone();
    void anAppliedFileThatDiffersIsRefused();
    void aSetUpThatFailsHalfWayLeavesNothing();
    void aDatabaseWithoutAStoreSaysSo();
    void anOlderStoreAsksForTheAdministrator();
    void onlyASuperuserSetsUp();
    void aDatabaseInAnotherEncodingIsRefused();
    void addingPeopleAgainIsNoNews();
    void aRoleWithTooMuchPowerGetsNoPart_data();
    void aRoleWithTooMuchPowerGetsNoPart();
    void aRefusedPersonLeavesNoRole();
    void anAgentNeedsAPersonAsOwner();
    void aTargetWithAPasswordIsRefused_data();
    void aTargetWithAPasswordIsRefused();
    void aRuleOutOfRangeIsRefused();

private:
    std::unique_ptr<StoreFixture> m_store;
};

void SetupTest::initTestCase()
{
    m_store = StoreFixture::create();
    QVERIFY(m_store);
}

void SetupTest::aNewStoreHasTheProgramsVersion()
{
    m_store->renewDatabase();
    auto admin = m_store->superuser();
    QCOMPARE(migrate(admin).value(), programSchemaVersion());
    QVERIFY(programSchemaVersion() > 0);
    QCOMPARE(StoreClient(admin).checkVersion().value(), programSchemaVersion());
}

void SetupTest::settingUpAgainChangesNothing()
{
    m_store->renew();
    const QString appliedBefore =
        m_store->peek(u"SELECT string_agg(applied_at::text, ' ') FROM holdpoint.schema_version"_s);
    auto admin = m_store->superuser();
    QCOMPARE(migrate(admin).value(), programSchemaVersion());
    QCOMPARE(m_store->peek(u"SELECT string_agg(applied_at::text, ' ') FROM holdpoint.schema_version"_s), appliedBefore);
}

void SetupTest::aNewerStoreIsRefusedAndLeftAlone()
{
    m_store->renew();
    m_store->tamper(
        u"INSERT INTO holdpoint.schema_version VALUES (%1, 'later.sql', '')"_s.arg(programSchemaVersion() + 1));
    auto admin = m_store->superuser();
    const auto refused = migrate(admin);
    QCOMPARE(refused.error().code, Error::Code::WrongVersion);
    QVERIFY(refused.error().message.contains(QString::number(programSchemaVersion() + 1)));
    QVERIFY(!refused.error().remedy.isEmpty());
    QCOMPARE(StoreClient(admin).checkVersion().error().code, Error::Code::WrongVersion);
}

void SetupTest::anAppliedFileThatDiffersIsRefused()
{
    m_store->renew();
    m_store->tamper(u"UPDATE holdpoint.schema_version SET sha256 = sha256('other') WHERE number = 2"_s);
    auto admin = m_store->superuser();
    const auto refused = migrate(admin);
    QCOMPARE(refused.error().code, Error::Code::WrongVersion);
    QVERIFY2(refused.error().message.contains(u"0002_"_s), qUtf8Printable(refused.error().message));
}

void SetupTest::aSetUpThatFailsHalfWayLeavesNothing()
{
    m_store->renewDatabase();
    // Stops the set-up at its first function that returns a trigger.
    m_store->tamper(
        u"CREATE FUNCTION stop() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity LIKE 'holdpoint.remember%')"
        " THEN RAISE EXCEPTION 'stopped'; END IF; END $$;"
        " CREATE EVENT TRIGGER stop ON ddl_command_end EXECUTE FUNCTION stop()"_s);
    auto admin = m_store->superuser();
    const auto failed = migrate(admin);
    QVERIFY(!failed);
    QVERIFY2(failed.error().message.contains(u"0002_"_s), qUtf8Printable(failed.error().message));
    QCOMPARE(m_store->peek(u"to_regnamespace('holdpoint') IS NULL"_s), u"true"_s);
    m_store->tamper(u"DROP EVENT TRIGGER stop"_s);
    QVERIFY(migrate(admin));
}

void SetupTest::aDatabaseWithoutAStoreSaysSo()
{
    m_store->renewDatabase();
    auto admin = m_store->superuser();
    const auto missing = StoreClient(admin).checkVersion();
    QCOMPARE(missing.error().code, Error::Code::WrongVersion);
    QVERIFY(missing.error().remedy.contains(u"holdpointctl init"_s));
    m_store->tamper(u"CREATE SCHEMA holdpoint"_s);
    QCOMPARE(StoreClient(admin).checkVersion().error().code, Error::Code::WrongVersion);
    QCOMPARE(migrate(admin).error().code, Error::Code::Refused);
}

void SetupTest::anOlderStoreAsksForTheAdministrator()
{
    m_store->renew();
    m_store->tamper(u"DELETE FROM holdpoint.schema_version WHERE number = %1"_s.arg(programSchemaVersion()));
    auto maria = m_store->connect(u"maria"_s);
    const auto old = StoreClient(maria).checkVersion();
    QCOMPARE(old.error().code, Error::Code::WrongVersion);
    QVERIFY(old.error().remedy.contains(u"holdpointctl init"_s));
}

void SetupTest::onlyASuperuserSetsUp()
{
    m_store->renew();
    auto maria = m_store->connect(u"maria"_s);
    QCOMPARE(migrate(maria).error().code, Error::Code::Refused);
    QCOMPARE(addApprover(maria, u"bot"_s, u"Bot"_s).error().code, Error::Code::Refused);
}

void SetupTest::aDatabaseInAnotherEncodingIsRefused()
{
    m_store->tamper(u"CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"_s);
    auto latin = m_store->connect(u"postgres"_s, u"latin"_s);
    const auto refused = migrate(latin);
    QCOMPARE(refused.error().code, Error::Code::Invalid);
    QVERIFY(refused.error().message.contains(u"UTF-8"_s));
}

void SetupTest::addingPeopleAgainIsNoNews()
{
    m_store->renew();
    const QString before = m_store->peek(u"SELECT sequence FROM holdpoint.ledger_head"_s);
    auto admin = m_store->superuser();
    QVERIFY(addApprover(admin, u"maria"_s, u"maria"_s));
    QVERIFY(addAgent(admin, u"bot"_s, u"jonas"_s));
    QVERIFY(addExecutor(admin, u"runner"_s));
    QVERIFY(addTarget(admin, {u"prod-eu"_s, u"production"_s, u"service=prod-eu"_s}));
    QCOMPARE(m_store->peek(u"SELECT sequence FROM holdpoint.ledger_head"_s), before);
}

void SetupTest::aRoleWithTooMuchPowerGetsNoPart_data()
{
    QTest::addColumn<QString>("power");
    QTest::newRow("superuser") << u"ALTER ROLE mighty SUPERUSER"_s;
    QTest::newRow("makes roles") << u"ALTER ROLE mighty CREATEROLE"_s;
    QTest::newRow("replicates") << u"ALTER ROLE mighty REPLICATION"_s;
    QTest::newRow("is an agent too") << u"GRANT holdpoint_agent TO mighty"_s;
    QTest::newRow("is an agent by a detour") << u"GRANT bot TO mighty"_s;
    QTest::newRow("is an executor too") << u"GRANT holdpoint_executor TO mighty"_s;
    QTest::newRow("can become the owner") << u"GRANT holdpoint_owner TO mighty"_s;
    QTest::newRow("cannot sign in") << u"ALTER ROLE mighty NOLOGIN"_s;
}

void SetupTest::aRoleWithTooMuchPowerGetsNoPart()
{
    QFETCH(QString, power);
    m_store->renew();
    m_store->tamper(u"DROP ROLE IF EXISTS mighty; CREATE ROLE mighty LOGIN;"_s + power);
    auto admin = m_store->superuser();
    const auto refused = addApprover(admin, u"mighty"_s, u"Mighty"_s);
    QVERIFY(!refused);
    QVERIFY(!refused.error().remedy.isEmpty());
    QCOMPARE(m_store->peek(u"SELECT count(*) FROM holdpoint.approver WHERE role = 'mighty'"_s), u"0"_s);
}

void SetupTest::aRefusedPersonLeavesNoRole()
{
    m_store->renew();
    auto admin = m_store->superuser();
    QVERIFY(!addAgent(admin, u"half \"made"_s, u"nobody here"_s));
    QCOMPARE(m_store->peek(u"SELECT count(*) FROM pg_roles WHERE rolname LIKE 'half%'"_s), u"0"_s);
    QVERIFY(addAgent(admin, u"half \"made"_s, u"jonas"_s));
    m_store->submit(u"half \"made"_s);
}

void SetupTest::anAgentNeedsAPersonAsOwner()
{
    m_store->renew();
    auto admin = m_store->superuser();
    QCOMPARE(addAgent(admin, u"bot2"_s, u"bot"_s).error().code, Error::Code::Invalid);
    QCOMPARE(addAgent(admin, u"bot2"_s, u""_s).error().code, Error::Code::Invalid);
}

void SetupTest::aTargetWithAPasswordIsRefused_data()
{
    QTest::addColumn<QString>("conninfo");
    QTest::newRow("keyword") << u"host=db password=secret"_s;
    QTest::newRow("upper case, blanks") << u"host=db PASSWORD = secret"_s;
    QTest::newRow("of a key") << u"host=db sslpassword=secret"_s;
    QTest::newRow("URI") << u"postgresql://reader:secret@db/shop"_s;
    QTest::newRow("URI parameter") << u"postgresql://reader@db/shop?password=secret"_s;
}

void SetupTest::aTargetWithAPasswordIsRefused()
{
    QFETCH(QString, conninfo);
    m_store->renew();
    auto admin = m_store->superuser();
    QCOMPARE(addTarget(admin, {u"prod"_s, u"production"_s, conninfo}).error().code, Error::Code::Invalid);
    QVERIFY(addTarget(admin, {u"prod"_s, u"production"_s, u"host=db passfile=/etc/holdpoint/pass user=reader"_s}));
}

void SetupTest::aRuleOutOfRangeIsRefused()
{
    m_store->renew();
    auto admin = m_store->superuser();
    QCOMPARE(setPolicy(admin, {.target = u"*"_s, .approvers = 0}).error().code, Error::Code::Invalid);
    QCOMPARE(setPolicy(admin, {.target = u"*"_s, .tolerance = 0.5}).error().code, Error::Code::Invalid);
    QCOMPARE(setPolicy(admin, {.target = u"nowhere"_s}).error().code, Error::Code::Invalid);
    QVERIFY(setPolicy(admin, {.target = u"prod-eu"_s, .level = RiskLevel::Write, .approvers = 3, .rowLimit = 5}));
}

QTEST_GUILESS_MAIN(SetupTest)
#include "setuptest.moc"
