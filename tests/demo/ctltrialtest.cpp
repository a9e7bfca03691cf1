// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/connection.h"
#include "core/demo/world.h"
#include "core/store/storeclient.h"
#include "tests/demo/ctlrun.h"
#include "tests/support/serverfolder.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// `holdpointctl trial` on a real world.
class CtlTrialTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void withoutAnExecutorNothingIsTried();
    void aTrialIsPrintedWithItsWorth();
    void aTrialAsJsonIsReadable();
    void aFailureIsStatusOneAndSaysWhere();
    void anAgentIsRefused();
    void theDoctorKnowsTheSandbox();

private:
    CtlRun as(const QString &service, QStringList arguments) const
    {
        return runCtl(arguments << u"--store"_s << m_world->conninfo(service), m_world->environment());
    }
    QString submitted(const QByteArray &sql) const;
    void startExecutor();

    ServerFolder m_folder;
    std::unique_ptr<World> m_world;
};

void CtlTrialTest::initTestCase()
{
    auto world = World::create({.directory = m_folder.path(u"world"_s), .scale = 0.01});
    QVERIFY2(world, world ? "" : qPrintable(world.error().text()));
    m_world = std::move(*world);
}

QString CtlTrialTest::submitted(const QByteArray &sql) const
{
    auto connection = Connection::open(m_world->conninfo(u"holdpoint-etl-agent"_s), u"test"_s);
    return QString::number(
        StoreClient(*connection).submit(u"prod-eu"_s, sql, u"a test"_s, u"because"_s).value().action);
}

void CtlTrialTest::withoutAnExecutorNothingIsTried()
{
    const CtlRun run = as(u"holdpoint"_s, {u"trial"_s, submitted("DELETE FROM customers")});
    QVERIFY2(run.isOneClearRefusal(), run.text().constData());
    QVERIFY(run.errors.contains(u"no executor that is alive has a sandbox of prod-eu"_s));
    startExecutor();
}

void CtlTrialTest::startExecutor()
{
    QVERIFY(m_world->startExecutor(QCoreApplication::applicationDirPath() + "/holdpoint-executor"_L1));
    auto connection = Connection::open(m_world->conninfo(u"holdpoint"_s), u"test"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!StoreClient(*connection).executors()->value(0).sandboxes.isEmpty(), 15'000);
}

void CtlTrialTest::aTrialIsPrintedWithItsWorth()
{
    const CtlRun run = as(u"holdpoint"_s, {u"trial"_s, submitted("DELETE FROM customers WHERE id <= 3")});
    QVERIFY2(run.status == 0, run.text().constData());
    for (const QString &part : {u"in the sandbox of prod-eu: ran in"_s, u"was rolled back"_s, u"  1  DELETE"_s,
             u"rows by its answer: 3"_s, u"public.orders"_s, u"trigger customers_audit on public.customers"_s,
             u"schema: the same as in prod-eu"_s, u"newest row from"_s})
        QVERIFY2(run.output.contains(part), run.text().constData());
}

void CtlTrialTest::aTrialAsJsonIsReadable()
{
    const CtlRun run =
        as(u"holdpoint"_s, {u"trial"_s, submitted("UPDATE orders SET coupon_code = 'x'"), u"--format"_s, u"json"_s});
    QVERIFY2(run.status == 0, run.text().constData());
    const QJsonObject json = QJsonDocument::fromJson(run.output.toUtf8()).object();
    QCOMPARE(json[u"state"_s], u"finished"_s);
    const auto result = trialResultFromJson(json[u"result"_s].toObject());
    QVERIFY2(result, result ? "" : qPrintable(result.error()));
    QVERIFY(*result->rowsChanged > 0);
}

void CtlTrialTest::aFailureIsStatusOneAndSaysWhere()
{
    const CtlRun run =
        as(u"holdpoint"_s, {u"trial"_s, submitted("UPDATE orders SET coupon_code = 'x' WHERE id = 1; SELECT wrong")});
    QVERIFY2(run.status == 1, run.text().constData());
    QVERIFY2(run.output.contains(u"error  statement 2, character 8: column \"wrong\" does not exist"_s),
        run.text().constData());
}

void CtlTrialTest::anAgentIsRefused()
{
    const QString action = submitted("SELECT 1");
    for (const QString &agent : {u"holdpoint-etl-agent"_s, u"holdpoint-cleanup-bot"_s}) {
        const CtlRun run = as(agent, {u"trial"_s, action});
        QVERIFY2(run.isOneClearRefusal(), run.text().constData());
    }
    // Its owner may not decide about it either.
    QVERIFY(as(u"holdpoint-lena"_s, {u"trial"_s, action}).errors.contains(u"owns the agent"_s));
}

void CtlTrialTest::theDoctorKnowsTheSandbox()
{
    const CtlRun run = as(u"holdpoint"_s, {u"doctor"_s});
    QVERIFY2(run.output.contains(u"of prod-eu"_s) && run.output.contains(u"sandboxes"_s), run.text().constData());
}

QTEST_GUILESS_MAIN(CtlTrialTest)
#include "ctltrialtest.moc"
