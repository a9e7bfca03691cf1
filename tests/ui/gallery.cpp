// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
//
// Draws every page in every state into PNG files, for people to look at: holdpoint-gallery DIRECTORY
#include "tests/ui/sample.h"
#include "tests/ui/trialsample.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

class Gallery
{
public:
    Gallery(QString directory, QSize size, Qt::ColorScheme scheme)
        : m_directory(std::move(directory))
        , m_name(u"%1x%2-%3"_s.arg(size.width())
                  .arg(size.height())
                  .arg(scheme == Qt::ColorScheme::Dark ? u"dark"_s : u"light"_s))
        , m_window(m_settings.filePath(u"settings.ini"_s))
    {
        m_window.setColorScheme(scheme);
        m_window.resize(size);
        m_window.show();
    }

    void drawAll()
    {
        drawSignIn();
        drawEmpty();
        sample::fill(m_window, u"maria"_s);
        drawQueue();
        drawTrials();
        drawOutcomes();
        drawOthers();
        drawDialogs();
    }

private:
    void draw(const QString &state, QWidget *widget = nullptr)
    {
        QTest::qWait(60);
        QWidget *shown = widget ? widget : &m_window;
        shown->grab().save(u"%1/%2-%3.png"_s.arg(m_directory, m_name, state));
    }

    void drawSignIn()
    {
        m_window.showSignIn({{u"holdpoint"_s, u"holdpoint-staging"_s}, {}, false, std::nullopt});
        draw(u"01-signin"_s);
        m_window.showSignIn({{u"holdpoint"_s}, u"service=holdpoint"_s, true, std::nullopt});
        draw(u"02-signin-connecting"_s);
        m_window.showSignIn({{u"holdpoint"_s}, u"service=holdpoint"_s, false,
            Error{Error::Code::SignInRefused, u"The store refused the password of maria."_s,
                u"Put the right one into ~/.pgpass, or ask an administrator."_s}});
        draw(u"03-signin-refused"_s);
    }

    void drawEmpty()
    {
        m_window.setSession({u"maria"_s, u"holdpoint on db-store.internal:5432"_s});
        draw(u"04-loading"_s);
        m_window.setLink(sample::liveLink());
        m_window.setTargets(sample::targets());
        m_window.mergeActions({});
        draw(u"05-empty"_s);
    }

    void open(qint64 id, bool withImpact = true)
    {
        m_window.openAction(id);
        for (const Action &action : sample::actions()) {
            if (action.id != id)
                continue;
            m_window.showAssessment(id, action.revision, sample::assessmentOf(action), sample::catalogState());
            if (withImpact)
                m_window.showImpact(id, action.revision, sample::impactOf(action));
        }
    }

    void type(const QString &words)
    {
        auto *input = m_window.findChild<QWidget *>(u"words"_s);
        input->setFocus();
        QTest::keyClicks(input, words);
    }

    void drawDetails(const QString &state)
    {
        auto *tabs = m_window.findChild<QTabBar *>(u"details"_s);
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
        draw(state + u"-rows"_s);
        tabs->setCurrentIndex(2);
        draw(state + u"-plan"_s);
        tabs->setCurrentIndex(0);
        auto *impact = m_window.findChild<QScrollArea *>(u"impact"_s);
        impact->verticalScrollBar()->setValue(320);
        draw(state + u"-reach"_s);
    }

    void drawQueue()
    {
        m_window.showPage(Page::Queue);
        draw(u"06-queue"_s);
        open(1, false);
        draw(u"07-asking-replica"_s);
        open(1);
        QTest::qWait(600);
        draw(u"08-critical"_s);
        drawDetails(u"08-critical"_s);
        type(u"yes, i understand: delete 48211 "_s);
        draw(u"09-wrong-count"_s);
        open(2);
        QTest::qWait(600);
        type(u"update 3 orders"_s);
        draw(u"10-words-match"_s);
        drawDetails(u"10-update"_s);
        open(3);
        draw(u"11-raised"_s);
        open(5);
        draw(u"12-half-approved"_s);
        open(6);
        draw(u"13-unknown"_s);
        Impact failed;
        failed.error = u"The replica of prod-eu cannot be reached: connection refused. Figures come back with it."_s;
        m_window.openAction(2);
        m_window.showImpact(2, 1, failed);
        draw(u"14-replica-down"_s);
        CatalogState textAlone;
        m_window.showAssessment(2, 1, sample::assessmentOf(sample::update()), textAlone);
        draw(u"16-catalogue-awaited"_s);
        textAlone.settled = true;
        textAlone.unavailable = u"connection refused – check host, port and that the server runs"_s;
        m_window.showAssessment(2, 1, sample::assessmentOf(sample::update()), textAlone);
        draw(u"17-text-alone"_s);
        Action more = sample::update(40);
        more.changeNumber = 900;
        m_window.mergeActions({more});
        draw(u"15-one-new"_s);
    }

    /// The whole of the impact pane's content, however long.
    void drawImpact(const QString &state) { draw(state, m_window.findChild<QScrollArea *>(u"impact"_s)->widget()); }

    void drawTrials()
    {
        open(1);
        drawImpact(u"80-trial-possible"_s);
        const Action action = sample::deletion();
        const QList<std::pair<QString, Trial>> states{
            {u"81-trial-waiting"_s, sample::trialOf(action, TrialState::Requested)},
            {u"82-trial-running"_s, sample::trialOf(action, TrialState::Running)},
            {u"83-trial-ran"_s, sample::trialThatRan(action)},
            {u"84-trial-proves-nothing"_s, sample::trialThatProvesNothing(action)},
            {u"85-trial-failed"_s, sample::trialThatFailed(action)},
            {u"86-trial-refused"_s,
                sample::trialThatWasRefused(
                    action, u"the sandbox is on the target's own server: a trial must never touch production"_s)},
            {u"87-trial-lost"_s, sample::trialOf(action, TrialState::Lost)}};
        for (const auto &[state, trial] : states) {
            m_window.setTrials({trial});
            drawImpact(state);
        }
        m_window.setTrials({sample::trialThatRan(action)});
        QTest::keyClick(m_window.findChild<QWidget *>(u"queue"_s), Qt::Key_T);
        draw(u"88-trial-in-the-window"_s);
        m_window.setTrials({});
        LinkState without = sample::liveLink();
        without.sandboxes.clear();
        m_window.setLink(without);
        drawImpact(u"89-trial-impossible"_s);
        m_window.setLink(sample::liveLink());
    }

    void drawOutcomes()
    {
        for (const qint64 id : {7, 8, 9, 10}) {
            open(id);
            draw(u"2%1-outcome"_s.arg(id));
        }
        Action hostile = sample::deletion(50);
        hostile.agent = u"<img src='/etc/passwd'>\u202Egnp"_s;
        hostile.title = u"<b>approved</b> \u202Eevoba eht\u200B"_s + QString(190, u'A');
        hostile.reason = QString(4'000, u'W');
        hostile.sql = QByteArray("SELECT '\xE2\x80\xAE'; -- \xFF\0 zero", 22) + "\xD7\x90\xD7\x91 1+\n"
            + QByteArray(12'000, '1') + "\nDELETE FROM a;";
        hostile.changeNumber = 901;
        m_window.mergeActions({hostile});
        m_window.openAction(50);
        m_window.showAssessment(50, hostile.revision, sample::assessmentOf(hostile), sample::catalogState());
        draw(u"30-hostile"_s);
    }

    void drawOthers()
    {
        m_window.showPage(Page::History);
        auto *history = m_window.findChild<QAbstractItemView *>(u"history"_s);
        draw(u"40-history"_s);
        history->setCurrentIndex(history->model()->index(4, 0));
        draw(u"41-history-entry"_s);
        m_window.showPage(Page::Agents);
        auto *agents = m_window.findChild<QAbstractItemView *>(u"agents"_s);
        agents->setCurrentIndex(agents->model()->index(0, 0));
        draw(u"50-agents"_s);
        m_window.setRevocations(sample::revocations());
        agents->setCurrentIndex(agents->model()->index(2, 0));
        draw(u"51-agents-not-revoked"_s);
        m_window.showPage(Page::Queue);
        m_window.setLink({false, u"The connection to the store was lost; trying again every 5 seconds."_s,
            QDateTime::currentDateTimeUtc().addSecs(-34), false, {}});
        draw(u"60-offline"_s);
        m_window.setLink(sample::liveLink());
        m_window.setRevocations({});
    }

    void drawDialogs()
    {
        open(1);
        for (const auto &[name, key, modifiers] :
            {std::tuple(u"70-revoke"_s, Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier),
                std::tuple(u"71-reject"_s, Qt::Key_R, Qt::KeyboardModifiers()),
                std::tuple(u"72-palette"_s, Qt::Key_K, Qt::KeyboardModifiers(Qt::ControlModifier)),
                std::tuple(u"73-keys"_s, Qt::Key_Question, Qt::KeyboardModifiers())}) {
            m_window.activateWindow();
            if (!QTest::qWaitForWindowActive(&m_window))
                continue;
            m_window.findChild<QWidget *>(u"queue"_s)->setFocus();
            QTest::keyClick(&m_window, key, modifiers);
            QTest::qWait(60);
            auto *dialog = m_window.findChild<QDialog *>();
            if (!dialog)
                continue;
            draw(name, dialog);
            dialog->reject();
            QTest::qWait(60);
        }
    }

    QString m_directory;
    QString m_name;
    QTemporaryDir m_settings;
    MainWindow m_window;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    installStyle(application);
    const QString directory = application.arguments().value(1, u"gallery"_s);
    if (!QDir().mkpath(directory)) {
        QTextStream(stderr) << "cannot make the folder " << directory << Qt::endl;
        return 2;
    }
    for (const QSize size : {QSize(1280, 800), QSize(1920, 1080), QSize(1024, 700)})
        for (const Qt::ColorScheme scheme : {Qt::ColorScheme::Light, Qt::ColorScheme::Dark})
            Gallery(directory, size, scheme).drawAll();
    return 0;
}
