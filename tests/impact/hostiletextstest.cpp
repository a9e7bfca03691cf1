// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/impact/hostiletexts.h"
#include "core/assessment/analyzerclient.h"
#include "core/assessment/analyzerwire.h"
#include "core/catalog/catalogreader.h"
#include "core/impact/estimator.h"
#include "tests/impact/impactservers.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QThread>

#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace holdpoint;

namespace {

constexpr qsizetype submissions = 1000;
constexpr qsizetype selects = 400;
constexpr qsizetype betweenLooks = 50;

/// Asks the standby all the time how it is, as somebody else.
class Health
{
public:
    explicit Health(LocalCluster &standby)
        : m_asking([this, &standby](const std::stop_token &stop) { ask(standby, stop); })
    {
    }

    /// The longest that an answer took, in milliseconds; nothing if one did not come.
    std::optional<qint64> finish()
    {
        m_asking.request_stop();
        m_asking.join();
        return m_failed ? std::nullopt : std::optional(m_longest);
    }

private:
    void ask(LocalCluster &standby, const std::stop_token &stop)
    {
        auto admin = ImpactServers::open(standby, u"postgres"_s);
        while (!stop.stop_requested()) {
            QElapsedTimer taken;
            taken.start();
            const auto answer = admin.run(u"SELECT count(*) AS n FROM customers WHERE active"_s);
            m_longest = std::max(m_longest, taken.elapsed());
            m_failed = m_failed || !answer;
            QThread::msleep(10);
        }
    }

    qint64 m_longest = 0;
    bool m_failed = false;
    std::jthread m_asking;
};

qint64 peakMemory()
{
    QFile status(u"/proc/self/status"_s);
    if (status.open(QIODevice::ReadOnly))
        for (const QByteArray &line : status.readAll().split('\n'))
            if (line.startsWith("VmHWM:"))
                return line.sliced(6).chopped(2).trimmed().toLongLong() / 1024;
    return 0;
}

} // namespace

/// More texts than anybody would write by hand, the whole way and past the analyzer.
class HostileTextsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void submissionsLeaveNoTraceAndTheStandbyAnswers();
    void selectsOfATakenOverAnalyzerLeaveNoTraceEither();
    void aHugeRowIsCutBeforeItIsSent();
    void cleanup();

private:
    void ask(const Assessment &assessment);
    /// Everything of the primary that a text could change.
    QString fingerprint();
    void runAll(const QStringList &texts, const std::function<Assessment(const QString &)> &assess);

    const quint32 m_seed =
        qEnvironmentVariable("HOLDPOINT_SEED", QStringLiteral("20261124")).toUInt();
    std::unique_ptr<ImpactServers> m_servers;
    QString m_before;
};

void HostileTextsTest::initTestCase()
{
    m_servers = ImpactServers::create();
    QVERIFY(m_servers);
    m_servers->change(
        u"CREATE FUNCTION locks(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS"
        " 'BEGIN PERFORM pg_advisory_lock(1), pg_sleep(60); LOCK TABLE canary IN ACCESS SHARE MODE; RETURN 1; END';"
        "ALTER ROLE reader SET temp_file_limit = '64MB';"
        "DO $$ BEGIN IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'dblink') THEN"
        " CREATE EXTENSION dblink; END IF; END $$"_s);
    m_before = fingerprint();
    qInfo("seed %u (HOLDPOINT_SEED)", m_seed);
}

QString HostileTextsTest::fingerprint()
{
    auto admin = ImpactServers::open(m_servers->primary(), u"postgres"_s);
    return admin
        .run(u"SELECT concat_ws(' ', (SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM canary),"
             " (SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM customers c),"
             " (SELECT md5(string_agg(o::text, ',' ORDER BY id)) FROM orders o), (SELECT count(*) FROM notes),"
             " (SELECT last_value::text || is_called FROM counter), (SELECT md5(string_agg(a::text, ',' ORDER BY oid))"
             " FROM pg_authid a), (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_proc),"
             " (SELECT count(*) FROM pg_prepared_xacts), (SELECT count(*) FROM pg_largeobject_metadata),"
             " (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'),"
             " (SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader'),"
             " (SELECT count(*) FROM pg_replication_slots)) AS traces"_s)
        ->first()
        .text(u"traces"_s);
}

void HostileTextsTest::ask(const Assessment &assessment)
{
    Estimator::Limits limits;
    limits.read.planning = limits.read.counting = limits.read.showing = 50ms;
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    const Impact impact = Estimator(reader, limits).estimate(assessment);
    for (const EffectImpact &effect : impact.effects)
        QVERIFY(effect.exact.rows || !effect.exact.unknownBecause.isEmpty());
}

void HostileTextsTest::runAll(const QStringList &texts, const std::function<Assessment(const QString &)> &assess)
{
    Health health(m_servers->standby());
    QElapsedTimer taken;
    taken.start();
    qsizetype effects = 0;
    for (qsizetype index = 0; index < texts.size(); ++index) {
        const Assessment assessment = assess(texts[index]);
        for (const Statement &statement : assessment.statements)
            effects += statement.effects.size();
        ask(assessment);
        if (index % betweenLooks == 0 || index + 1 == texts.size())
            QVERIFY2(fingerprint() == m_before, qPrintable(u"at the latest by: "_s + texts[index]));
    }
    const std::optional<qint64> longest = health.finish();
    QVERIFY(longest);
    qInfo("%lld texts, %lld effects in %.1f s; the standby's slowest answer to others: %lld ms; peak memory: %lld MiB",
        static_cast<long long>(texts.size()), static_cast<long long>(effects), double(taken.elapsed()) / 1000,
        static_cast<long long>(*longest), static_cast<long long>(peakMemory()));
    QVERIFY(*longest < 1000);
}

void HostileTextsTest::submissionsLeaveNoTraceAndTheStandbyAnswers()
{
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    const auto catalog = readCatalog(reader, u"test"_s);
    QVERIFY(catalog);
    BlockingAnalyzer analyzer(analyzerProgram(), 5s);
    runAll(HostileTexts(m_seed, m_servers->primary().superuserConninfo()).submissions(submissions),
        [&](const QString &text) { return analyzer.analyse(text.toUtf8(), *catalog); });
}

void HostileTextsTest::selectsOfATakenOverAnalyzerLeaveNoTraceEither()
{
    runAll(
        HostileTexts(m_seed + 1, m_servers->primary().superuserConninfo()).selects(selects), [](const QString &text) {
            Effect effect;
            effect.verb = u"delete"_s;
            effect.table = u"canary"_s;
            effect.rowsSelect = effect.previewSelect = text;
            effect.previewColumns = {{.name = u"id"_s, .type = u"integer"_s, .isKey = true}};
            return withEffect(effect);
        });
}

void HostileTextsTest::aHugeRowIsCutBeforeItIsSent()
{
    Effect effect;
    effect.verb = u"delete"_s;
    effect.table = u"canary"_s;
    effect.rowsSelect = effect.previewSelect = u"SELECT repeat('a', 3000000) FROM canary -- )"_s;
    effect.previewColumns = {{.name = u"id"_s, .type = u"text"_s, .isKey = true}};
    auto reader = ImpactServers::open(m_servers->standby(), u"reader"_s);
    const Impact impact = Estimator(reader).estimate(withEffect(effect));
    const std::optional<Preview> &preview = impact.effects.first().preview;
    QVERIFY(preview);
    QVERIFY2(preview->unknownBecause.isEmpty(), qPrintable(preview->unknownBecause));
    QCOMPARE(preview->rows.first().before.first()->size(), longestShown + 1);
    QVERIFY(preview->more);
    effect.previewSelect = u"SELECT id, id FROM canary"_s;
    QVERIFY(!Estimator(reader).estimate(withEffect(effect)).effects.first().preview->unknownBecause.isEmpty());
}

/// Nothing of the reader's may be left on the standby, nor anything that waits for it.
void HostileTextsTest::cleanup()
{
    auto admin = ImpactServers::open(m_servers->standby(), u"postgres"_s);
    QTRY_COMPARE(admin.run(u"SELECT FROM pg_stat_activity WHERE usename = 'reader'"_s)->size(), 0);
    QCOMPARE(admin.run(u"SELECT FROM pg_locks WHERE locktype = 'advisory'"_s)->size(), 0);
    QVERIFY(admin.run(u"SELECT pg_is_in_recovery() AS standby"_s)->first().flag(u"standby"_s));
}

QTEST_GUILESS_MAIN(HostileTextsTest)
#include "hostiletextstest.moc"
