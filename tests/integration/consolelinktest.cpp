// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0

#include "app/console/console.h"
#include "core/assessment/analyzerclient.h"
#include "core/database/connection.h"
#include "core/demo/world.h"
#include "core/store/killswitch.h"
#include "core/store/storeclient.h"
#include "tests/support/serverfolder.h"
#include "ui/mainwindow.h"
#include "ui/queue/queuemodel.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// A real console on a real store whose link is cut in every way that is worth the name.
class ConsoleLinkTest : public QObject
{
    Q_OBJECT

private:
    static qint64 submit(const QString &title)
    {
        auto connection = Connection::open(u"service=holdpoint-etl-agent"_s, u"test"_s);
        if (!connection)
            return 0;
        const auto submitted = StoreClient(*connection).submit(
            u"prod-eu"_s, "UPDATE customers SET notes = 'x' WHERE id = 3", title, u"a test"_s);
        return submitted ? submitted->action : 0;
    }

    QList<qint64> shown()
    {
        // Rows hold still while an action is open; this is what the strip "5 new" does when it is clicked.
        m_queue->settle();
        QList<qint64> ids;
        for (int row = 0; row < m_queue->rowCount(); ++row)
            if (const qint64 id = m_queue->index(row, 0).data(QueueModel::IdRole).toLongLong(); id != 0)
                ids.append(id);
        std::ranges::sort(ids);
        return ids;
    }

    /// Process ids of the store's backends that serve the console.
    QList<qint64> backends() const
    {
        auto connection = Connection::open(u"service=holdpoint-admin"_s, u"test"_s);
        const auto rows = connection->run(
            u"SELECT pid FROM pg_stat_activity WHERE application_name = 'holdpoint/console'"_s);
        QList<qint64> pids;
        for (const Row &row : rows.value())
            pids.append(row.number(u"pid"_s));
        return pids;
    }

    ServerFolder m_folder;
    std::unique_ptr<World> m_world;
    std::unique_ptr<Console> m_console;
    QueueModel *m_queue = nullptr;
    QList<qint64> m_submitted;

private Q_SLOTS:
    void initTestCase()
    {
        auto world = World::create({.directory = m_folder.path(u"world"_s), .scale = 0.01});
        QVERIFY2(world, qUtf8Printable(world ? QString() : world.error().text()));
        m_world = std::move(*world);
        m_console = std::make_unique<Console>(Console::Options{.store = u"service=holdpoint"_s,
            .analyzer = analyzerProgram(), .settingsPath = m_folder.path(u"settings.ini"_s)});
        m_console->start();
        m_console->window().show();
        m_queue = m_console->window().findChild<QueueModel *>();
        QVERIFY(m_queue);
        QTRY_VERIFY_WITH_TIMEOUT(m_queue->isLoaded(), 10'000);
        QTRY_VERIFY(m_console->isLive());
    }

    void whatIsSubmittedAppearsByItself()
    {
        m_submitted.append(submit(u"first"_s));
        QVERIFY(m_submitted.last() > 0);
        QTRY_COMPARE_WITH_TIMEOUT(shown(), m_submitted, 10'000);
    }

    void whatIsSubmittedWhileTheLinkIsDownAppearsOnce_data()
    {
        QTest::addColumn<bool>("restart");
        QTest::newRow("the store restarts") << true;
        QTest::newRow("the session is ended") << false;
    }

    void whatIsSubmittedWhileTheLinkIsDownAppearsOnce()
    {
        QFETCH(const bool, restart);
        QTRY_COMPARE(backends().size(), 1);
        const qint64 before = backends().constFirst();
        if (restart) {
            QVERIFY(m_world->store().stop(LocalCluster::StopMode::Immediate));
            QTRY_VERIFY_WITH_TIMEOUT(!m_console->isLive(), 10'000);
            QVERIFY(m_world->store().start());
        } else {
            auto admin = Connection::open(u"service=holdpoint-admin"_s, u"test"_s);
            QVERIFY(admin->run(u"SELECT pg_terminate_backend(?)"_s, {before}));
        }
        // No event is handled in between: the console cannot have come back yet.
        for (int i = 0; i < 5; ++i) {
            m_submitted.append(submit(u"while away %1"_s.arg(i)));
            QVERIFY(m_submitted.last() > 0);
        }
        QTRY_VERIFY_WITH_TIMEOUT(backends().size() == 1 && backends().constFirst() != before, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(shown(), m_submitted, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_console->isLive(), 10'000);
        // And what comes later is not seen twice either.
        m_submitted.append(submit(u"after"_s));
        QTRY_COMPARE_WITH_TIMEOUT(shown(), m_submitted, 10'000);
    }

    void aStoreThatFallsSilentIsNoticedWithoutBeingToldSo()
    {
        const QList<qint64> pids = backends();
        QCOMPARE(pids.size(), 1);
        QCOMPARE(kill(static_cast<pid_t>(pids.constFirst()), SIGSTOP), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!m_console->isLive(), 15'000);
        QCOMPARE(kill(static_cast<pid_t>(pids.constFirst()), SIGCONT), 0);
        QTRY_VERIFY_WITH_TIMEOUT(m_console->isLive(), 15'000);
    }

    void aRefusedSignInSaysWhyAndWaitsForThePerson()
    {
        Console console({.store = u"service=holdpoint dbname=nowhere"_s, .analyzer = analyzerProgram(),
            .settingsPath = m_folder.path(u"other.ini"_s)});
        QSignalSpy failed(&console, &Console::signInFailed);
        console.start();
        QVERIFY(failed.wait(10'000));
        QVERIFY(!console.isLive());
        const auto error = failed.constFirst().constFirst().value<Error>();
        QCOMPARE(error.code, Error::Code::SignInRefused);
        QVERIFY(!error.remedy.isEmpty());
    }

    void anAgentIsNotLetIn()
    {
        Console console({.store = u"service=holdpoint-etl-agent"_s, .analyzer = analyzerProgram(),
            .settingsPath = m_folder.path(u"other.ini"_s)});
        QSignalSpy failed(&console, &Console::signInFailed);
        console.start();
        QVERIFY(failed.wait(10'000));
        QCOMPARE(failed.constFirst().constFirst().value<Error>().code, Error::Code::SignInRefused);
    }

    void theKillSwitchGetsThroughWhileTheSessionHangs()
    {
        QTRY_COMPARE(backends().size(), 1);
        const auto pid = static_cast<pid_t>(backends().constFirst());
        QCOMPARE(kill(pid, SIGSTOP), 0);
        QSignalSpy refused(m_console->findChild<KillSwitch *>(), &KillSwitch::refused);
        Q_EMIT m_console->window().revokeRequested(u"support-agent"_s, u"a test"_s);
        auto admin = Connection::open(u"service=holdpoint-admin"_s, u"test"_s);
        QVERIFY(admin);
        QTRY_VERIFY_WITH_TIMEOUT(
            admin->run(u"SELECT revoked FROM holdpoint.agents WHERE name = 'support-agent'"_s)->first().flag(u"revoked"_s),
            10'000);
        QVERIFY(refused.isEmpty());
        QCOMPARE(kill(pid, SIGCONT), 0);
    }

    void aPressThatDoesNotGetThroughSaysSo()
    {
        QVERIFY(m_world->store().stop(LocalCluster::StopMode::Immediate));
        QSignalSpy refused(m_console->findChild<KillSwitch *>(), &KillSwitch::refused);
        Q_EMIT m_console->window().revokeRequested(u"cleanup-bot"_s, u"a test"_s);
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, 15'000);
        const auto error = refused.constFirst().at(1).value<Error>();
        QCOMPARE(error.code, Error::Code::Unreachable);
        QVERIFY(error.remedy.contains(u"ALTER ROLE \"cleanup-bot\" NOLOGIN"_s));
        QVERIFY(m_world->store().start());
    }

    void cleanupTestCase()
    {
        m_console.reset();
        m_world.reset();
    }
};

QTEST_MAIN(ConsoleLinkTest)
#include "consolelinktest.moc"
