// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/analyzerclient.h"
#include "core/catalog/catalogreader.h"
#include "core/database/connection.h"
#include "core/demo/world.h"
#include "core/impact/impactsession.h"
#include "tests/bench/measure.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace holdpoint::bench {

namespace {

constexpr int rounds = 7;
constexpr auto patience = std::chrono::seconds(60);

/// The demo's shop with 5 million orders. Their foreign keys and triggers hold for the few that are there already.
constexpr auto manyOrders = R"(
SET synchronous_commit = off;
SET session_replication_role = replica;
DROP INDEX orders_customer_idx, orders_placed_idx;
INSERT INTO orders (id, customer_id, status, total_cents, currency, placed_at)
  SELECT g, 1 + g % 500, (ARRAY['paid', 'shipped', 'pending', 'cancelled']::order_status[])[1 + g % 4], g % 90000, 'EUR',
    timestamptz '2023-01-01 00:00+00' + (g % 1180) * interval '1 day' FROM generate_series(10001, 5010000) g;
CREATE INDEX orders_customer_idx ON orders (customer_id);
CREATE INDEX orders_placed_idx ON orders (placed_at);
VACUUM ANALYZE orders;)"_L1;

/// One text, and what somebody would ask in its place.
struct Case
{
    QString name;
    QByteArray sql;
    QString condition; ///< of the rows, from FROM on
    Samples estimate = {};
    Samples preview = {};
    Samples settled = {};
    Samples counting = {};
    Samples explaining = {};
};

std::vector<Case> cases()
{
    return {{.name = u"one row by its key"_s,
                .sql = "DELETE FROM orders WHERE id = 4000000",
                .condition = u"orders WHERE id = 4000000"_s},
        {.name = u"10,000 by an index"_s,
            .sql = "UPDATE orders SET status = 'cancelled' WHERE customer_id = 77",
            .condition = u"orders WHERE customer_id = 77"_s},
        {.name = u"a quarter, no index"_s,
            .sql = "UPDATE orders SET coupon_code = 'NONE' WHERE status = 'pending'",
            .condition = u"orders WHERE status = 'pending'"_s},
        {.name = u"everything"_s, .sql = "DELETE FROM orders", .condition = u"orders"_s},
        {.name = u"a cascade"_s,
            .sql = "DELETE FROM customers WHERE plan = 'free'",
            .condition = u"customers WHERE plan = 'free'"_s}};
}

template <typename Value> Value demanded(std::expected<Value, Error> result)
{
    if (!result)
        qFatal("%s", qUtf8Printable(result.error().text()));
    return std::move(*result);
}

void load(LocalCluster &primary, Connection &reader)
{
    auto admin = demanded(Connection::open(primary.superuserConninfo(u"shop"_s), u"bench"_s));
    const QStringList statements = QString(manyOrders).split(u';', Qt::SkipEmptyParts);
    for (const QString &statement : statements)
        if (!statement.trimmed().isEmpty())
            demanded(admin.run(statement));
    const QString position =
        demanded(admin.run(u"SELECT pg_current_wal_flush_lsn()::text AS lsn"_s)).first().text(u"lsn"_s);
    while (!demanded(reader.run(u"SELECT pg_last_wal_replay_lsn() >= ?::pg_lsn AS done"_s, {position}))
            .first()
            .flag(u"done"_s))
        QThread::msleep(50);
}

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// From the request to each answer, as the console would see it.
void measureRequest(ImpactSession &session, const Assessment &assessment, const QString &replica, Case &measured)
{
    QEventLoop loop;
    QElapsedTimer timer;
    bool estimated = false, shown = false;
    const auto take = [&](qint64, int, const Impact &impact) {
        if (!impact.error.isEmpty())
            qFatal("%s", qUtf8Printable(impact.error));
        const EffectImpact &effect = impact.effects.first();
        if (!estimated && effect.estimate.rows) {
            estimated = true;
            measured.estimate.add(milliseconds(timer));
        }
        if (!shown && effect.preview) {
            shown = true;
            measured.preview.add(milliseconds(timer));
            if (!effect.preview->unknownBecause.isEmpty())
                qFatal("no rows to show: %s", qUtf8Printable(effect.preview->unknownBecause));
        }
        if (impact.settled) {
            measured.settled.add(milliseconds(timer));
            loop.quit();
        }
    };
    QObject::connect(&session, &ImpactSession::answered, &loop, take, Qt::QueuedConnection);
    timer.start();
    session.request({.action = 1, .revision = 1, .assessment = assessment, .replica = replica});
    loop.exec();
}

void measureByHand(Connection &reader, Case &measured)
{
    measured.counting.add(
        secondsOf([&] { demanded(reader.run(u"SELECT count(*) AS n FROM "_s + measured.condition)); }) * 1e3);
    measured.explaining.add(
        secondsOf([&] { demanded(reader.run(u"EXPLAIN SELECT * FROM "_s + measured.condition)); }) * 1e3);
}

QJsonObject figures(const Samples &samples)
{
    return {{u"median_ms"_s, std::round(samples.median() * 10) / 10},
        {u"max_ms"_s, std::round(samples.maximum() * 10) / 10}};
}

QJsonObject print(const std::vector<Case> &all)
{
    std::printf("%-22s %18s %18s %20s %14s %10s   %s\n", "median/maximum in ms", "first estimate", "first rows",
        "settled", "count(*)", "EXPLAIN", "first rows : count(*)");
    QJsonObject json;
    double estimate = 0, rows = 0;
    for (const Case &measured : all) {
        std::printf("%-22s %9.1f/%8.1f %9.1f/%8.1f %10.1f/%9.1f %14.1f %10.1f   %.2f\n", qPrintable(measured.name),
            measured.estimate.median(), measured.estimate.maximum(), measured.preview.median(),
            measured.preview.maximum(), measured.settled.median(), measured.settled.maximum(),
            measured.counting.median(), measured.explaining.median(),
            measured.preview.median() / measured.counting.median());
        estimate = std::max(estimate, measured.estimate.maximum());
        rows = std::max(rows, measured.preview.maximum());
        json[measured.name] = QJsonObject{{u"estimate"_s, figures(measured.estimate)},
            {u"rows"_s, figures(measured.preview)}, {u"settled"_s, figures(measured.settled)},
            {u"count"_s, figures(measured.counting)}, {u"explain"_s, figures(measured.explaining)}};
    }
    std::printf("first estimate within 200 ms: %s; first rows within 500 ms: %s\n", estimate <= 200 ? "yes" : "NO",
        rows <= 500 ? "yes" : "NO");
    return json;
}

void run()
{
    const QTemporaryDir folder(u"/tmp/holdpoint-bench-XXXXXX"_s);
    QFile::setPermissions(folder.path(), QFile::permissions(folder.path()) | QFile::ExeOther);
    const auto world = demanded(World::create({.directory = folder.path(), .scale = 0.01}));
    const QString replica = world->conninfo(u"prod-eu-replica"_s);
    auto reader = demanded(Connection::open(replica, u"bench"_s));
    const double loading = secondsOf([&] { load(world->primary(), reader); });
    std::printf("5 million orders were made and replayed in %.0f s\n", loading);

    QThread thread;
    ImpactSession session;
    session.moveToThread(&thread);
    thread.start();
    const CatalogSnapshot catalog = demanded(readCatalog(reader, u"bench"_s));
    std::vector<Case> all = cases();
    for (int round = 0; round < rounds; ++round)
        for (Case &measured : all) {
            const Assessment assessment = analyseAndWait(analyzerProgram(), measured.sql, patience, catalog);
            measureRequest(session, assessment, replica, measured);
            measureByHand(reader, measured);
        }
    thread.quit();
    thread.wait();
    std::printf("%s\n", QJsonDocument(print(all)).toJson(QJsonDocument::Compact).constData());
}

} // namespace

} // namespace holdpoint::bench

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    ::setlinebuf(stdout);
    holdpoint::bench::run();
    return 0;
}
