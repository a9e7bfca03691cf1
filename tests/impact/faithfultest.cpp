// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/analyzerclient.h"
#include "core/catalog/catalogreader.h"
#include "core/database/connection.h"
#include "core/demo/localcluster.h"
#include "core/demo/serveraccount.h"
#include "tests/support/serverfolder.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace holdpoint;

namespace {

/// Rows by table, schema and name; partitions as the table that they are part of.
using Counts = QMap<QString, qint64>;

QString qualified(const QString &table)
{
    return table.contains(u'.') ? table : u"public."_s + table;
}

} // namespace

/// What the analyzer says a statement touches, against what the statement really does.
class FaithfulTest : public QObject
{
    Q_OBJECT

private:
    qint64 number(const QString &sql)
    {
        const auto rows = m_shop->run(sql);
        if (!rows)
            m_problems.append(u"%1: %2"_s.arg(sql, rows.error().text()));
        return rows ? rows->first().optionalNumber(u"n"_s).value_or(-1) : -1;
    }

    qint64 countOf(const QString &select) { return number(u"SELECT count(*) AS n FROM (%1) AS q"_s.arg(select)); }

    /// What the transaction has changed so far.
    Counts changedSoFar()
    {
        Counts counts;
        const auto rows = m_shop->run(
            u"SELECT n.nspname || '.' || c.relname AS name, sum(s.n_tup_ins + s.n_tup_upd + s.n_tup_del)::bigint AS n"
            " FROM pg_stat_xact_user_tables s JOIN pg_class c ON c.oid = coalesce(pg_partition_root(s.relid), s.relid)"
            " JOIN pg_namespace n ON n.oid = c.relnamespace GROUP BY 1"_s);
        for (const Row &row : *rows)
            counts[row.text(u"name"_s)] = row.number(u"n"_s);
        return counts;
    }

    Counts expected(const Assessment &assessment, qint64 &refusing)
    {
        Counts counts;
        for (const Effect &effect : assessment.statements.first().effects) {
            if (!effect.unknownBecause.isEmpty())
                m_problems.append(effect.unknownBecause);
            const qint64 rows = effect.rows ? *effect.rows : countOf(effect.rowsSelect);
            counts[m_roots.value(qualified(effect.table), qualified(effect.table))] += rows;
            for (const Reached &reached : effect.reached) {
                if (reached.rowsSelect.isEmpty())
                    m_problems.append(reached.table + u": "_s + reached.unknownBecause);
                (reached.action == Reached::Action::Refuse ? refusing : counts[reached.table]) +=
                    countOf(reached.rowsSelect);
            }
        }
        return counts;
    }

    /// Keeps the preview of an effect under a name of its own; false where there is none to compare.
    bool keepPreview(const Effect &effect, int index)
    {
        if (effect.previewSelect.isEmpty() || effect.newValues.isEmpty())
            return false;
        const auto kept =
            m_shop->runScript(u"CREATE TEMP TABLE kept_%1 ON COMMIT DROP AS %2"_s.arg(index).arg(effect.previewSelect));
        if (!kept)
            m_problems.append(u"%1: %2"_s.arg(effect.previewSelect, kept.error().text()));
        return kept.has_value();
    }

    /// How many rows are not stored as an update's preview had them, of those that still have their key.
    qint64 wronglyUpdated(const Effect &effect, int index)
    {
        QStringList keys, different;
        for (const QString &key : m_keys.value(qualified(effect.table), {u"id"_s}))
            keys.append(u"t.%1::text = k.%1"_s.arg(key));
        for (qsizetype at = 0; at < effect.newValues.size(); ++at) {
            const NewValue &value = effect.newValues[at];
            if (value.unknownBecause.isEmpty() && !value.mayDiffer
                && !m_keys.value(qualified(effect.table)).contains(value.column))
                different.append(u"t.\"%1\"::text IS DISTINCT FROM k.holdpoint_new_%2::text"_s
                        .arg(QString(value.column).replace(u'"', "\"\""_L1))
                        .arg(at + 1));
        }
        if (different.isEmpty())
            return 0;
        return number(u"SELECT count(*) AS n FROM kept_%1 k LEFT JOIN %2 t ON %3 WHERE %4"_s.arg(index).arg(
            effect.table, keys.join(u" AND "_s), different.join(u" OR "_s)));
    }

    /// How many rows of an insert's preview were not stored so.
    qint64 wronglyInserted(const Effect &effect, int index)
    {
        QStringList columns;
        for (const NewValue &value : effect.newValues)
            if (value.unknownBecause.isEmpty() && !value.mayDiffer)
                columns.append(u"\"%1\"::text"_s.arg(QString(value.column).replace(u'"', "\"\""_L1)));
        return number(u"SELECT count(*) AS n FROM (SELECT %1 FROM kept_%2 EXCEPT ALL SELECT %1 FROM %3"
                      " WHERE xmin = pg_current_xact_id()::xid) AS lost"_s.arg(columns.join(u", "_s))
                          .arg(index)
                          .arg(effect.table));
    }

    void psql(const QString &file)
    {
        const auto program = postgresProgram(u"psql"_s);
        QVERIFY(program);
        QProcess process;
        process.start(*program,
            {u"-Xq"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-v"_s, u"scale=0.05"_s, u"-d"_s,
                m_server->superuserConninfo(u"shop"_s), u"-f"_s, file});
        QVERIFY2(
            process.waitForFinished(120'000) && process.exitCode() == 0, process.readAllStandardError().constData());
    }

    ServerFolder m_folder;
    std::unique_ptr<LocalCluster> m_server;
    std::optional<Connection> m_shop;
    CatalogSnapshot m_catalog;
    QStringList m_problems;
    QMap<QString, QStringList> m_keys{{u"public.order_items"_s, {u"id"_s}},
        {u"public.reading"_s, {u"device_id"_s, u"n"_s}}, {u"public.odd"_s, {u"\"Key\""_s}},
        {u"public.history"_s, {u"id"_s, u"at"_s}}, {u"public.products"_s, {u"sku"_s}},
        {u"public.events"_s, {u"id"_s, u"occurred_at"_s}}};
    QMap<QString, QString> m_roots{{u"public.events_2026_01"_s, u"public.events"_s},
        {u"public.history_new"_s, u"public.history"_s}, {u"public.live_folder"_s, u"public.folder"_s}};

private Q_SLOTS:
    void initTestCase()
    {
        auto server = LocalCluster::create({.directory = m_folder.path(u"server"_s)});
        QVERIFY2(server, qUtf8Printable(server ? QString() : server.error().text()));
        m_server = std::move(*server);
        auto admin = Connection::open(m_server->superuserConninfo(), u"test"_s);
        QVERIFY(admin && admin->runScript(u"CREATE DATABASE shop"_s));
        psql(QStringLiteral(SCHEMA));
        psql(QStringLiteral(FAITHFUL) + u"/schema.sql"_s);
        auto shop = Connection::open(m_server->superuserConninfo(u"shop"_s), u"test"_s);
        QVERIFY(shop);
        m_shop.emplace(std::move(*shop));
        QVERIFY(m_shop->runScript(u"SET search_path = public; ANALYZE"_s));
        const auto catalog = readCatalog(*m_shop, u"shop"_s, {});
        QVERIFY2(catalog, qUtf8Printable(catalog ? QString() : catalog.error().text()));
        m_catalog = *catalog;
    }

    void whatIsCountedAndPreviewedIsWhatHappens_data()
    {
        QTest::addColumn<QByteArray>("statement");
        QFile file(QStringLiteral(FAITHFUL) + u"/statements.sql"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        int cases = 0;
        for (const QByteArray &line : file.readAll().split('\n'))
            if (!line.isEmpty() && !line.startsWith("--")) {
                QTest::newRow(line.left(90).constData()) << line;
                ++cases;
            }
        QVERIFY(cases >= 60);
    }

    void whatIsCountedAndPreviewedIsWhatHappens()
    {
        QFETCH(QByteArray, statement);
        const Assessment assessment = analyseAndWait(analyzerProgram(), statement, 20s, m_catalog);
        QCOMPARE(assessment.statements.size(), 1);
        const QList<Effect> effects = assessment.statements.first().effects;
        QVERIFY(!effects.isEmpty());

        m_problems.clear();
        QVERIFY(m_shop->runScript(u"BEGIN"_s));
        const auto rollback = qScopeGuard([this] { (void)m_shop->runScript(u"ROLLBACK"_s); });
        qint64 refusing = 0;
        const Counts counted = expected(assessment, refusing);
        QList<int> previewed;
        for (int index = 0; index < effects.size(); ++index)
            if (keepPreview(effects[index], index))
                previewed.append(index);
        QVERIFY2(m_problems.isEmpty(), qPrintable(m_problems.join(u'\n')));
        const Counts before = changedSoFar();
        const auto done = m_shop->runForeign(statement);
        QCOMPARE(done ? u""_s : done.error().sqlState, refusing > 0 ? u"23503"_s : u""_s);
        if (!done)
            return;
        const Counts after = changedSoFar();
        for (auto table = after.cbegin(); table != after.cend(); ++table)
            if (table.key() != u"public.audit_log"_s)
                QVERIFY2(table.value() - before.value(table.key()) == counted.value(table.key()),
                    qPrintable(u"%1: counted %2, changed %3"_s.arg(table.key())
                            .arg(counted.value(table.key()))
                            .arg(table.value() - before.value(table.key()))));
        for (auto table = counted.cbegin(); table != counted.cend(); ++table)
            QVERIFY2(table.value() == 0 || after.contains(table.key()), qPrintable(table.key()));
        for (const int index : std::as_const(previewed))
            QCOMPARE(effects[index].verb == u"insert"_s ? wronglyInserted(effects[index], index)
                                                        : wronglyUpdated(effects[index], index),
                0);
    }
};

QTEST_GUILESS_MAIN(FaithfulTest)
#include "faithfultest.moc"
