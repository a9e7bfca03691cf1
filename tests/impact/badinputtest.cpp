// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/analyzerclient.h"
#include "core/catalog/catalogreader.h"
#include "core/impact/estimator.h"
#include "tests/impact/impactservers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace holdpoint;

/// Texts and databases that are not as one would wish, the whole way from the text to the figure.
class BadInputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aRightThatIsMissingIsNamedInTheServersWords();
    void aTableThatIsMissingIsNamedInTheServersWords();
    void aCountThatTakesTooLongLeavesTheEstimateAndTheRows();
    void theQuestionAfterATimeOutHasASessionOfItsOwn();
    void aTextOfAnotherEncodingIsUnknownAndOneThatFitsIsCounted_data();
    void aTextOfAnotherEncodingIsUnknownAndOneThatFitsIsCounted();
    void aViewOnAForeignTableIsCounted();

private:
    Connection reader(const QString &database = u"postgres"_s);
    EffectImpact asked(const QString &sql, const QString &database = u"postgres"_s);

    std::unique_ptr<ImpactServers> m_servers;
    Estimator::Limits m_limits;
};

void BadInputTest::initTestCase()
{
    m_servers = ImpactServers::create();
    QVERIFY(m_servers);
}

Connection BadInputTest::reader(const QString &database)
{
    auto connection = Connection::open(u"host=%1 port=%2 dbname=%3 user=reader"_s.arg(m_servers->standby().host())
                                           .arg(m_servers->standby().port())
                                           .arg(database),
        u"test"_s);
    if (!connection)
        qFatal("%s", qUtf8Printable(connection.error().text()));
    return std::move(*connection);
}

EffectImpact BadInputTest::asked(const QString &sql, const QString &database)
{
    auto connection = reader(database);
    const auto catalog = readCatalog(connection, u"test"_s);
    if (!catalog)
        qFatal("%s", qUtf8Printable(catalog.error().text()));
    const Assessment assessment = analyseAndWait(analyzerProgram(), sql.toUtf8(), 10s, *catalog);
    const Impact impact = Estimator(connection, m_limits).estimate(assessment);
    if (impact.effects.size() != 1)
        qFatal("not one effect of %s: %s", qUtf8Printable(sql), qUtf8Printable(impact.error));
    return impact.effects.first();
}

void BadInputTest::aRightThatIsMissingIsNamedInTheServersWords()
{
    m_servers->change(u"CREATE FUNCTION secret(int) RETURNS boolean LANGUAGE sql STABLE RETURN true;"
                      "REVOKE ALL ON FUNCTION secret FROM PUBLIC"_s);
    const EffectImpact impact = asked(u"DELETE FROM orders WHERE secret(id)"_s);
    QVERIFY(!impact.best());
    QVERIFY2(impact.exact.unknownBecause.contains(u"permission denied for function secret"_s),
        qPrintable(impact.exact.unknownBecause));
}

void BadInputTest::aTableThatIsMissingIsNamedInTheServersWords()
{
    const EffectImpact impact = asked(u"DELETE FROM nowhere WHERE id = 1"_s);
    QVERIFY(!impact.best());
    QVERIFY2(
        impact.exact.unknownBecause.contains(u"\"nowhere\" does not exist"_s), qPrintable(impact.exact.unknownBecause));
}

void BadInputTest::aCountThatTakesTooLongLeavesTheEstimateAndTheRows()
{
    m_limits.read.counting = 150ms;
    const EffectImpact impact = asked(u"DELETE FROM orders WHERE id < 4 OR pg_sleep(0.1) IS NOT NULL"_s);
    m_limits = {};
    QVERIFY(impact.estimate.rows);
    QVERIFY(!impact.exact.rows);
    QVERIFY2(
        impact.exact.unknownBecause.startsWith(u"the replica stopped it"_s), qPrintable(impact.exact.unknownBecause));
    QCOMPARE(impact.bestKind(), u"estimate"_s);
}

void BadInputTest::theQuestionAfterATimeOutHasASessionOfItsOwn()
{
    auto connection = reader();
    const auto backend = [&] { return connection.run(u"SELECT pg_backend_pid() AS pid"_s)->first().number(u"pid"_s); };
    m_limits.read.counting = 100ms;
    const qint64 before = backend();
    const Estimator::Limits limits = std::exchange(m_limits, {});
    const auto ask = [&](const QString &select) {
        return Estimator(connection, limits).estimate(selecting(u"delete"_s, u"orders"_s, select)).effects.first();
    };
    QCOMPARE(ask(u"SELECT * FROM orders"_s).exact.rows, 5000);
    QCOMPARE(backend(), before);
    QVERIFY(!ask(u"SELECT pg_sleep(60)"_s).exact.rows);
    const qint64 after = backend();
    QVERIFY(after != before);
    QVERIFY(!ask(u"SELECT pg_terminate_backend(pg_backend_pid())"_s).exact.rows);
    QVERIFY(backend() != after);
    QCOMPARE(ask(u"SELECT * FROM orders"_s).exact.rows, 5000);
}

void BadInputTest::aTextOfAnotherEncodingIsUnknownAndOneThatFitsIsCounted_data()
{
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<bool>("takesEverything");
    QTest::newRow("LATIN1") << u"LATIN1"_s << false;
    QTest::newRow("SQL_ASCII") << u"SQL_ASCII"_s << true;
}

void BadInputTest::aTextOfAnotherEncodingIsUnknownAndOneThatFitsIsCounted()
{
    QFETCH(const QString, encoding);
    QFETCH(const bool, takesEverything);
    const QString database = encoding.toLower();
    auto admin = ImpactServers::open(m_servers->primary(), u"postgres"_s);
    QVERIFY(admin.run(u"CREATE DATABASE %1 ENCODING '%2' LOCALE 'C' TEMPLATE template0"_s.arg(database, encoding)));
    {
        auto inside = Connection::open(m_servers->primary().superuserConninfo(database), u"test"_s);
        QVERIFY(inside);
        QVERIFY(inside->runScript(
            u"CREATE TABLE names (n text); INSERT INTO names VALUES ('Zoë'), ('Bob'); ANALYZE names"_s));
    }
    m_servers->change(u"SELECT 1"_s);
    QCOMPARE(asked(u"DELETE FROM names WHERE n = 'Zoë'"_s, database).exact.rows, 1);
    const EffectImpact greek = asked(u"DELETE FROM names WHERE n = 'Ζωή'"_s, database);
    QCOMPARE(greek.exact.rows.has_value(), takesEverything);
    QVERIFY(greek.exact.rows || greek.exact.unknownBecause.contains(u"LATIN1"_s));
}

void BadInputTest::aViewOnAForeignTableIsCounted()
{
    auto admin = ImpactServers::open(m_servers->primary(), u"postgres"_s);
    if (admin.run(u"SELECT FROM pg_available_extensions WHERE name = 'file_fdw'"_s)->isEmpty())
        QSKIP("file_fdw is not installed");
    m_servers->change(u"CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;"
                      "CREATE FOREIGN TABLE accounts (line text) SERVER files OPTIONS (filename '/etc/passwd');"
                      "CREATE VIEW lines AS SELECT line FROM accounts"_s);
    const EffectImpact insert = asked(u"INSERT INTO empty SELECT length(line) FROM lines"_s);
    QVERIFY(insert.best() || !insert.exact.unknownBecause.isEmpty());
    const EffectImpact view = asked(u"DELETE FROM lines"_s);
    QVERIFY(!view.tableRows.rows);
    QVERIFY(!view.tableRows.unknownBecause.isEmpty());
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "badinputtest.moc"
