// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/catalog/catalogreader.h"

#include "core/database/connection.h"
#include "core/demo/world.h"
#include "tests/support/serverfolder.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QThread>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace holdpoint;
using namespace std::chrono_literals;

namespace {

/// What a catalogue may hold that is no shop's, of everything a little.
const QString oddities = uR"(
CREATE SCHEMA "Odd ""schema'";
CREATE TABLE "Odd ""schema'"."line
break\n" ("naïve 𝄞" text NOT NULL DEFAULT E'tab\tnew\nline', "{""json"": 1}" int);
CREATE SCHEMA closed; REVOKE ALL ON SCHEMA closed FROM PUBLIC;
CREATE TABLE closed.secret (id int PRIMARY KEY, hint text);
INSERT INTO closed.secret SELECT g, 'hint' FROM generate_series(1, 50) g; ANALYZE closed.secret;
CREATE TABLE closed.parent (a int CHECK (a > 0), b int CONSTRAINT alone CHECK (b > 0) NO INHERIT, gone int, c int);
ALTER TABLE closed.parent DROP COLUMN gone, ADD CONSTRAINT late CHECK (c > 0) NOT VALID;
CREATE TABLE closed.child () INHERITS (closed.parent);
CREATE UNIQUE INDEX partial_key ON closed.parent (a) WHERE b > 7;
CREATE UNIQUE INDEX expression_key ON closed.parent (abs(a), c);
CREATE UNIQUE INDEX covering_key ON closed.parent (a) INCLUDE (b);
ALTER TABLE closed.parent ADD CONSTRAINT deferred_key UNIQUE (b) DEFERRABLE;
CREATE TABLE closed.computed (a int GENERATED ALWAYS AS IDENTITY, b int GENERATED ALWAYS AS (a * 2) STORED);
CREATE DOMAIN closed.even AS int DEFAULT 2 NOT NULL CHECK (VALUE % 2 = 0);
CREATE TYPE closed.pair AS (x int, y text); CREATE TYPE closed.span AS RANGE (subtype = int);
CREATE TYPE mood AS ENUM ('sad', 'it''s "ok"');
CREATE FUNCTION closed.of_mood(mood) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE CAST (mood AS int) WITH FUNCTION closed.of_mood(mood);
CREATE FUNCTION closed.many(a int, VARIADIC b text[]) RETURNS SETOF closed.pair LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$ BEGIN RETURN; END $$;
CREATE FUNCTION closed.counted(a int DEFAULT 1) RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM closed.secret);
CREATE AGGREGATE closed.total(int) (sfunc = int4pl, stype = int);
CREATE OPERATOR closed.<~> (leftarg = int, rightarg = int, procedure = int4pl);
CREATE VIEW closed.secrets AS SELECT id FROM closed.secret;
CREATE RULE nothing AS ON INSERT TO closed.secrets DO INSTEAD NOTHING;
CREATE TABLE boxes (b box[], t text[], c closed.pair);
INSERT INTO boxes SELECT '{(1,1),(0,0)}'::box[], ARRAY['a,b', NULL, '"'], ROW(1, 'x,"y')::closed.pair FROM generate_series(1, 50);
ANALYZE boxes;
)"_s;

QJsonArray textArray(std::initializer_list<const char *> texts)
{
    QJsonArray array;
    for (const char *text : texts)
        array.append(QString::fromUtf8(text));
    return array;
}

} // namespace

/// The snapshot as real servers give it, to roles with the least rights.
class CatalogReaderTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ServerFolder> m_folder;
    std::unique_ptr<World> m_world;

    Connection open(const QString &service)
    {
        auto connection = Connection::open(m_world->conninfo(service), u"test"_s);
        if (!connection)
            qFatal("%s", qUtf8Printable(connection.error().text()));
        return std::move(*connection);
    }

    void change(const QString &script)
    {
        auto admin = open(u"prod-eu-admin"_s);
        if (auto done = admin.runScript(script); !done)
            qFatal("%s", qUtf8Printable(done.error().text()));
        waitForReplay(admin);
    }

    void waitForReplay(Connection &source)
    {
        auto copy = open(u"prod-eu-replica"_s);
        const QString lsn = source.run(u"SELECT pg_current_wal_flush_lsn()::text AS lsn"_s)->first().text(u"lsn"_s);
        QTRY_VERIFY_WITH_TIMEOUT(
            copy.run(u"SELECT pg_last_wal_replay_lsn() >= ?::pg_lsn AS done"_s, {lsn})->first().flag(u"done"_s),
            60'000);
    }

    CatalogSnapshot snapshot(const QString &service, const CatalogOptions &options = {})
    {
        auto connection = open(service);
        const auto read = readCatalog(connection, service, options);
        if (!read)
            qFatal("%s", qUtf8Printable(read.error().text()));
        return *read;
    }

    QJsonObject read(const QString &service, const CatalogOptions &options = {})
    {
        return QJsonDocument::fromJson(snapshot(service, options).json).object();
    }

    static QJsonObject named(const QJsonArray &list, const QString &schema, const QString &name)
    {
        for (const QJsonValue value : list)
            if (value[u"name"_s].toString() == name && value[u"schema"_s].toString() == schema)
                return value.toObject();
        return {};
    }

    static QJsonObject relation(const QJsonObject &catalog, const QString &name, const QString &schema = u"public"_s)
    {
        return named(catalog[u"relations"_s].toArray(), schema, name);
    }

    static QJsonObject column(const QJsonObject &relation, const QString &name)
    {
        for (const QJsonValue value : relation[u"columns"_s].toArray())
            if (value[u"name"_s].toString() == name)
                return value.toObject();
        return {};
    }

private Q_SLOTS:
    void initTestCase();
    void aSnapshotSaysWhatItIs();
    void theShopsTablesAreWhole();
    void theShopsForeignKeysAndRoutinesAreWhole();
    void theServersOwnRelationsAreShort();
    void statisticsAreThereUnlessTheyAreNotWanted();
    void hostileNamesAreNamesAndNothingElse();
    void whatHoldsForEveryRowIsToldFromWhatDoesNot();
    void routinesTypesOperatorsAndCastsAreDescribed();
    void whoReadsATableIsListed();
    void otherPeoplesTemporaryTablesAreLeftOut();
    void nothingIsWritten();
    void tablesMayComeAndGoMeanwhile();
    void aTableThatIsBeingAlteredIsAnErrorAndNoWait();
    void aCatalogueThatIsTooLargeIsAnError();
    void tenThousandTablesAreRead();
};

void CatalogReaderTest::initTestCase()
{
    m_folder = std::make_unique<ServerFolder>();
    auto world = World::create({.directory = m_folder->path(u"world"_s)});
    QVERIFY2(world, world ? "" : qPrintable(world.error().text()));
    m_world = std::move(*world);
    change(oddities);
}

void CatalogReaderTest::aSnapshotSaysWhatItIs()
{
    QElapsedTimer taken;
    taken.start();
    const CatalogSnapshot first = snapshot(u"prod-eu-replica"_s);
    qInfo("the shop's: %lld ms, %lld bytes", taken.restart(), qlonglong(first.json.size()));
    snapshot(u"prod-eu-write"_s, {.withStatistics = false});
    qInfo("the shop's, without statistics, from the primary: %lld ms", taken.elapsed());
    QVERIFY(!first.isEmpty());
    QCOMPARE(first.source, u"prod-eu-replica"_s);
    QCOMPARE(first.id.size(), 16);
    QVERIFY(qAbs(first.takenAt.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    QVERIFY(!first.json.contains('\n'));
    QCOMPARE(snapshot(u"prod-eu-replica"_s).id, first.id);
    const QJsonObject catalog = QJsonDocument::fromJson(first.json).object();
    QCOMPARE(catalog[u"version"_s], 1);
    QCOMPARE(catalog[u"search_path"_s].toArray(), textArray({"public"}));
    QVERIFY(catalog[u"server"_s].toInt() >= 160000);
    QCOMPARE(catalog.keys(),
        QStringList({u"casts"_s, u"dependents"_s, u"extensions"_s, u"foreign_keys"_s, u"operators"_s, u"relations"_s,
            u"routines"_s, u"schemas"_s, u"search_path"_s, u"server"_s, u"types"_s, u"version"_s}));
    QCOMPARE(catalog[u"extensions"_s].toArray(), textArray({"plpgsql"}));
    QVERIFY(catalog[u"schemas"_s].toArray().contains(u"archive"_s));
    QVERIFY(!catalog[u"schemas"_s].toArray().contains(u"pg_catalog"_s));
}

void CatalogReaderTest::theShopsTablesAreWhole()
{
    const QJsonObject catalog = read(u"prod-eu-replica"_s);
    const QJsonObject customers = relation(catalog, u"customers"_s);
    QCOMPARE(customers[u"kind"_s], u"r"_s);
    QCOMPARE(customers[u"owner"_s], u"app_owner"_s);
    QCOMPARE(customers[u"rows"_s], 500);
    QVERIFY(customers[u"bytes"_s].toInteger() > 8192);
    QVERIFY(!customers.contains(u"rls"_s));
    QCOMPARE(customers[u"keys"_s].toArray(), QJsonArray({textArray({"id"}), textArray({"email"})}));
    QCOMPARE(customers[u"checks"_s].toArray(),
        textArray({"(plan = ANY (ARRAY['free'::text, 'pro'::text, 'business'::text, 'enterprise'::text]))"}));
    const QJsonObject trigger = customers[u"triggers"_s][0].toObject();
    QCOMPARE(customers[u"triggers"_s].toArray().size(), 1);
    QCOMPARE(trigger[u"name"_s], u"customers_audit"_s);
    QCOMPARE(trigger[u"enabled"_s], u"O"_s);
    QCOMPARE(trigger[u"type"_s], 29);
    const QJsonObject audit = named(catalog[u"routines"_s].toArray(), u"public"_s, u"audit_row_change"_s);
    QCOMPARE(trigger[u"function"_s], audit[u"oid"_s]);

    const QJsonObject id = column(customers, u"id"_s);
    QCOMPARE(id[u"type"_s], u"bigint"_s);
    QCOMPARE(id[u"type_oid"_s], 20);
    QCOMPARE(id[u"not_null"_s], true);
    QCOMPARE(id[u"identity"_s], u"d"_s);
    QVERIFY(!column(customers, u"company"_s).contains(u"not_null"_s));
    QCOMPARE(column(customers, u"created_at"_s)[u"default"_s], u"now()"_s);
    QCOMPARE(column(relation(catalog, u"orders"_s), u"status"_s)[u"type"_s], u"public.order_status"_s);

    const QJsonObject notes = relation(catalog, u"support_notes"_s);
    QCOMPARE(notes[u"rls"_s], true);
    QCOMPARE(notes[u"rls_forced"_s], true);
    QVERIFY(notes[u"expressions"_s].toArray().contains(u"(assignee = CURRENT_USER)"_s));
    const QJsonObject january = relation(catalog, u"events_2026_01"_s);
    QCOMPARE(january[u"parents"_s].toArray(), QJsonArray{relation(catalog, u"events"_s)[u"oid"_s]});
    QCOMPARE(relation(catalog, u"events"_s)[u"kind"_s], u"p"_s);
    QVERIFY(relation(catalog, u"active_customers"_s)[u"definition"_s].toString().contains(u"FROM public.customers"_s));
    const QJsonObject rule = relation(catalog, u"inbox"_s)[u"rules"_s][0].toObject();
    QCOMPARE(relation(catalog, u"inbox"_s)[u"rules"_s].toArray().size(), 1);
    QCOMPARE(rule[u"event"_s], u"d"_s);
    QCOMPARE(rule[u"instead"_s], true);
    QVERIFY(rule[u"definition"_s].toString().startsWith(u"CREATE RULE inbox_delete"_s));
}

void CatalogReaderTest::theShopsForeignKeysAndRoutinesAreWhole()
{
    const QJsonObject catalog = read(u"prod-eu-replica"_s);
    QJsonObject cascade;
    for (const QJsonValue key : catalog[u"foreign_keys"_s].toArray())
        if (key[u"name"_s].toString() == u"orders_customer_id_fkey"_s)
            cascade = key.toObject();
    QCOMPARE(cascade[u"from"_s], relation(catalog, u"orders"_s)[u"oid"_s]);
    QCOMPARE(cascade[u"to"_s], relation(catalog, u"customers"_s)[u"oid"_s]);
    QCOMPARE(cascade[u"from_columns"_s].toArray(), textArray({"customer_id"}));
    QCOMPARE(cascade[u"to_columns"_s].toArray(), textArray({"id"}));
    QCOMPARE(cascade[u"on_delete"_s], u"c"_s);
    QCOMPARE(cascade[u"on_update"_s], u"a"_s);
    QCOMPARE(catalog[u"foreign_keys"_s].toArray().size(), 8);

    const QJsonArray routines = catalog[u"routines"_s].toArray();
    const QJsonObject close = named(routines, u"public"_s, u"close_account"_s);
    QCOMPARE(close[u"security_definer"_s], true);
    QCOMPARE(close[u"settings"_s].toArray(), textArray({"search_path=public, pg_temp"}));
    QCOMPARE(close[u"argument_types"_s].toArray(), textArray({"bigint"}));
    QVERIFY(close[u"definition"_s].toString().contains(u"DELETE FROM sessions"_s));
    QCOMPARE(named(routines, u"public"_s, u"archive_orders"_s)[u"kind"_s], u"p"_s);
    QCOMPARE(named(routines, u"public"_s, u"schema_version"_s)[u"volatility"_s], u"i"_s);
    QVERIFY(named(routines, u"pg_catalog"_s, u"lower"_s).isEmpty());
}

void CatalogReaderTest::theServersOwnRelationsAreShort()
{
    const QJsonObject activity = relation(read(u"prod-eu-replica"_s), u"pg_stat_activity"_s, u"pg_catalog"_s);
    QCOMPARE(activity.keys(), QStringList({u"columns"_s, u"kind"_s, u"name"_s, u"oid"_s, u"schema"_s}));
    QCOMPARE(column(activity, u"pid"_s)[u"type"_s], u"integer"_s);
    const QJsonObject proc = relation(read(u"prod-eu-replica"_s), u"pg_proc"_s, u"pg_catalog"_s);
    QCOMPARE(column(proc, u"oid"_s)[u"not_null"_s], true);
}

void CatalogReaderTest::statisticsAreThereUnlessTheyAreNotWanted()
{
    const QJsonObject with = column(relation(read(u"prod-eu-replica"_s), u"customers"_s), u"plan"_s);
    const QJsonArray common = with[u"common"_s].toArray(), frequencies = with[u"frequencies"_s].toArray();
    QCOMPARE(common.first(), u"free"_s);
    QCOMPARE(common.size(), frequencies.size());
    QVERIFY(qAbs(frequencies.first().toDouble() - 3.0 / 7) < 0.05);
    QCOMPARE(with[u"distinct"_s], 4);
    QCOMPARE(with[u"null_frac"_s], 0);
    const QJsonObject id = column(relation(read(u"prod-eu-replica"_s), u"customers"_s), u"id"_s);
    QCOMPARE(id[u"bounds"_s].toArray().first(), u"1"_s);
    QCOMPARE(id[u"bounds"_s].toArray().last(), u"500"_s);
    QVERIFY(column(relation(read(u"prod-eu-replica"_s), u"events"_s), u"kind"_s).contains(u"common"_s));

    const CatalogOptions none{.withStatistics = false};
    const QJsonObject without = column(relation(read(u"prod-eu-replica"_s, none), u"customers"_s), u"plan"_s);
    QCOMPARE(without.keys(), QStringList({u"default"_s, u"name"_s, u"not_null"_s, u"type"_s, u"type_oid"_s}));
    QCOMPARE(relation(read(u"prod-eu-replica"_s, none), u"customers"_s)[u"rows"_s], 500);
}

void CatalogReaderTest::hostileNamesAreNamesAndNothingElse()
{
    const QJsonObject catalog = read(u"prod-eu-replica"_s);
    const QString schema = u"Odd \"schema'"_s;
    QVERIFY(catalog[u"schemas"_s].toArray().contains(schema));
    const QJsonObject odd = relation(catalog, u"line\nbreak\\n"_s, schema);
    QVERIFY(!odd.isEmpty());
    const QJsonObject first = column(odd, u"naïve 𝄞"_s);
    QCOMPARE(first[u"default"_s], u"'tab\tnew\nline'::text"_s);
    QVERIFY(!column(odd, u"{\"json\": 1}"_s).isEmpty());
    QVERIFY(!column(relation(catalog, u"boxes"_s), u"t"_s).contains(u"common"_s)); // the reader may not read it
    const QJsonObject boxes = relation(read(u"prod-eu-admin"_s), u"boxes"_s);
    QCOMPARE(boxes[u"columns"_s].toArray().size(), 3);
    QCOMPARE(column(boxes, u"t"_s)[u"common"_s].toArray(), textArray({"{\"a,b\",NULL,\"\\\"\"}"}));
}

void CatalogReaderTest::whatHoldsForEveryRowIsToldFromWhatDoesNot()
{
    const QJsonObject catalog = read(u"prod-eu-replica"_s);
    const QJsonObject parent = relation(catalog, u"parent"_s, u"closed"_s);
    QCOMPARE(parent[u"columns"_s].toArray().size(), 3); // of four, one was dropped
    QCOMPARE(parent[u"checks"_s].toArray(), textArray({"(a > 0)"}));
    QCOMPARE(parent[u"keys"_s].toArray(), QJsonArray{textArray({"a"})});
    QCOMPARE(parent[u"expressions"_s].toArray(), textArray({"(b > 0)", "(b > 7)", "(c > 0)", "abs(a)"}));
    QVERIFY(!parent.contains(u"rows"_s));
    const QJsonObject child = relation(catalog, u"child"_s, u"closed"_s);
    QCOMPARE(child[u"parents"_s].toArray(), QJsonArray{parent[u"oid"_s]});
    const QJsonObject computed = relation(catalog, u"computed"_s, u"closed"_s);
    QCOMPARE(column(computed, u"a"_s)[u"identity"_s], u"a"_s);
    QCOMPARE(column(computed, u"b"_s)[u"generated"_s], u"s"_s);
    QCOMPARE(column(computed, u"b"_s)[u"default"_s], u"(a * 2)"_s);
}

void CatalogReaderTest::routinesTypesOperatorsAndCastsAreDescribed()
{
    const QJsonObject catalog = read(u"prod-eu-replica"_s);
    const QJsonArray routines = catalog[u"routines"_s].toArray(), types = catalog[u"types"_s].toArray();
    const QJsonObject many = named(routines, u"closed"_s, u"many"_s);
    QCOMPARE(many[u"arguments"_s], 2);
    QCOMPARE(many[u"variadic"_s], true);
    QCOMPARE(many[u"returns"_s], u"closed.pair"_s);
    QCOMPARE(many[u"returns_set"_s], true);
    QCOMPARE(many[u"argument_types"_s].toArray(), textArray({"integer", "text[]"}));
    QCOMPARE(named(routines, u"closed"_s, u"counted"_s)[u"defaults"_s], 1);
    const QJsonObject total = named(routines, u"closed"_s, u"total"_s);
    QCOMPARE(total[u"kind"_s], u"a"_s);
    QVERIFY(!total.contains(u"definition"_s));

    const QJsonObject mood = named(types, u"public"_s, u"mood"_s);
    QCOMPARE(mood[u"labels"_s].toArray(), textArray({"sad", "it's \"ok\""}));
    const QJsonObject even = named(types, u"closed"_s, u"even"_s);
    QCOMPARE(even[u"kind"_s], u"d"_s);
    QCOMPARE(even[u"base"_s], u"integer"_s);
    QCOMPARE(even[u"base_oid"_s], 23);
    QCOMPARE(even[u"not_null"_s], true);
    QCOMPARE(even[u"default"_s], u"2"_s);
    QCOMPARE(even[u"checks"_s].toArray(), textArray({"((VALUE % 2) = 0)"}));
    const QJsonObject span = named(types, u"closed"_s, u"span"_s), pair = named(types, u"closed"_s, u"pair"_s);
    QCOMPARE(span[u"kind"_s], u"r"_s);
    QCOMPARE(span[u"base_oid"_s], 23);
    QVERIFY(!span.contains(u"function"_s));
    QCOMPARE(pair[u"kind"_s], u"c"_s);
    QCOMPARE(relation(catalog, u"pair"_s, u"closed"_s)[u"type_oid"_s], pair[u"oid"_s]);
    QCOMPARE(relation(catalog, u"pair"_s, u"closed"_s)[u"array_oid"_s], pair[u"array_oid"_s]);
    QVERIFY(named(types, u"public"_s, u"_mood"_s).isEmpty());
    QVERIFY(named(types, u"public"_s, u"customers"_s).isEmpty());
    QCOMPARE(relation(catalog, u"pair"_s, u"closed"_s)[u"kind"_s], u"c"_s);

    QJsonObject cast;
    for (const QJsonValue value : catalog[u"casts"_s].toArray())
        if (value[u"source"_s].toString() == u"public.mood"_s)
            cast = value.toObject();
    QCOMPARE(cast[u"target"_s], u"int4"_s);
    QCOMPARE(cast[u"source_oid"_s], mood[u"oid"_s]);
    QCOMPARE(cast[u"target_oid"_s], 23);
    QCOMPARE(cast[u"context"_s], u"e"_s);
    QCOMPARE(cast[u"function"_s], named(routines, u"closed"_s, u"of_mood"_s)[u"oid"_s]);
    QCOMPARE(named(catalog[u"operators"_s].toArray(), u"closed"_s, u"<~>"_s)[u"function"_s], 177);
}

void CatalogReaderTest::whoReadsATableIsListed()
{
    const QJsonObject catalog = read(u"prod-eu-replica"_s);
    const QJsonValue secret = relation(catalog, u"secret"_s, u"closed"_s)[u"oid"_s];
    QStringList readers;
    for (const QJsonValue dependent : catalog[u"dependents"_s].toArray())
        if (dependent[u"on"_s] == secret)
            readers.append(dependent[u"kind"_s].toString() + u' ' + dependent[u"name"_s].toString());
    QCOMPARE(readers, QStringList({u"function closed.counted"_s, u"view closed.secrets"_s}));
}

void CatalogReaderTest::otherPeoplesTemporaryTablesAreLeftOut()
{
    auto other = open(u"prod-eu-admin"_s);
    QVERIFY(other.run(u"CREATE TEMPORARY TABLE fleeting (id int PRIMARY KEY)"_s));
    QVERIFY(other.run(u"CREATE FUNCTION pg_temp.fleeting() RETURNS int LANGUAGE sql AS 'SELECT 1'"_s));
    QVERIFY(!snapshot(u"prod-eu-admin"_s).json.contains("fleeting"));
    QVERIFY(!snapshot(u"prod-eu-write"_s).json.contains("fleeting"));
}

void CatalogReaderTest::nothingIsWritten()
{
    change(u"ALTER ROLE holdpoint_writer SET log_statement = 'all'"_s);
    snapshot(u"prod-eu-write"_s);
    QFile log(m_world->primary().logFile());
    QVERIFY(log.open(QIODevice::ReadOnly));
    QByteArrayList said;
    for (const QByteArray &line : log.readAll().split('\n'))
        if (const qsizetype at = line.indexOf("LOG:  statement: "); at >= 0)
            said.append(line.sliced(at + 17).trimmed());
    const qsizetype begun = said.indexOf("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    QVERIFY(begun >= 0);
    QCOMPARE(said.last(), "ROLLBACK");
    QCOMPARE(said.size() - begun, 12); // and the settings, and nine sections
    QVERIFY(said.at(begun + 1).startsWith("SET LOCAL "));
    for (qsizetype section = begun + 2; section < said.size() - 1; ++section)
        QVERIFY2(said.at(section).startsWith("SELECT "), said.at(section).constData());
    change(u"ALTER ROLE holdpoint_writer RESET log_statement"_s);
}

void CatalogReaderTest::tablesMayComeAndGoMeanwhile()
{
    std::atomic_bool enough = false;
    std::atomic_int rounds = 0;
    std::thread builder([&] {
        auto admin = open(u"prod-eu-admin"_s);
        while (!enough) {
            (void)admin.runScript(u"CREATE TABLE passing (id int PRIMARY KEY DEFAULT 1 CHECK (id > 0), t text);"
                                  "CREATE INDEX ON passing (lower(t));"
                                  "CREATE FUNCTION passing_f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
                                  "CREATE VIEW passing_view AS SELECT id, passing_f() FROM passing;"_s);
            (void)admin.runScript(u"DROP VIEW passing_view; DROP TABLE passing; DROP FUNCTION passing_f()"_s);
            ++rounds;
        }
    });
    int failed = 0;
    for (const QString &service : {u"prod-eu-write"_s, u"prod-eu-replica"_s})
        for (int round = 0; round < 15; ++round) {
            auto connection = open(service);
            if (const auto read = readCatalog(connection, service); !read) {
                qWarning("%s", qUtf8Printable(read.error().text()));
                ++failed;
            }
        }
    enough = true;
    builder.join();
    QCOMPARE(failed, 0);
    QVERIFY(rounds > 10);
}

void CatalogReaderTest::aTableThatIsBeingAlteredIsAnErrorAndNoWait()
{
    auto admin = open(u"prod-eu-admin"_s);
    QVERIFY(admin.run(u"BEGIN"_s));
    QVERIFY(admin.run(u"LOCK TABLE customers IN ACCESS EXCLUSIVE MODE"_s));
    auto connection = open(u"prod-eu-write"_s);
    QElapsedTimer taken;
    taken.start();
    const auto refused = readCatalog(connection, {}, {.lockWait = 200ms});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, Error::Code::TimedOut);
    QVERIFY(!taken.hasExpired(3'000));
    QVERIFY(admin.run(u"ROLLBACK"_s));
    QVERIFY(readCatalog(connection, {}));
}

void CatalogReaderTest::aCatalogueThatIsTooLargeIsAnError()
{
    auto connection = open(u"prod-eu-replica"_s);
    const qsizetype size = readCatalog(connection, {})->json.size();
    QVERIFY(!readCatalog(connection, {}, {.largest = size - 1}));
    QVERIFY(readCatalog(connection, {}, {.largest = size}));
    const auto tiny = readCatalog(connection, {}, {.largest = 1000});
    QVERIFY(!tiny);
    QVERIFY(tiny.error().message.contains(u"larger than"_s));
}

void CatalogReaderTest::tenThousandTablesAreRead()
{
    QElapsedTimer taken;
    for (int part = 0; part < 10; ++part)
        change(u"CREATE SCHEMA crowd%1; DO $$ BEGIN FOR n IN 1..1000 LOOP EXECUTE format("
               "'CREATE TABLE crowd%1.t%s (id int NOT NULL CHECK (id > 0), at date DEFAULT now())', n);"
               " END LOOP; END $$"_s.arg(part));
    for (const bool statistics : {true, false}) {
        taken.start();
        const CatalogSnapshot crowd = snapshot(u"prod-eu-replica"_s, {.withStatistics = statistics});
        qInfo("%lld ms, %lld bytes, statistics %d", taken.elapsed(), qlonglong(crowd.json.size()), statistics);
        const QJsonObject catalog = QJsonDocument::fromJson(crowd.json).object();
        QVERIFY(catalog[u"relations"_s].toArray().size() > 10'000);
        QCOMPARE(relation(catalog, u"t1000"_s, u"crowd9"_s)[u"checks"_s].toArray(), textArray({"(id > 0)"}));
    }
}

QTEST_GUILESS_MAIN(CatalogReaderTest)
#include "catalogreadertest.moc"
