// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/lockholders.h"
#include "core/access/targetsetup.h"
#include "tests/impact/impactservers.h"

#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

LockMode plainMode(int index)
{
    return lockModes[static_cast<std::size_t>(index)];
}

TableLock on(const QString &table, LockMode mode = LockMode::AccessExclusive, bool withDescendants = false)
{
    return {.table = table, .mode = mode, .withDescendants = withDescendants};
}

} // namespace

/// Who is in the way of a statement, as a role sees it that may see nothing else.
class LockHoldersTest : public QObject
{
    Q_OBJECT

private:
    Connection open(const QString &role) { return ImpactServers::open(m_servers->primary(), role); }

    QList<LockHolder> holders(const TableLock &lock)
    {
        auto watcher = open(u"watcher"_s);
        const auto found = lockHolders(watcher, {lock});
        if (!found)
            qFatal("%s", qUtf8Printable(found.error().text()));
        return *found;
    }

    std::unique_ptr<ImpactServers> m_servers;

private Q_SLOTS:
    void initTestCase()
    {
        m_servers = ImpactServers::create();
        QVERIFY(m_servers);
        auto admin = open(u"postgres"_s);
        const auto prepared = prepareTarget(admin,
            {.writer = u"holdpoint_writer"_s, .revoker = u"holdpoint_revoker"_s, .reader = u"holdpoint_reader"_s});
        QVERIFY2(prepared, qUtf8Printable(prepared ? QString() : prepared.error().text()));
        QVERIFY(admin.runScript(u"CREATE ROLE watcher LOGIN; GRANT holdpoint_watcher TO watcher;"
                                " CREATE ROLE mighty LOGIN; GRANT holdpoint_watcher, pg_write_all_data TO mighty"_s));
    }

    void twoModesConflictAsTheServerSays()
    {
        auto one = open(u"postgres"_s), other = open(u"postgres"_s);
        for (int held = 0; held < 8; ++held)
            for (int wanted = 0; wanted < 8; ++wanted) {
                const QString lock = u"BEGIN; LOCK TABLE empty IN %1 MODE"_s;
                QVERIFY(one.runScript(lock.arg(toWord(plainMode(held)))));
                const bool free = other.runScript(lock.arg(toWord(plainMode(wanted))) + u" NOWAIT"_s).has_value();
                QVERIFY(one.runScript(u"ROLLBACK"_s) && other.runScript(u"ROLLBACK"_s));
                QCOMPARE(conflict(plainMode(held), plainMode(wanted)), !free);
            }
        QVERIFY(conflict(LockMode::Unknown, LockMode::AccessShare));
        QVERIFY(conflict(LockMode::AccessShare, LockMode::Unknown));
    }

    void aHolderIsShownWithHowLongItIsThere()
    {
        auto holder = open(u"postgres"_s);
        QVERIFY(holder.runScript(u"BEGIN; LOCK TABLE customers IN SHARE MODE"_s));
        QThread::msleep(300);
        const QList<LockHolder> found = holders(on(u"public.customers"_s, LockMode::RowExclusive));
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().table, u"public.customers"_s);
        QCOMPARE(found.first().mode, LockMode::Share);
        QVERIFY(found.first().granted);
        QCOMPARE(found.first().role, u"postgres"_s);
        QCOMPARE(found.first().state, u"idle in transaction"_s);
        QCOMPARE(found.first().application, u"holdpoint/test"_s);
        QVERIFY(found.first().pid > 0);
        QVERIFY(found.first().seconds.value_or(0) >= 0.3 && *found.first().seconds < 60);
        QVERIFY(holders(on(u"customers"_s, LockMode::RowExclusive)) != QList<LockHolder>());
        QVERIFY(holders(on(u"customers_pkey"_s, LockMode::RowExclusive)) != QList<LockHolder>());
        QVERIFY(holders(on(u"unknown"_s, LockMode::Unknown)) != QList<LockHolder>());
        // Neither another mode, nor another table, nor a name that only looks like it.
        QCOMPARE(holders(on(u"public.customers"_s, LockMode::Share)), {});
        QCOMPARE(holders(on(u"public.orders"_s)), {});
        QCOMPARE(holders(on(u"Customers"_s)), {});
    }

    void whoWaitsIsShownWithWhomItWaitsFor()
    {
        auto holder = open(u"postgres"_s);
        QVERIFY(holder.runScript(u"BEGIN; LOCK TABLE orders IN ROW EXCLUSIVE MODE"_s));
        const std::unique_ptr<QThread> thread(QThread::create([this] {
            auto waiting = open(u"postgres"_s);
            (void)waiting.runScript(u"BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE; ROLLBACK"_s);
        }));
        thread->start();
        QList<LockHolder> found;
        QTRY_COMPARE((found = holders(on(u"public.orders"_s, LockMode::RowExclusive))).size(), 1);
        QVERIFY(holder.runScript(u"ROLLBACK"_s));
        QVERIFY(thread->wait(10'000));
        QCOMPARE(found.first().mode, LockMode::AccessExclusive);
        QVERIFY(!found.first().granted);
        QCOMPARE(found.first().blockedBy.size(), 1);
    }

    void partitionsAreLookedAtWithTheirTable()
    {
        auto holder = open(u"postgres"_s);
        QVERIFY(holder.runScript(u"BEGIN; LOCK TABLE ONLY events_low IN SHARE MODE"_s));
        QCOMPARE(holders(on(u"public.events"_s, LockMode::RowExclusive)), {});
        QCOMPARE(holders(on(u"public.events"_s, LockMode::RowExclusive, true)).size(), 1);
    }

    void theWatcherSeesNothingElse()
    {
        auto watcher = open(u"watcher"_s);
        for (const QString &sql : {u"SELECT FROM customers"_s, u"SELECT FROM holdpoint_target.applied"_s,
                 u"SELECT FROM holdpoint_target.former_member"_s, u"CREATE TABLE t (id int)"_s})
            QVERIFY2(!watcher.run(sql), qPrintable(sql));
        const auto queries =
            watcher.run(u"SELECT FROM pg_stat_activity WHERE usename = 'postgres' AND query NOT LIKE '<%'"_s);
        QVERIFY(queries && queries->isEmpty());
        auto reader = open(u"reader"_s);
        QVERIFY(!lockHolders(reader, {}));
    }

    void aRoleThatCouldWriteIsRefused()
    {
        for (const QString &role : {u"mighty"_s, u"postgres"_s}) {
            auto connection = open(role);
            const auto found = lockHolders(connection, {});
            QVERIFY(!found);
            QCOMPARE(found.error().code, Error::Code::Refused);
        }
    }
};

QTEST_GUILESS_MAIN(LockHoldersTest)
#include "lockholderstest.moc"
