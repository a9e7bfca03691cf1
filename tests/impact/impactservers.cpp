// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/impact/impactservers.h"

#include <QElapsedTimer>
#include <QFile>
#include <QThread>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr auto schema = R"(
CREATE ROLE reader LOGIN; GRANT pg_read_all_data, pg_read_all_stats TO reader;
CREATE TABLE customers (id int PRIMARY KEY, plan text, active boolean);
INSERT INTO customers SELECT g, CASE g % 4 WHEN 0 THEN 'pro' ELSE 'free' END, g % 10 <> 0 FROM generate_series(1, 1000) g;
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers ON DELETE CASCADE, total int);
INSERT INTO orders SELECT g, 1 + g % 1000, g % 500 FROM generate_series(1, 5000) g;
CREATE TABLE "Odd ""name" (id int); INSERT INTO "Odd ""name" SELECT generate_series(1, 7);
CREATE TABLE "Customers" (id int); INSERT INTO "Customers" SELECT generate_series(1, 3);
CREATE TABLE "old.customers" (id int); INSERT INTO "old.customers" SELECT generate_series(1, 4);
CREATE TABLE never_analysed (id int) WITH (autovacuum_enabled = off);
INSERT INTO never_analysed SELECT generate_series(1, 30);
CREATE TABLE empty (id int);
CREATE TABLE events (id int) PARTITION BY RANGE (id);
CREATE TABLE events_low PARTITION OF events FOR VALUES FROM (0) TO (100);
CREATE TABLE events_high PARTITION OF events FOR VALUES FROM (100) TO (1000);
INSERT INTO events SELECT generate_series(50, 249);
CREATE SCHEMA archive; CREATE TABLE archive.orders (id int); INSERT INTO archive.orders VALUES (1), (2);
CREATE TABLE archive.notes (id int); CREATE TABLE "archive.notes" (id int);
CREATE TABLE notes (id int); INSERT INTO notes SELECT generate_series(1, 12);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE UNLOGGED TABLE scratch (id int);
CREATE SEQUENCE counter;
CREATE TABLE canary (id int); INSERT INTO canary SELECT generate_series(1, 100);
CREATE FUNCTION purge() RETURNS int LANGUAGE plpgsql VOLATILE AS 'BEGIN DELETE FROM canary; RETURN 1; END';
CREATE FUNCTION innocent(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM purge(); RETURN $1; END';
CREATE FUNCTION loosen(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
  'BEGIN PERFORM set_config(''statement_timeout'', ''0'', false), set_config(''work_mem'', ''1GB'', false); RETURN $1; END';
CREATE FUNCTION wait(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM pg_sleep(60); RETURN $1; END';
ANALYZE customers; ANALYZE orders; ANALYZE "Odd ""name"; ANALYZE empty; ANALYZE "Customers"; ANALYZE "old.customers";
ANALYZE events_low; ANALYZE events_high;
ANALYZE archive.orders; ANALYZE notes;
)"_L1;

std::unique_ptr<LocalCluster> taken(std::expected<std::unique_ptr<LocalCluster>, Error> cluster)
{
    if (cluster)
        return std::move(*cluster);
    qWarning("%s", qUtf8Printable(cluster.error().text()));
    return {};
}

} // namespace

std::unique_ptr<ImpactServers> ImpactServers::create()
{
    auto servers = std::make_unique<ImpactServers>();
    const QString directory = servers->m_directory.path();
    QFile::setPermissions(directory, QFile::Permissions(0x7055));
    const QStringList rules{u"local all all trust"_s};
    servers->m_primary = taken(LocalCluster::create({.directory = directory + u"/primary"_s, .accessRules = rules}));
    if (!servers->m_primary)
        return {};
    auto admin = open(*servers->m_primary, u"postgres"_s);
    if (auto made = admin.runScript(schema); !made)
        qFatal("%s", qUtf8Printable(made.error().text()));
    servers->m_standby = taken(LocalCluster::createStandbyOf(
        *servers->m_primary, {.directory = directory + u"/standby"_s, .accessRules = rules}));
    if (!servers->m_standby)
        return {};
    servers->waitForReplay();
    return servers;
}

Connection ImpactServers::open(LocalCluster &server, const QString &role)
{
    auto connection = Connection::open(
        u"host=%1 port=%2 dbname=postgres user=%3"_s.arg(server.host()).arg(server.port()).arg(role), u"test"_s);
    if (!connection)
        qFatal("%s", qUtf8Printable(connection.error().text()));
    return std::move(*connection);
}

void ImpactServers::change(const QString &script)
{
    auto admin = open(*m_primary, u"postgres"_s);
    if (auto changed = admin.runScript(script); !changed)
        qFatal("%s", qUtf8Printable(changed.error().text()));
    waitForReplay();
}

void ImpactServers::waitForReplay()
{
    auto source = open(*m_primary, u"postgres"_s);
    auto copy = open(*m_standby, u"postgres"_s);
    const QString position = source.run(u"SELECT pg_current_wal_flush_lsn()::text AS lsn"_s)->first().text(u"lsn"_s);
    QElapsedTimer waited;
    waited.start();
    while (!copy.run(u"SELECT pg_last_wal_replay_lsn() >= ?::pg_lsn AS done"_s, {position})->first().flag(u"done"_s)) {
        if (waited.hasExpired(20'000))
            qFatal("the standby does not follow");
        QThread::msleep(5);
    }
}

qint64 ImpactServers::reallyChanged(const QByteArray &statement)
{
    auto admin = open(*m_primary, u"postgres"_s);
    (void)admin.run(u"BEGIN"_s);
    const auto done = admin.runForeign(statement);
    (void)admin.run(u"ROLLBACK"_s);
    // What was rolled back has made the tables larger, and the planner's figures with them.
    for (const QString &table : {u"customers"_s, u"orders"_s, u"events_low"_s, u"events_high"_s})
        (void)admin.run(u"VACUUM ANALYZE "_s + table);
    waitForReplay();
    return done ? done->rowsByTag : -1;
}

QString ImpactServers::traces()
{
    auto admin = open(*m_primary, u"postgres"_s);
    return admin
        .run(u"SELECT concat_ws(' ', (SELECT count(*) FROM canary), (SELECT count(*) FROM pg_class),"
             " (SELECT last_value FROM counter), (SELECT count(*) FROM pg_roles),"
             " (SELECT count(*) FROM pg_prepared_xacts)) AS traces"_s)
        ->first()
        .text(u"traces"_s);
}

Assessment selecting(const QString &verb, const QString &table, const QString &rowsSelect)
{
    Effect effect;
    effect.verb = verb;
    effect.table = table;
    effect.rowsSelect = rowsSelect;
    return withEffect(effect);
}

Assessment withEffect(const Effect &effect)
{
    Statement statement;
    statement.effects = {effect};
    Assessment assessment;
    assessment.statements = {statement};
    return assessment;
}

} // namespace holdpoint
