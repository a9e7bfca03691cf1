// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/store/storefixture.h"

#include "core/store/confirmationphrase.h"
#include "core/store/setup.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

template <typename Value> Value must(std::expected<Value, Error> result)
{
    if (!result)
        qFatal("%s", qUtf8Printable(result.error().text()));
    if constexpr (!std::is_void_v<Value>)
        return std::move(*result);
}

} // namespace

std::unique_ptr<StoreFixture> StoreFixture::create()
{
    auto fixture = std::make_unique<StoreFixture>();
    auto cluster = LocalCluster::create(
        {.directory = fixture->m_folder.path(u"store"_s), .accessRules = {u"local all all trust"_s}});
    if (!cluster) {
        qWarning("%s", qUtf8Printable(cluster.error().text()));
        return {};
    }
    fixture->m_cluster = std::move(*cluster);
    // No test here pulls the plug; hundreds of small transactions need not wait for the disk.
    auto admin = fixture->superuser();
    must(admin.run(u"ALTER SYSTEM SET fsync = off"_s));
    must(admin.run(u"SELECT pg_reload_conf()"_s));
    return fixture;
}

QString StoreFixture::databaseName() const
{
    return m_database == 0 ? u"postgres"_s : u"store%1"_s.arg(m_database);
}

void StoreFixture::createDatabase(const QString &original)
{
    auto admin = connect(u"postgres"_s, u"postgres"_s);
    must(admin.runScript(u"CREATE DATABASE store%1 TEMPLATE %2"_s.arg(m_database + 1).arg(original)));
    ++m_database;
}

void StoreFixture::renewDatabase()
{
    createDatabase(u"template0"_s);
}

void StoreFixture::renew()
{
    if (m_original == 0) {
        renewDatabase();
        prepare();
        m_original = m_database;
    }
    createDatabase(u"store%1"_s.arg(m_original));
}

void StoreFixture::prepare()
{
    auto admin = superuser();
    must(migrate(admin));
    for (const QString &approver : {u"maria"_s, u"jonas"_s, u"lena"_s})
        must(addApprover(admin, approver, approver));
    must(addAgent(admin, u"bot"_s, u"jonas"_s));
    must(addAgent(admin, u"etl"_s, u"lena"_s));
    must(addExecutor(admin, u"runner"_s));
    must(addAuditor(admin, u"vera"_s));
    if (peek(u"to_regrole('ada') IS NULL"_s) == "true"_L1)
        tamper(u"CREATE ROLE ada LOGIN; GRANT holdpoint_admin TO ada; CREATE ROLE stranger LOGIN"_s);
    for (const QString &target : {u"prod-eu"_s, u"prod-us"_s})
        must(addTarget(admin, {target, u"production"_s, u"service="_s + target}));
}

Connection StoreFixture::connect(const QString &role, const QString &database) const
{
    return must(tryToConnect(role, database));
}

std::expected<Connection, Error> StoreFixture::tryToConnect(const QString &role, const QString &database) const
{
    return Connection::open(u"host=%1 port=%2 dbname=%3 user='%4'"_s.arg(m_cluster->host())
                                .arg(m_cluster->port())
                                .arg(database.isEmpty() ? databaseName() : database, role),
        u"test"_s);
}

void StoreFixture::tamper(const QString &script) const
{
    auto admin = superuser();
    must(admin.runScript(script));
}

QString StoreFixture::peek(const QString &expression) const
{
    auto admin = superuser();
    return must(admin.run(u"SELECT ("_s + expression + u")::text AS value"_s)).constFirst().text(u"value"_s);
}

Submitted StoreFixture::submit(const QString &agent, const QByteArray &sql) const
{
    auto connection = connect(agent);
    return must(StoreClient(connection).submit(u"prod-eu"_s, sql, u"clean up"_s, u"old test data"_s));
}

Action StoreFixture::action(qint64 id) const
{
    auto connection = connect(u"vera"_s);
    return must(StoreClient(connection).action(id));
}

ActionState StoreFixture::approve(const QString &approver, qint64 id, RiskLevel level) const
{
    auto connection = connect(approver);
    return must(StoreClient(connection).decide(approval(action(id), level)));
}

Action StoreFixture::released() const
{
    const Submitted submitted = submit();
    approve(u"maria"_s, submitted.action);
    return action(submitted.action);
}

Decision approval(const Action &action, RiskLevel level)
{
    Decision decision;
    decision.action = action.id;
    decision.revision = action.revision;
    decision.digest = action.digest;
    decision.verdict = Verdict::Approve;
    decision.evidence = {.level = level,
        .verb = u"delete"_s,
        .count = 48210,
        .table = u"customers"_s,
        .target = action.target,
        .totalRows = 48210,
        .countKind = u"exact"_s};
    decision.words = ConfirmationPhrase(decision.evidence).text();
    return decision;
}

Decision refusal(const Action &action, Verdict verdict, const QString &reason)
{
    Decision decision = approval(action);
    decision.verdict = verdict;
    decision.words.clear();
    decision.reason = reason;
    return decision;
}

} // namespace holdpoint
