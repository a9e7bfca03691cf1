// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/console/console.h"
#include "core/assessment/analyzerclient.h"
#include "core/database/connection.h"
#include "core/demo/world.h"
#include "core/store/storeclient.h"
#include "tests/support/serverfolder.h"
#include "ui/mainwindow.h"
#include "ui/queue/queuepage.h"

#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// A trial from the key in a real console to the result in its window, with a real executor between.
class ConsoleTrialTest : public QObject
{
    Q_OBJECT

private:
    QueuePage *queue() const { return m_console->window().findChild<QueuePage *>(); }
    const TrialReview &trial() const { return queue()->review()->trial; }
    QString card() const
    {
        QString text;
        const auto *widget = m_console->window().findChild<QWidget *>(u"trialCard"_s);
        for (const QLabel *label : widget ? widget->findChildren<QLabel *>() : QList<QLabel *>())
            text += label->text() + u'\n';
        return text;
    }
    void startExecutor()
    {
        const auto started = m_world->startExecutor(QCoreApplication::applicationDirPath() + "/holdpoint-executor"_L1);
        QVERIFY2(started, started ? "" : qPrintable(started.error().text()));
        m_executor = *started;
    }
    void press() { QTest::keyClick(m_console->window().findChild<QWidget *>(u"queue"_s), Qt::Key_T); }

    ServerFolder m_folder;
    std::unique_ptr<World> m_world;
    std::unique_ptr<Console> m_console;
    QProcess *m_executor = nullptr;
    qint64 m_action = 0;

private Q_SLOTS:
    void initTestCase()
    {
        auto world = World::create({.directory = m_folder.path(u"world"_s), .scale = 0.01});
        QVERIFY2(world, qUtf8Printable(world ? QString() : world.error().text()));
        m_world = std::move(*world);
        auto agent = Connection::open(u"service=holdpoint-etl-agent"_s, u"test"_s);
        m_action = StoreClient(*agent)
                       .submit(u"prod-eu"_s, "UPDATE orders SET coupon_code = 'x'; SELECT pg_sleep(2)", u"t"_s, u"r"_s)
                       .value()
                       .action;
        m_console = std::make_unique<Console>(Console::Options{.store = u"service=holdpoint"_s,
            .analyzer = analyzerProgram(),
            .settingsPath = m_folder.path(u"settings.ini"_s)});
        m_console->start();
        m_console->window().show();
        QTRY_VERIFY_WITH_TIMEOUT(queue() && queue()->open(m_action), 15'000);
    }

    void withoutAnExecutorItSaysWhyNot()
    {
        QTRY_VERIFY_WITH_TIMEOUT(card().contains(u"no executor is alive"_s), 15'000);
    }

    void theKeyBringsTheResultIntoTheWindow()
    {
        startExecutor();
        QTRY_VERIFY_WITH_TIMEOUT(trial().canAsk(), 15'000);
        press();
        QTRY_VERIFY_WITH_TIMEOUT(card().contains(u"running since"_s), 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(trial().newest->state == TrialState::Finished, 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(card().contains(u"then rolled back"_s), 15'000);
        QCOMPARE(trial().newest->result->statements.size(), 2);
    }

    void whenTheExecutorDiesTheTrialEndsAsLost()
    {
        press();
        QTRY_VERIFY_WITH_TIMEOUT(trial().newest && trial().newest->state == TrialState::Running, 15'000);
        m_executor->kill();
        m_executor->waitForFinished();
        startExecutor();
        QTRY_VERIFY_WITH_TIMEOUT(trial().newest->state == TrialState::Lost, 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(card().contains(u"The trial was lost: the executor demo was interrupted"_s), 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(trial().canAsk(), 15'000);
    }

    void cleanupTestCase()
    {
        m_console.reset();
        m_world.reset();
    }
};

QTEST_MAIN(ConsoleTrialTest)
#include "consoletrialtest.moc"
