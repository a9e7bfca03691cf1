// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/sample.h"
#include "ui/agents/receiptview.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class WindowTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void asksForTheLevelOfEveryOpenAction();
    void whatTheFindingsAreMadeOfIsSaidBesideThem();
    void newActionsDoNotMoveTheRows();
    void filterFindsActions();
    void killSwitchWorksByKeyboardAlone();
    void killSwitchRevokesNobodyByABareEnter();
    void killSwitchKeepsWhoIsRevokedOut();
    void askedRevocationIsSaidUntilTheStoreAnswers();
    void failedStepsOfARevocationSaySo();
    void keyboardStartsInTheQueueAndChoosesNothing();
    void unfinishedRevocationIsSaidOnEveryPage();
    void refusedRevocationIsSaidAloud();
    void linkDownIsSaid();
    void historyAsksForOlderEntriesWhileScrolling();
    void commandPaletteRunsACommand();
    void everyLabelIsPlainText();
    void everyControlHasAName();
    void hostileContentKeepsTheButtonsInTheWindow_data();
    void hostileContentKeepsTheButtonsInTheWindow();
    void remembersItsPage();
    void signInSaysWhatToDo();

private:
    QWidget *find(const QString &name) const { return m_window->findChild<QWidget *>(name); }
    QAbstractItemView *view(const QString &name) const { return m_window->findChild<QAbstractItemView *>(name); }
    void press(int key, Qt::KeyboardModifiers modifiers = {});
    bool bannerSays(const QString &text) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<MainWindow> m_window;
};

void WindowTest::initTestCase()
{
    installStyle(*qApp);
}

void WindowTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_window = std::make_unique<MainWindow>(m_directory->filePath(u"settings.ini"_s));
    m_window->resize(1024, 700);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    sample::fill(*m_window, u"maria"_s);
}

void WindowTest::cleanup()
{
    m_window.reset();
}

void WindowTest::press(int key, Qt::KeyboardModifiers modifiers)
{
    // The offscreen platform has no window manager that would bring the window back when a dialog closes.
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), static_cast<Qt::Key>(key), modifiers);
}

bool WindowTest::bannerSays(const QString &text) const
{
    const QWidget *banner = find(u"banner"_s);
    return banner && banner->isVisible()
        && std::ranges::any_of(
            banner->findChildren<QLabel *>(), [&](const QLabel *label) { return label->text().contains(text); });
}

void WindowTest::asksForTheLevelOfEveryOpenAction()
{
    QSignalSpy wanted(m_window.get(), &MainWindow::assessmentWanted);
    Action fresh = sample::update(80);
    Action closed = sample::update(81);
    closed.state = ActionState::Executed;
    m_window->mergeActions({fresh, closed});
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toLongLong(), 80);
    m_window->mergeActions({fresh});
    QCOMPARE(wanted.size(), 1);
}

void WindowTest::whatTheFindingsAreMadeOfIsSaidBesideThem()
{
    const Action action = sample::update(2);
    m_window->openAction(2);
    const auto *note = m_window->findChild<QLabel *>(u"catalogNote"_s);
    const auto noteFor = [&](const CatalogState &catalog) {
        m_window->showAssessment(2, action.revision, sample::assessmentOf(action), catalog);
        return note->text();
    };
    const auto *hint = m_window->findChild<QLabel *>(u"hint"_s);
    QVERIFY(noteFor({}).contains(u"from the text alone so far"_s));
    QVERIFY(hint->text().contains(u"catalogue"_s));
    CatalogState state = sample::catalogState();
    QCOMPARE(noteFor(state), u"with the catalogue of prod-eu, read 12 s ago"_s);
    QVERIFY(!hint->text().contains(u"catalogue"_s));
    state.unavailable = u"connection refused"_s;
    QVERIFY(noteFor(state).endsWith(u"it could not be read again: connection refused"_s));
    state.source.clear();
    QCOMPARE(
        noteFor(state), u"from the text alone: connection refused; what only the catalogue can tell is not known"_s);
    QVERIFY(!hint->text().contains(u"catalogue"_s));
}

void WindowTest::newActionsDoNotMoveTheRows()
{
    m_window->openAction(2);
    QAbstractItemView *queue = view(u"queue"_s);
    const int rows = queue->model()->rowCount();
    const QModelIndex current = queue->currentIndex();
    Action deletion = sample::deletion(90);
    m_window->mergeActions({deletion});
    m_window->showAssessment(90, deletion.revision, sample::assessmentOf(deletion), sample::catalogState());
    QCOMPARE(queue->model()->rowCount(), rows);
    QCOMPARE(queue->currentIndex(), current);
    auto *strip = m_window->findChild<QPushButton *>(u"newStrip"_s);
    QVERIFY(strip->isVisible());
    QCOMPARE(strip->text(), u"1 new"_s);
    press(Qt::Key_N);
    QCOMPARE(queue->model()->rowCount(), rows + 1);
    QCOMPARE(queue->currentIndex().data(Qt::UserRole).toLongLong(), 2);
    QVERIFY(!strip->isVisible());
}

void WindowTest::filterFindsActions()
{
    press(Qt::Key_Slash);
    auto *filter = m_window->findChild<QLineEdit *>(u"queueFilter"_s);
    QVERIFY(filter->hasFocus());
    QTest::keyClicks(filter, u"staging"_s);
    QCOMPARE(view(u"queue"_s)->model()->rowCount(), 2);
    filter->clear();
    QVERIFY(view(u"queue"_s)->model()->rowCount() > 5);
}

void WindowTest::killSwitchWorksByKeyboardAlone()
{
    m_window->openAction(3);
    QSignalSpy revoked(m_window.get(), &MainWindow::revokeRequested);
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    auto *dialog = m_window->findChild<QDialog *>(u"revokeDialog"_s);
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->findChild<QComboBox *>()->currentData().toString(), u"etl-agent"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
    QCOMPARE(revoked.size(), 0);
    QTest::qWait(0);
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    dialog = m_window->findChild<QDialog *>(u"revokeDialog"_s);
    QVERIFY(dialog);
    QTRY_VERIFY(dialog->focusWidget());
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    QCOMPARE(revoked.size(), 1);
    QCOMPARE(revoked.at(0).at(0).toString(), u"etl-agent"_s);
}

void WindowTest::killSwitchRevokesNobodyByABareEnter()
{
    QSignalSpy revoked(m_window.get(), &MainWindow::revokeRequested);
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    auto *dialog = m_window->findChild<QDialog *>(u"revokeDialog"_s);
    QVERIFY(dialog);
    auto *agent = dialog->findChild<QComboBox *>();
    auto *confirm = dialog->findChild<QPushButton *>(u"confirmRevoke"_s);
    QTRY_COMPARE(dialog->focusWidget(), agent);
    QCOMPARE(agent->currentIndex(), -1);
    QVERIFY(!confirm->isEnabled());
    QTest::keyClick(agent, Qt::Key_Return);
    QVERIFY(dialog->isVisible());
    QCOMPARE(revoked.size(), 0);
    QTest::keyClicks(agent, u"sup"_s);
    QVERIFY(confirm->isEnabled());
    QTest::keyClick(agent, Qt::Key_Return);
    QCOMPARE(revoked.size(), 1);
    QCOMPARE(revoked.at(0).at(0).toString(), u"support-agent"_s);
}

void WindowTest::askedRevocationIsSaidUntilTheStoreAnswers()
{
    m_window->setRevocations({});
    const auto ask = [this] {
        m_window->openAction(3);
        press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = m_window->findChild<QDialog *>(u"revokeDialog"_s);
        dialog->accept();
        QTest::qWait(0);
    };
    const QString said = u"Asked to revoke etl-agent: NOT revoked yet."_s;
    ask();
    QVERIFY(bannerSays(said));
    m_window->setRevocations(sample::revocations());
    QVERIFY(bannerSays(said));
    QList<Revocation> answered = sample::revocations();
    answered[0].id = 9;
    answered[0].agent = u"etl-agent"_s;
    answered[0].receipts.removeLast();
    m_window->setRevocations(answered);
    QVERIFY(!bannerSays(said));
    ask();
    QVERIFY(bannerSays(said));
    m_window->revocationRefused(u"etl-agent"_s, {Error::Code::Unreachable, u"The store is gone"_s, u"Try again."_s});
    QVERIFY(!bannerSays(said));
    QVERIFY(bannerSays(u"NOT revoked: etl-agent still has access. The store is gone. Try again."_s));
}

void WindowTest::failedStepsOfARevocationSaySo()
{
    Receipt receipt{u"prod-us"_s, false, {}, 1, {},
        {{u"no-login"_s, true, 5, {}}, {u"proof"_s, false, 5, u"etl-agent could still sign in"_s}}};
    const ReceiptView view(receipt, QDateTime::currentDateTimeUtc());
    QStringList texts;
    for (const QLabel *label : view.findChildren<QLabel *>())
        texts.append(label->text());
    QVERIFY(texts.contains(u"Sign-in closed, password removed"_s));
    QVERIFY(texts.contains(u"Not proved that it cannot sign in: etl-agent could still sign in"_s));
}

void WindowTest::keyboardStartsInTheQueueAndChoosesNothing()
{
    MainWindow fresh(m_directory->filePath(u"other.ini"_s));
    QSignalSpy opened(&fresh, &MainWindow::actionOpened);
    fresh.show();
    QVERIFY(QTest::qWaitForWindowActive(&fresh));
    fresh.setSession({u"maria"_s, u"store"_s});
    QVERIFY(fresh.focusWidget());
    QCOMPARE(fresh.focusWidget()->objectName(), u"queuePane"_s);
    sample::fill(fresh, u"maria"_s);
    auto *queue = fresh.findChild<QAbstractItemView *>(u"queue"_s);
    QCOMPARE(fresh.focusWidget(), queue);
    QTest::qWait(300);
    QVERIFY(!queue->currentIndex().isValid());
    QVERIFY(queue->selectionModel()->selectedIndexes().isEmpty());
    QCOMPARE(opened.size(), 0);
    QTest::keyClick(&fresh, Qt::Key_J);
    QTRY_COMPARE(opened.size(), 1);
}

void WindowTest::killSwitchKeepsWhoIsRevokedOut()
{
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    auto *dialog = m_window->findChild<QDialog *>(u"revokeDialog"_s);
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QComboBox *>()->findData(u"old-bot"_s), -1);
    QCOMPARE(dialog->findChild<QComboBox *>()->count(), 3);
}

void WindowTest::unfinishedRevocationIsSaidOnEveryPage()
{
    m_window->setRevocations(sample::revocations());
    for (const Page page : {Page::Queue, Page::History, Page::Agents}) {
        m_window->showPage(page);
        QWidget *banner = find(u"banner"_s);
        QVERIFY(banner && banner->isVisible());
        bool said = false;
        for (const QLabel *label : banner->findChildren<QLabel *>())
            said = said
                || (label->text().startsWith("NOT revoked yet"_L1) && label->text().contains("prod-us"_L1)
                    && label->text().contains('7'_L1));
        QVERIFY(said);
    }
    QList<Revocation> done = sample::revocations();
    done[0].receipts.removeLast();
    m_window->setRevocations(done);
    QVERIFY(!find(u"banner"_s)->isVisible());
}

void WindowTest::refusedRevocationIsSaidAloud()
{
    m_window->revocationRefused(u"etl-agent"_s, {Error::Code::Unreachable, u"The store is gone."_s, u"Try again."_s});
    QWidget *banner = find(u"banner"_s);
    QVERIFY(banner && banner->isVisible());
    bool said = false;
    for (const QLabel *label : banner->findChildren<QLabel *>())
        said = said || label->text().contains("NOT revoked: etl-agent still has access. The store is gone."_L1);
    QVERIFY(said);
}

void WindowTest::linkDownIsSaid()
{
    QCOMPARE(m_window->findChild<QLabel *>(u"link"_s)->text(), u"live"_s);
    m_window->setLink({false, u"The connection was lost."_s, QDateTime::currentDateTimeUtc(), false, {}});
    QCOMPARE(m_window->findChild<QLabel *>(u"link"_s)->text(), u"not live"_s);
    QVERIFY(find(u"banner"_s)->isVisible());
}

void WindowTest::historyAsksForOlderEntriesWhileScrolling()
{
    m_window->prependHistory(sample::history(420));
    m_window->showPage(Page::History);
    QCOMPARE(view(u"history"_s)->model()->rowCount(), 420);
    MainWindow fresh(m_directory->filePath(u"other.ini"_s));
    fresh.show();
    fresh.setSession({u"maria"_s, u"store"_s});
    fresh.appendHistory(sample::history(500).first(200));
    fresh.showPage(Page::History);
    QSignalSpy older(&fresh, &MainWindow::olderHistoryWanted);
    auto *history = fresh.findChild<QAbstractItemView *>(u"history"_s);
    QTRY_VERIFY(history->isVisible());
    history->scrollToBottom();
    QTRY_COMPARE(older.size(), 1);
    QCOMPARE(older.at(0).at(0).toLongLong(), 301);
    fresh.appendHistory(sample::history(300));
    QCOMPARE(history->model()->rowCount(), 500);
}

void WindowTest::commandPaletteRunsACommand()
{
    find(u"queue"_s)->setFocus();
    press(Qt::Key_K, Qt::ControlModifier);
    auto *palette = m_window->findChild<QDialog *>(u"palette"_s);
    QVERIFY(palette);
    auto *search = palette->findChild<QLineEdit *>();
    QTest::keyClicks(search, u"histo"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY(view(u"history"_s)->isVisible());
}

void WindowTest::everyLabelIsPlainText()
{
    m_window->openAction(1);
    m_window->showImpact(1, 2, sample::impactOf(sample::deletion()));
    m_window->setRevocations(sample::revocations());
    m_window->showPage(Page::Agents);
    view(u"agents"_s)->setCurrentIndex(view(u"agents"_s)->model()->index(2, 0));
    press(Qt::Key_Question);
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    const QList<QLabel *> labels = m_window->findChildren<QLabel *>();
    QVERIFY(labels.size() > 50);
    for (const QLabel *label : labels)
        QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
    for (const QWidget *widget : m_window->findChildren<QWidget *>())
        QVERIFY2(
            widget->toolTip().isEmpty() || widget->toolTip().startsWith("<p style"_L1), qPrintable(widget->toolTip()));
}

void WindowTest::everyControlHasAName()
{
    m_window->openAction(1);
    for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
        const auto *button = qobject_cast<const QPushButton *>(widget);
        const bool isOwn = !widget->objectName().startsWith("qt_"_L1)
            && qobject_cast<const QComboBox *>(widget->parentWidget()) == nullptr;
        const bool isControl = button || qobject_cast<const QLineEdit *>(widget)
            || qobject_cast<const QAbstractItemView *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)
            || widget->objectName() == "words"_L1;
        if (!isControl || !isOwn || widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
            continue;
        const QString name = button && widget->accessibleName().isEmpty() ? button->text() : widget->accessibleName();
        QVERIFY2(!name.isEmpty(),
            qPrintable(widget->objectName() + u' ' + QString::fromLatin1(widget->metaObject()->className())));
    }
}

void WindowTest::hostileContentKeepsTheButtonsInTheWindow_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("words");
    const QString long4000(4'000, u'W');
    QTest::newRow("one line of 1 MiB") << "SELECT " + QByteArray("1+").repeated(512 * 1024) << long4000;
    QTest::newRow("1 MiB of NUL") << QByteArray(1024 * 1024, '\0') << QString(4'000, QChar(0x202E));
    QTest::newRow("1 MiB of changing control characters")
        << QByteArray("\x01\x02").repeated(512 * 1024) << QString(4'000, QChar(1));
    QTest::newRow("1 MiB of invalid UTF-8") << QByteArray("\xFF\xC0").repeated(512 * 1024) << QString(4'000, u'\n');
    QTest::newRow("1 MiB of line ends") << QByteArray(1024 * 1024, '\n') << u"<img src='/etc/passwd'>"_s.repeated(100);
    QTest::newRow("60,000 statements") << QByteArray("DELETE FROM a;\n").repeated(60'000) << u"<b>bold</b>"_s;
    QTest::newRow("right to left") << QByteArray("\xD7\x90 ").repeated(300'000) << u"א"_s.repeated(2'000);
}

void WindowTest::hostileContentKeepsTheButtonsInTheWindow()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, words);
    Action hostile = sample::update(99);
    hostile.sql = sql;
    hostile.title = words.left(200);
    hostile.reason = words;
    hostile.agent = words.left(63);
    hostile.agentOwner = words.left(63);
    hostile.target = words.left(63);
    Assessment assessment = sample::assessmentOf(sample::deletion());
    for (qsizetype i = 0; i < 20'000; ++i)
        assessment.statements[0].findings.append(
            {u"x"_s, RiskLevel::Write, i * 15, i * 15 + 14, words.left(300), words.left(300)});
    assessment.statements[0].effects[0].table = words;
    Impact impact = sample::impactOf(sample::deletion());
    impact.effects[0].table = words;
    impact.effects[0].exact.rows = std::numeric_limits<qint64>::max();
    impact.effects[0].estimate.unknownBecause = words;
    for (int i = 0; i < 500; ++i)
        impact.effects.append(impact.effects[1]);
    QElapsedTimer timer;
    timer.start();
    m_window->mergeActions({hostile});
    m_window->openAction(99);
    m_window->showAssessment(99, 1, assessment, sample::catalogState());
    m_window->showImpact(99, 1, impact);
    QTest::qWait(20);
    m_window->grab();
    QVERIFY2(timer.elapsed() < 6'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(m_window->size(), QSize(1024, 700));
    for (const QString &name : {u"release"_s, u"reject"_s, u"requestChanges"_s, u"revoke"_s, u"words"_s}) {
        const QWidget *button = find(name);
        const QRect place(button->mapTo(m_window.get(), QPoint()), button->size());
        QVERIFY2(button->isVisible() && m_window->rect().contains(place), qPrintable(name));
        QVERIFY(place.width() >= 40 && place.height() >= 20);
    }
    auto *impactContent = m_window->findChild<QWidget *>(u"impact"_s)->findChild<QWidget *>(u"content"_s);
    QVERIFY(impactContent->width() <= impactContent->parentWidget()->width());
}

void WindowTest::remembersItsPage()
{
    m_window->showPage(Page::Agents);
    m_window->close();
    MainWindow again(m_directory->filePath(u"settings.ini"_s));
    again.show();
    again.setSession({u"maria"_s, u"store"_s});
    QVERIFY(again.findChild<QWidget *>(u"agents"_s)->parentWidget()->isVisible());
}

void WindowTest::signInSaysWhatToDo()
{
    QSignalSpy wanted(m_window.get(), &MainWindow::signInWanted);
    m_window->showSignIn({{u"holdpoint"_s}, u"service=holdpoint"_s, false,
        Error{Error::Code::SignInRefused, u"Wrong password."_s, u"Look at ~/.pgpass."_s}});
    QCOMPARE(m_window->findChild<QLabel *>(u"signInError"_s)->text(), u"Wrong password."_s);
    QCOMPARE(m_window->findChild<QLabel *>(u"signInRemedy"_s)->text(), u"Look at ~/.pgpass."_s);
    QTest::mouseClick(m_window->findChild<QPushButton *>(u"signInButton"_s), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toString(), u"service=holdpoint"_s);
    m_window->showSignIn({{u"holdpoint"_s}, u"service=holdpoint"_s, true, std::nullopt});
    QVERIFY(!m_window->findChild<QPushButton *>(u"signInButton"_s)->isVisible());
    QVERIFY(!m_window->findChild<QLabel *>(u"signInError"_s)->isVisible());
    QSignalSpy cancelled(m_window.get(), &MainWindow::signInCancelled);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(cancelled.size(), 1);
    QVERIFY(m_window->findChild<QPushButton *>(u"signInButton"_s)->isVisible());
}

QTEST_MAIN(WindowTest)
#include "windowtest.moc"
