// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/store/storefixture.h"

#include <QtTest>

using namespace holdpoint;
using namespace Qt::StringLiterals;

namespace {

struct Granted
{
    const char *function;
    const char *roles; ///< everybody who may call it
};

// The whole of it: whatever is not here must be refused.
constexpr Granted functions[] = {
    {"schema_version()", "ada bot maria runner vera"},
    {"whoami()", "ada bot maria runner vera"},
    {"ledger_head()", "ada maria runner vera"},
    {"submit(text,bytea,text,text,text)", "bot"},
    {"submit(text,text,text,text,text)", "bot"},
    {"revise(bigint,bytea,text)", "bot"},
    {"revise(bigint,text,text)", "bot"},
    {"withdraw(bigint,text)", "bot"},
    {"decide(bigint,integer,bytea,text,jsonb,text,text)", "maria"},
    {"revoke(text,text)", "ada maria"},
    {"claim(text,text[])", "runner"},
    {"unfinished(text)", "runner"},
    {"finish(bigint,integer,text,jsonb)", "runner"},
    {"heartbeat(text,text,text[])", "runner"},
    {"request_trial(bigint,integer,bytea)", "maria"},
    {"claim_trial(text,text[])", "runner"},
    {"finish_trial(bigint,jsonb)", "runner"},
    {"expire_due()", "runner"},
    {"is_revoked(text)", "runner"},
    {"open_revocations()", "runner"},
    {"record_revocation_step(bigint,text,text,boolean,double precision,text)", "runner"},
    {"revocation_try(bigint,text,text)", "runner"},
    {"confirm_revocation(bigint,text)", "runner"},
    {"add_approver(text,text)", "ada"},
    {"add_agent(text,text)", "ada"},
    {"add_executor(text)", "ada"},
    {"add_target(text,text,text)", "ada"},
    {"set_target_watch(text,text)", "ada"},
    {"set_policy(text,text,integer,bigint,numeric,bigint)", "ada"},
};

constexpr Granted views[] = {
    {"my_actions", "bot"},
    {"actions", "ada maria runner vera"},
    {"agents", "ada maria runner vera"},
    {"approvers", "ada maria runner vera"},
    {"targets", "ada maria runner vera"},
    {"policies", "ada maria runner vera"},
    {"revocations", "ada maria runner vera"},
    {"ledger", "ada maria runner vera"},
    {"executors", "ada maria runner vera"},
    {"trials", "ada maria runner vera"},
};

constexpr auto roles = "VALUES ('ada'), ('bot'), ('maria'), ('runner'), ('stranger'), ('vera')"_L1;

QMap<QString, QString> expected(std::span<const Granted> granted)
{
    QMap<QString, QString> result;
    for (const Granted &one : granted)
        result.insert(QString::fromLatin1(one.function), QString::fromLatin1(one.roles));
    return result;
}

} // namespace

class RightsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void onlyTheListedCallFunctions();
    void onlyTheListedReadViews();
    void nobodyHasARightOnATable();
    void nobodyCanWriteOrLockATable_data();
    void nobodyCanWriteOrLockATable();
    void everyFunctionPinsWhereItLooksForNames();
    void theOwnerIsNobodyWhoSignsIn();
    void aMemberOfTheGroupAloneIsNobody();
    void aTemporaryTableDeceivesNoFunction();
    void recordedRowsAreNotChangedEvenByTheOwner_data();
    void recordedRowsAreNotChangedEvenByTheOwner();
    void anActionMovesOnlyAlongTheTable();
    void everybodyLearnsWhoTheyAre_data();
    void everybodyLearnsWhoTheyAre();

private:
    QMap<QString, QString> answers(const QString &sql) const;

    std::unique_ptr<StoreFixture> m_store;
};

void RightsTest::initTestCase()
{
    m_store = StoreFixture::create();
    QVERIFY(m_store);
    m_store->renew();
}

QMap<QString, QString> RightsTest::answers(const QString &sql) const
{
    auto admin = m_store->superuser();
    QMap<QString, QString> result;
    const auto rows = admin.run(sql);
    if (!rows)
        qFatal("%s", qUtf8Printable(rows.error().text()));
    for (const Row &row : *rows)
        result.insert(row.text(u"name"_s), row.text(u"roles"_s));
    return result;
}

void RightsTest::onlyTheListedCallFunctions()
{
    const QString sql = u"SELECT replace(p.oid::regprocedure::text, 'holdpoint.', '') AS name,"
                        " string_agg(r.role, ' ' ORDER BY r.role) AS roles"
                        " FROM pg_proc p CROSS JOIN (%1) r(role)"
                        " WHERE p.pronamespace = 'holdpoint'::regnamespace"
                        " AND has_schema_privilege(r.role, 'holdpoint', 'USAGE')"
                        " AND has_function_privilege(r.role, p.oid, 'EXECUTE') GROUP BY 1"_s.arg(roles);
    QCOMPARE(answers(sql), expected(functions));
}

void RightsTest::onlyTheListedReadViews()
{
    const QString sql = u"SELECT c.relname AS name, string_agg(r.role, ' ' ORDER BY r.role) AS roles"
                        " FROM pg_class c CROSS JOIN (%1) r(role)"
                        " WHERE c.relnamespace = 'holdpoint'::regnamespace AND c.relkind = 'v'"
                        " AND has_table_privilege(r.role, c.oid, 'SELECT') GROUP BY 1"_s.arg(roles);
    QCOMPARE(answers(sql), expected(views));
    QCOMPARE(m_store->peek(u"SELECT count(*) FROM pg_class WHERE relnamespace = 'holdpoint'::regnamespace"
                           " AND relkind = 'v' AND coalesce(reloptions::text, '') NOT LIKE '%security_barrier%'"_s),
        u"0"_s);
}

void RightsTest::nobodyHasARightOnATable()
{
    const QString sql =
        u"SELECT c.relname AS name, string_agg(DISTINCT r.role, ' ') AS roles"
        " FROM pg_class c CROSS JOIN (%1) r(role) CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'),"
        " ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) p(privilege)"
        " WHERE c.relnamespace = 'holdpoint'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')"
        " AND (c.relkind <> 'v' OR p.privilege <> 'SELECT')"
        " AND (has_table_privilege(r.role, c.oid, p.privilege) OR (p.privilege IN ('SELECT', 'INSERT', 'UPDATE',"
        " 'REFERENCES') AND has_any_column_privilege(r.role, c.oid, p.privilege))) GROUP BY 1"_s.arg(roles);
    QVERIFY(answers(sql).isEmpty());
    QVERIFY(m_store
                ->peek(u"SELECT count(*) FROM pg_class WHERE relnamespace = 'holdpoint'::regnamespace"
                       " AND relkind = 'r'"_s)
                .toInt()
        > 15);
}

void RightsTest::nobodyCanWriteOrLockATable_data()
{
    QTest::addColumn<QString>("role");
    for (const char *role : {"ada", "bot", "maria", "runner", "stranger", "vera"})
        QTest::newRow(role) << QString::fromLatin1(role);
}

void RightsTest::nobodyCanWriteOrLockATable()
{
    QFETCH(QString, role);
    auto connection = m_store->connect(role);
    const auto refused = [&connection](const QString &sql) {
        (void)connection.run(u"BEGIN"_s); // LOCK TABLE asks for one
        const auto done = connection.run(sql);
        (void)connection.run(u"ROLLBACK"_s);
        return !done && done.error().code == Error::Code::Refused;
    };
    for (const QString &table :
        {u"action"_s, u"revision"_s, u"decision"_s, u"ledger_entry"_s, u"ledger_head"_s, u"agent"_s, u"approver"_s,
            u"policy"_s, u"transition"_s, u"trial"_s, u"trial_transition"_s, u"schema_version"_s}) {
        QVERIFY(refused(u"DELETE FROM holdpoint."_s + table));
        QVERIFY(refused(u"TRUNCATE holdpoint."_s + table));
        QVERIFY(refused(u"LOCK TABLE holdpoint.%1 IN ACCESS SHARE MODE"_s.arg(table)));
        QVERIFY(refused(u"ALTER TABLE holdpoint.%1 OWNER TO %2"_s.arg(table, role)));
    }
    QVERIFY(refused(u"INSERT INTO holdpoint.approver VALUES ('%1', 'me')"_s.arg(role)));
    QVERIFY(refused(u"UPDATE holdpoint.approvers SET name = 'me'"_s));
    QVERIFY(refused(u"CREATE TABLE holdpoint.mine (id int)"_s));
    QVERIFY(refused(u"SET ROLE holdpoint_owner"_s));
    QVERIFY(refused(u"SET SESSION AUTHORIZATION maria"_s) || role == "maria"_L1);
    QVERIFY(refused(u"SET session_replication_role = replica"_s));
}

void RightsTest::everyFunctionPinsWhereItLooksForNames()
{
    const QString loose =
        m_store->peek(u"SELECT coalesce(string_agg(p.oid::regprocedure::text, ', '), '') FROM pg_proc p"
                      " WHERE p.pronamespace = 'holdpoint'::regnamespace"
                      " AND NOT coalesce(p.proconfig @> ARRAY['search_path=pg_catalog, holdpoint, pg_temp'], false)"_s);
    QCOMPARE(loose, QString());
    const QString open =
        m_store->peek(u"SELECT coalesce(string_agg(p.oid::regprocedure::text, ', '), '') FROM pg_proc p,"
                      " LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
                      " WHERE p.pronamespace = 'holdpoint'::regnamespace AND a.grantee = 0"_s);
    QCOMPARE(open, QString());
    const QString foreign = m_store->peek(
        u"SELECT coalesce(string_agg(p.oid::regprocedure::text, ', '), '') FROM pg_proc p"
        " WHERE p.pronamespace = 'holdpoint'::regnamespace AND p.proowner <> 'holdpoint_owner'::regrole"_s);
    QCOMPARE(foreign, QString());
}

void RightsTest::theOwnerIsNobodyWhoSignsIn()
{
    QCOMPARE(m_store->peek(u"SELECT rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls"
                           " FROM pg_roles WHERE rolname = 'holdpoint_owner'"_s),
        u"false"_s);
    QCOMPARE(
        m_store->peek(u"SELECT count(*) FROM pg_auth_members WHERE roleid = 'holdpoint_owner'::regrole"_s), u"0"_s);
}

void RightsTest::aMemberOfTheGroupAloneIsNobody()
{
    m_store->tamper(u"CREATE ROLE fake LOGIN; GRANT holdpoint_approver, holdpoint_agent, holdpoint_executor TO fake"_s);
    const Submitted submitted = m_store->submit();
    auto connection = m_store->connect(u"fake"_s);
    StoreClient fake(connection);
    QCOMPARE(fake.whoAmI()->kind, u"none"_s);
    QCOMPARE(fake.decide(approval(m_store->action(submitted.action))).error().code, Error::Code::Refused);
    QCOMPARE(fake.submit(u"prod-eu"_s, "SELECT 1", {}, {}).error().code, Error::Code::Refused);
    QCOMPARE(fake.revoke(u"bot"_s, {}).error().code, Error::Code::Refused);
    QCOMPARE(connection.run(u"SELECT holdpoint.claim('x', ARRAY['prod-eu'])"_s).error().code, Error::Code::Refused);
    QCOMPARE(connection.run(u"SELECT holdpoint.confirm_revocation(1, 'prod-eu')"_s).error().code, Error::Code::Refused);
}

void RightsTest::aTemporaryTableDeceivesNoFunction()
{
    const Submitted submitted = m_store->submit();
    auto connection = m_store->connect(u"jonas"_s);
    QVERIFY(connection.runScript(
        u"CREATE TEMP TABLE agent (role text, owner text, revoked_at timestamptz, revoked_by text);"
        "CREATE TEMP TABLE approver (role text, display_name text);"
        "INSERT INTO approver VALUES ('jonas', 'x'); INSERT INTO agent VALUES ('bot', 'lena');"
        "CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1';"
        "CREATE FUNCTION pg_temp.session_user() RETURNS text LANGUAGE sql AS $$ SELECT 'maria' $$;"
        "SET search_path = pg_temp, pg_catalog, holdpoint"_s));
    const auto refused = StoreClient(connection).decide(approval(m_store->action(submitted.action)));
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"owns"_s));
}

void RightsTest::recordedRowsAreNotChangedEvenByTheOwner_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("revision") << u"UPDATE holdpoint.revision SET sql = 'DROP TABLE x'"_s;
    QTest::newRow("decision") << u"DELETE FROM holdpoint.decision"_s;
    QTest::newRow("ledger") << u"UPDATE holdpoint.ledger_entry SET body = '{}'"_s;
    QTest::newRow("ledger, all of it") << u"TRUNCATE holdpoint.ledger_entry"_s;
    QTest::newRow("action") << u"DELETE FROM holdpoint.action"_s;
    QTest::newRow("trial") << u"DELETE FROM holdpoint.trial"_s;
}

void RightsTest::recordedRowsAreNotChangedEvenByTheOwner()
{
    QFETCH(QString, sql);
    auto admin = m_store->superuser();
    QVERIFY(admin.run(u"SET ROLE holdpoint_owner"_s));
    const auto refused = admin.run(sql);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, Error::Code::Refused);
}

void RightsTest::anActionMovesOnlyAlongTheTable()
{
    const Submitted submitted = m_store->submit();
    auto admin = m_store->superuser();
    QVERIFY(admin.run(u"SET ROLE holdpoint_owner"_s));
    const QString move = u"UPDATE holdpoint.action SET state = '%1', came_from = '%2' WHERE id = %3"_s;
    QVERIFY(!admin.run(move.arg(u"executed"_s, u"executing"_s).arg(submitted.action)));
    QVERIFY(!admin.run(move.arg(u"executing"_s, u"released"_s).arg(submitted.action)));
    QVERIFY(admin.run(move.arg(u"withdrawn"_s, u"pending"_s).arg(submitted.action)));
    QVERIFY(!admin.run(move.arg(u"pending"_s, u"nothing"_s).arg(submitted.action)));
}

void RightsTest::everybodyLearnsWhoTheyAre_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("kind");
    QTest::newRow("approver") << u"maria"_s << u"approver"_s;
    QTest::newRow("agent") << u"bot"_s << u"agent"_s;
    QTest::newRow("executor") << u"runner"_s << u"executor"_s;
    QTest::newRow("auditor") << u"vera"_s << u"auditor"_s;
    QTest::newRow("admin") << u"ada"_s << u"admin"_s;
    QTest::newRow("superuser") << u"postgres"_s << u"admin"_s;
    QTest::newRow("nobody") << u"stranger"_s << QString();
}

void RightsTest::everybodyLearnsWhoTheyAre()
{
    QFETCH(QString, role);
    QFETCH(QString, kind);
    auto connection = m_store->connect(role);
    StoreClient client(connection);
    if (kind.isEmpty()) {
        QCOMPARE(client.checkVersion().error().code, Error::Code::Refused);
        QCOMPARE(client.whoAmI().error().code, Error::Code::Refused);
        return;
    }
    QVERIFY(client.checkVersion());
    QCOMPARE(client.whoAmI().value(), (Identity{role, kind}));
}

QTEST_GUILESS_MAIN(RightsTest)
#include "rightstest.moc"
