// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/sample.h"
#include "ui/decision/blockers.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// Decides through the real window, by keyboard.
class DecisionTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void rightWordsRelease();
    void wrongWordsKeepReleaseOff_data();
    void wrongWordsKeepReleaseOff();
    void saysWhichBlankIsWrong();
    void readsAreReleasedByOneWord();
    void criticalWordsNameTheTarget();
    void overThePolicysLimitAWriteIsDestructive();
    void unknownCountIsTypedUnknown();
    void killSwitchWorksWhileAReasonIsTyped();
    void pastingDoesNothing();
    void linkDownKeepsReleaseOff();
    void ownerCannotDecide();
    void whoHasApprovedCannotApproveAgain();
    void unassessedCannotBeReleased();
    void unsettledImpactKeepsReleaseOff();
    void hiddenTextKeepsReleaseOff();
    void expiredCannotBeReleased();
    void nothingIsReleasedInTheFirstHalfSecond();
    void newRevisionForgetsTheWords();
    void lateAnswersAreDropped();
    void showsWhatTheStoreSaysAndNothingSooner();
    void showsWhyTheStoreRefused();
    void rejectingNeedsAReason();
    void requestingChangesCarriesTheReason();
    void factsBlockByDefault();

private:
    void open(const Action &action, std::optional<Impact> impact);
    void openUpdate() { open(sample::update(), sample::impactOf(sample::update())); }
    void type(const QString &words);
    void rest() { QTest::qWait(600); }
    QPushButton *button(const QString &name) const { return m_window->findChild<QPushButton *>(name); }
    bool canRelease() const { return button(u"release"_s)->isEnabled() && button(u"release"_s)->isVisible(); }
    QString hint() const { return m_window->findChild<QLabel *>(u"hint"_s)->text(); }

    QTemporaryDir m_directory;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QSignalSpy> m_decisions;
};

void DecisionTest::init()
{
    m_window = std::make_unique<MainWindow>(m_directory.filePath(u"settings.ini"_s));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    sample::fill(*m_window, u"maria"_s);
    m_decisions = std::make_unique<QSignalSpy>(m_window.get(), &MainWindow::decisionMade);
}

void DecisionTest::cleanup()
{
    m_decisions.reset();
    m_window.reset();
}

void DecisionTest::open(const Action &action, std::optional<Impact> impact)
{
    m_window->mergeActions({action});
    m_window->openAction(action.id);
    m_window->showAssessment(action.id, action.revision, sample::assessmentOf(action), sample::catalogState());
    if (impact)
        m_window->showImpact(action.id, action.revision, *impact);
}

void DecisionTest::type(const QString &words)
{
    m_window->findChild<QWidget *>(u"queue"_s)->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_A);
    auto *input = m_window->findChild<QWidget *>(u"words"_s);
    QVERIFY(input->hasFocus());
    QTest::keyClicks(input, words);
}

void DecisionTest::rightWordsRelease()
{
    openUpdate();
    rest();
    type(u"Update 3  ORDERS"_s);
    QVERIFY(canRelease());
    QTest::keyClick(m_window->findChild<QWidget *>(u"words"_s), Qt::Key_Return);
    QCOMPARE(m_decisions->size(), 1);
    const auto decision = m_decisions->at(0).at(0).value<Decision>();
    const Action action = sample::update();
    QCOMPARE(decision.action, action.id);
    QCOMPARE(decision.revision, action.revision);
    QCOMPARE(decision.digest, action.digest);
    QCOMPARE(decision.verdict, Verdict::Approve);
    QCOMPARE(decision.words, u"Update 3  ORDERS"_s);
    QCOMPARE(decision.evidence.level, RiskLevel::Write);
    QCOMPARE(decision.evidence.count, 3);
    QCOMPARE(decision.evidence.table, u"orders"_s);
    QCOMPARE(decision.evidence.target, u"prod-eu"_s);
    QCOMPARE(decision.evidence.countKind, u"exact"_s);
    // Twice is once.
    QTest::keyClick(m_window->findChild<QWidget *>(u"words"_s), Qt::Key_Return);
    QCOMPARE(m_decisions->size(), 1);
}

void DecisionTest::wrongWordsKeepReleaseOff_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << QString();
    QTest::newRow("half") << u"update 3"_s;
    QTest::newRow("wrong verb") << u"delete 3 orders"_s;
    QTest::newRow("wrong count") << u"update 30 orders"_s;
    QTest::newRow("wrong table") << u"update 3 order"_s;
    QTest::newRow("too much") << u"update 3 orders please"_s;
    QTest::newRow("the form") << u"[verb] [count] [table]"_s;
}

void DecisionTest::wrongWordsKeepReleaseOff()
{
    QFETCH(QString, words);
    openUpdate();
    rest();
    type(words);
    QVERIFY(!canRelease());
    QTest::keyClick(m_window->findChild<QWidget *>(u"words"_s), Qt::Key_Return);
    QTest::mouseClick(button(u"release"_s), Qt::LeftButton);
    QCOMPARE(m_decisions->size(), 0);
}

void DecisionTest::saysWhichBlankIsWrong()
{
    openUpdate();
    rest();
    type(u"update 4 "_s);
    QVERIFY2(hint().contains("count"_L1), qPrintable(hint()));
    QTest::keyClick(m_window->findChild<QWidget *>(u"words"_s), Qt::Key_Backspace, Qt::ControlModifier);
    QTest::keyClicks(m_window->findChild<QWidget *>(u"words"_s), u"3 customers "_s);
    QVERIFY2(hint().contains("table is wrong"_L1), qPrintable(hint()));
}

void DecisionTest::readsAreReleasedByOneWord()
{
    const Action read = sample::actions().at(3);
    open(read, sample::impactOf(read));
    rest();
    QCOMPARE(hint(), u"Type: release"_s);
    type(u"release"_s);
    QVERIFY2(canRelease(), qPrintable(hint()));
}

void DecisionTest::criticalWordsNameTheTarget()
{
    const Action deletion = sample::deletion();
    open(deletion, sample::impactOf(deletion));
    rest();
    type(u"yes, i understand: delete 48210 customers"_s);
    QVERIFY(!canRelease());
    QTest::keyClicks(m_window->findChild<QWidget *>(u"words"_s), u" prod-eu"_s);
    QVERIFY2(canRelease(), qPrintable(hint()));
}

void DecisionTest::overThePolicysLimitAWriteIsDestructive()
{
    openUpdate();
    rest();
    type(u"update 3 orders"_s);
    QVERIFY(canRelease());
    QList<PolicyRule> rules = sample::policies();
    for (PolicyRule &rule : rules)
        rule.rowLimit = 2;
    m_window->setPolicies(rules);
    QVERIFY(!canRelease());
    bool said = false;
    for (const QLabel *label : m_window->findChild<QWidget *>(u"impact"_s)->findChildren<QLabel *>())
        said = said
            || label->text()
                == "Raised from write to destructive: it would touch more than the policy's limit of 2 rows."_L1;
    QVERIFY(said);
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(m_window->findChild<QWidget *>(u"words"_s), Qt::Key_Backspace);
    type(u"yes, i understand: update 3 orders"_s);
    QVERIFY2(canRelease(), qPrintable(hint()));
    QTest::mouseClick(button(u"release"_s), Qt::LeftButton);
    QCOMPARE(m_decisions->at(0).at(0).value<Decision>().evidence.level, RiskLevel::Destructive);
}

void DecisionTest::killSwitchWorksWhileAReasonIsTyped()
{
    openUpdate();
    m_window->findChild<QWidget *>(u"queue"_s)->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_R);
    auto *dialog = m_window->findChild<QDialog *>(u"reasonDialog"_s);
    QVERIFY(dialog && QTest::qWaitForWindowActive(dialog));
    QTest::keyClicks(dialog->findChild<QPlainTextEdit *>(), u"Not"_s);
    m_window->findChild<QPushButton *>(u"reject"_s)->click();
    QCOMPARE(m_window->findChildren<QDialog *>(u"reasonDialog"_s).size(), 1);
    QTest::keyClick(dialog->findChild<QPlainTextEdit *>(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    auto *revoke = m_window->findChild<QDialog *>(u"revokeDialog"_s);
    QVERIFY(revoke && revoke->isVisible());
    revoke->reject();
    QTest::qWait(0);
    QTest::mouseClick(button(u"revoke"_s), Qt::LeftButton);
    revoke = m_window->findChild<QDialog *>(u"revokeDialog"_s);
    QVERIFY(revoke && revoke->isVisible());
    QCOMPARE(dialog->findChild<QPlainTextEdit *>()->toPlainText(), u"Not"_s);
}

void DecisionTest::unknownCountIsTypedUnknown()
{
    Impact impact;
    impact.error = u"The replica cannot be reached."_s;
    open(sample::update(), impact);
    rest();
    type(u"yes, i understand: update 0 orders"_s);
    QVERIFY(!canRelease());
    QTest::keyClick(m_window->findChild<QWidget *>(u"words"_s), Qt::Key_Backspace, Qt::ControlModifier);
    QTest::keyClick(m_window->findChild<QWidget *>(u"words"_s), Qt::Key_Backspace, Qt::ControlModifier);
    QTest::keyClicks(m_window->findChild<QWidget *>(u"words"_s), u"unknown orders"_s);
    QVERIFY2(canRelease(), qPrintable(hint()));
}

void DecisionTest::pastingDoesNothing()
{
    openUpdate();
    rest();
    type({});
    QApplication::clipboard()->setText(u"update 3 orders"_s);
    auto *input = m_window->findChild<QWidget *>(u"words"_s);
    QTest::keyClick(input, Qt::Key_V, Qt::ControlModifier);
    QTest::mouseClick(input, Qt::MiddleButton);
    QVERIFY(!canRelease());
}

void DecisionTest::linkDownKeepsReleaseOff()
{
    openUpdate();
    rest();
    type(u"update 3 orders"_s);
    QVERIFY(canRelease());
    m_window->setLink({false, u"The connection was lost."_s, QDateTime::currentDateTimeUtc(), false, {}});
    QVERIFY(!canRelease());
    QVERIFY(!button(u"reject"_s)->isEnabled());
    QTest::keyClick(m_window->findChild<QWidget *>(u"words"_s), Qt::Key_Return);
    QCOMPARE(m_decisions->size(), 0);
    m_window->setLink(sample::liveLink());
    QVERIFY(canRelease());
}

void DecisionTest::ownerCannotDecide()
{
    m_window->setSession({u"lena"_s, u"store"_s});
    openUpdate();
    rest();
    type(u"update 3 orders"_s);
    QVERIFY(!canRelease());
    QVERIFY(!button(u"reject"_s)->isEnabled());
    QVERIFY2(hint().contains("another approver"_L1), qPrintable(hint()));
}

void DecisionTest::whoHasApprovedCannotApproveAgain()
{
    Action action = sample::update();
    action.changeNumber = 500;
    action.state = ActionState::Approved;
    action.approvals = {{u"maria"_s, RiskLevel::Write, QDateTime::currentDateTimeUtc()}};
    open(action, sample::impactOf(action));
    rest();
    type(u"update 3 orders"_s);
    QVERIFY(!canRelease());
    QVERIFY2(hint().contains("second person"_L1), qPrintable(hint()));
    QVERIFY(button(u"reject"_s)->isEnabled());
}

void DecisionTest::unassessedCannotBeReleased()
{
    Action action = sample::update(70);
    m_window->mergeActions({action});
    m_window->openAction(70);
    m_window->showImpact(70, 1, sample::impactOf(action));
    rest();
    type(u"update 3 orders"_s);
    QVERIFY(!canRelease());
    m_window->showAssessment(70, 1, sample::assessmentOf(action), sample::catalogState());
    QVERIFY2(canRelease(), qPrintable(hint()));
}

void DecisionTest::unsettledImpactKeepsReleaseOff()
{
    open(sample::update(), std::nullopt);
    rest();
    type(u"update 3 orders"_s);
    QVERIFY(!canRelease());
    QVERIFY2(hint().contains("replica"_L1), qPrintable(hint()));
}

void DecisionTest::hiddenTextKeepsReleaseOff()
{
    Action action = sample::update(71);
    action.sql = "UPDATE orders SET status = '" + QByteArray(12'000, 'x') + "';";
    open(action, sample::impactOf(action));
    rest();
    type(u"update 3 orders"_s);
    QVERIFY(!canRelease());
    QVERIFY2(hint().contains("not shown"_L1), qPrintable(hint()));
    for (QPushButton *shown : m_window->findChildren<QPushButton *>())
        if (shown->isVisible() && shown->text() == "Show all"_L1)
            QTest::mouseClick(shown, Qt::LeftButton);
    QVERIFY2(canRelease(), qPrintable(hint()));
}

void DecisionTest::expiredCannotBeReleased()
{
    Action action = sample::update(72);
    action.expiresAt = QDateTime::currentDateTimeUtc().addSecs(-1);
    open(action, sample::impactOf(action));
    rest();
    type(u"update 3 orders"_s);
    QVERIFY(!canRelease());
    QVERIFY2(hint().contains("expired"_L1), qPrintable(hint()));
}

void DecisionTest::nothingIsReleasedInTheFirstHalfSecond()
{
    openUpdate();
    type(u"update 3 orders"_s);
    QVERIFY(!canRelease());
    QTest::keyClick(m_window->findChild<QWidget *>(u"words"_s), Qt::Key_Return);
    QCOMPARE(m_decisions->size(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(canRelease(), 1'500);
}

void DecisionTest::newRevisionForgetsTheWords()
{
    openUpdate();
    rest();
    type(u"update 3 orders"_s);
    QVERIFY(canRelease());
    QSignalSpy opened(m_window.get(), &MainWindow::actionOpened);
    Action revised = sample::update();
    revised.revision = 2;
    revised.changeNumber = 600;
    revised.sql = "UPDATE orders SET status = 'pending';";
    m_window->mergeActions({revised});
    QVERIFY(!canRelease());
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.at(0).at(1).toInt(), 2);
    m_window->showAssessment(2, 2, sample::assessmentOf(revised), sample::catalogState());
    m_window->showImpact(2, 2, sample::impactOf(revised));
    rest();
    QVERIFY(!canRelease());
}

void DecisionTest::lateAnswersAreDropped()
{
    open(sample::update(), std::nullopt);
    m_window->showImpact(2, 7, sample::impactOf(sample::update()));
    m_window->showImpact(1, 2, sample::impactOf(sample::deletion()));
    m_window->showAssessment(2, 7, sample::assessmentOf(sample::deletion()), sample::catalogState());
    rest();
    type(u"update 3 orders"_s);
    QVERIFY(!canRelease());
    QVERIFY2(hint().contains("replica"_L1), qPrintable(hint()));
    QCOMPARE(m_window->findChild<QLabel *>(u"summary"_s)->text(), u"UPDATE orders"_s);
    Action older = sample::update();
    older.changeNumber = 1;
    older.state = ActionState::Rejected;
    m_window->mergeActions({older});
    QVERIFY(button(u"reject"_s)->isVisible());
}

void DecisionTest::showsWhatTheStoreSaysAndNothingSooner()
{
    openUpdate();
    rest();
    type(u"update 3 orders"_s);
    QTest::mouseClick(button(u"release"_s), Qt::LeftButton);
    QCOMPARE(m_decisions->size(), 1);
    QVERIFY(!canRelease());
    auto *outcome = m_window->findChild<QLabel *>(u"outcome"_s);
    QVERIFY(!outcome->isVisible());
    m_window->decisionAccepted(2, ActionState::Released);
    QVERIFY(outcome->isVisible());
    QVERIFY2(outcome->text().startsWith("Released"_L1), qPrintable(outcome->text()));
    Action executed = sample::update();
    executed.changeNumber = 700;
    executed.state = ActionState::Executed;
    executed.outcome = Outcome{3, 13, {}, QDateTime::currentDateTimeUtc()};
    m_window->mergeActions({executed});
    QCOMPARE(outcome->text(), u"Executed: 3 rows changed"_s);
    QVERIFY(m_window->findChild<QLabel *>(u"outcomeDetail"_s)->text().contains("13 rows were allowed"_L1));
}

void DecisionTest::showsWhyTheStoreRefused()
{
    openUpdate();
    rest();
    type(u"update 3 orders"_s);
    QTest::mouseClick(button(u"release"_s), Qt::LeftButton);
    m_window->decisionRefused(2, {Error::Code::Conflict, u"The action moved on."_s, u"Read it again."_s});
    QVERIFY2(hint().contains("The action moved on. Read it again."_L1), qPrintable(hint()));
    QTest::keyClick(m_window->findChild<QWidget *>(u"words"_s), Qt::Key_Backspace);
    QVERIFY2(!hint().contains("moved on"_L1), qPrintable(hint()));
    QVERIFY(button(u"reject"_s)->isEnabled());
}

void DecisionTest::rejectingNeedsAReason()
{
    openUpdate();
    m_window->findChild<QWidget *>(u"queue"_s)->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_R);
    auto *dialog = m_window->findChild<QDialog *>(u"reasonDialog"_s);
    QVERIFY(dialog && dialog->isVisible());
    auto *send = dialog->findChild<QPushButton *>(u"sendReason"_s);
    QVERIFY(!send->isEnabled());
    QTest::keyClicks(dialog->findChild<QPlainTextEdit *>(), u"   "_s);
    QVERIFY(!send->isEnabled());
    QTest::keyClicks(dialog->findChild<QPlainTextEdit *>(), u"Not on a Friday."_s);
    QVERIFY(send->isEnabled());
    QTest::mouseClick(send, Qt::LeftButton);
    QCOMPARE(m_decisions->size(), 1);
    const auto decision = m_decisions->at(0).at(0).value<Decision>();
    QCOMPARE(decision.verdict, Verdict::Reject);
    QCOMPARE(decision.reason, u"Not on a Friday."_s);
    QCOMPARE(decision.words, QString());
}

void DecisionTest::requestingChangesCarriesTheReason()
{
    openUpdate();
    m_window->findChild<QWidget *>(u"queue"_s)->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_C);
    auto *dialog = m_window->findChild<QDialog *>(u"reasonDialog"_s);
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QPlainTextEdit *>(), u"Name the orders."_s);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"sendReason"_s), Qt::LeftButton);
    QCOMPARE(m_decisions->size(), 1);
    QCOMPARE(m_decisions->at(0).at(0).value<Decision>().verdict, Verdict::RequestChanges);
}

void DecisionTest::factsBlockByDefault()
{
    DecisionFacts facts;
    QVERIFY(!decisionBlocker(facts).isEmpty());
    facts = {.linkLive = true,
        .state = ActionState::Pending,
        .expired = false,
        .userOwnsAgent = false,
        .userHasApproved = false,
        .awaitingStore = false,
        .assessed = true,
        .catalogSettled = true,
        .impactSettled = true,
        .textComplete = true,
        .rested = true};
    QCOMPARE(approvalBlocker(facts), QString());
    const QList<bool DecisionFacts::*> bad{&DecisionFacts::expired, &DecisionFacts::userOwnsAgent,
        &DecisionFacts::userHasApproved, &DecisionFacts::awaitingStore};
    for (const auto fact : bad) {
        DecisionFacts one = facts;
        one.*fact = true;
        QVERIFY(!approvalBlocker(one).isEmpty());
    }
    const QList<bool DecisionFacts::*> good{&DecisionFacts::linkLive, &DecisionFacts::assessed,
        &DecisionFacts::catalogSettled, &DecisionFacts::impactSettled, &DecisionFacts::textComplete, &DecisionFacts::rested};
    for (const auto fact : good) {
        DecisionFacts one = facts;
        one.*fact = false;
        QVERIFY(!approvalBlocker(one).isEmpty());
    }
    for (const ActionState state :
        {ActionState::Rejected, ActionState::Released, ActionState::Executed, ActionState::Revoked}) {
        DecisionFacts one = facts;
        one.state = state;
        QVERIFY(!approvalBlocker(one).isEmpty());
    }
}

QTEST_MAIN(DecisionTest)
#include "decisiontest.moc"
