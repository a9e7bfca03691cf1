// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/sample.h"
#include "tests/ui/trialsample.h"
#include "ui/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// The trial's card, in the window in which it stands.
class TrialCardTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }
    void init();
    void aTrialIsOfferedAndAskedForOnce();
    void theKeyAsksToo();
    void whyThereIsNoneIsSaid();
    void whatTheStoreRefusesIsSaid();
    void whoWaitsIsToldForWhat();
    void whatHappenedIsSaidByStatementAndTable();
    void anEmptyTableAndAnotherSchemaAreDangers();
    void anErrorSaysWhereItIs();
    void aLostTrialSaysSoAndCanBeAskedForAgain();
    void aTrialOfAnotherRevisionIsNotShown();
    void theResultKeepsThePlaceInThePanel();
    void foreignTextIsMadeHarmless();

private:
    QString card() const;
    QString text(const QString &tone) const;
    QPushButton *button() const { return m_window->findChild<QPushButton *>(u"tryInSandbox"_s); }
    void open(const Action &action);

    QTemporaryDir m_directory;
    std::unique_ptr<MainWindow> m_window;
    Action m_action;
};

void TrialCardTest::init()
{
    m_window = std::make_unique<MainWindow>(m_directory.filePath(u"settings.ini"_s));
    m_window->resize(1024, 700);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    sample::fill(*m_window, u"maria"_s);
    m_action = sample::deletion();
    open(m_action);
}

void TrialCardTest::open(const Action &action)
{
    m_window->openAction(action.id);
    m_window->showAssessment(action.id, action.revision, sample::assessmentOf(action), sample::catalogState());
    m_window->showImpact(action.id, action.revision, sample::impactOf(action));
}

/// Everything that the card says, line by line.
QString TrialCardTest::card() const
{
    return text({});
}

QString TrialCardTest::text(const QString &tone) const
{
    QStringList lines;
    const QList<QLabel *> labels = m_window->findChild<QWidget *>(u"trialCard"_s)->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        if (tone.isEmpty() || label->property("tone").toString() == tone)
            lines.append(label->text());
    return lines.join(u'\n');
}

void TrialCardTest::aTrialIsOfferedAndAskedForOnce()
{
    QSignalSpy wanted(m_window.get(), &MainWindow::trialWanted);
    QVERIFY(button());
    QTest::mouseClick(button(), Qt::LeftButton);
    QTRY_COMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first(), (QVariantList{m_action.id, m_action.revision, m_action.digest}));
    QVERIFY(!button());
    QVERIFY(card().contains(u"asking the store"_s));
    QTest::keyClick(m_window->findChild<QWidget *>(u"queue"_s), Qt::Key_T);
    QCOMPARE(wanted.size(), 1);
}

void TrialCardTest::theKeyAsksToo()
{
    QSignalSpy wanted(m_window.get(), &MainWindow::trialWanted);
    QTest::keyClick(m_window->findChild<QWidget *>(u"queue"_s), Qt::Key_T);
    QCOMPARE(wanted.size(), 1);
    m_window->setTrials({sample::trialOf(m_action, TrialState::Running)});
    QTest::keyClick(m_window->findChild<QWidget *>(u"queue"_s), Qt::Key_T);
    QCOMPARE(wanted.size(), 1);
    m_window->setTrials({sample::trialThatRan(m_action)});
    QTest::keyClick(m_window->findChild<QWidget *>(u"queue"_s), Qt::Key_T);
    QCOMPARE(wanted.size(), 2);
}

void TrialCardTest::whyThereIsNoneIsSaid()
{
    QSignalSpy wanted(m_window.get(), &MainWindow::trialWanted);
    LinkState link = sample::liveLink();
    link.sandboxes = {u"prod-us"_s};
    m_window->setLink(link);
    QVERIFY(card().contains(u"no executor has a sandbox of prod-eu"_s));
    QVERIFY(!button());
    link.executorAlive = false;
    m_window->setLink(link);
    QVERIFY(card().contains(u"no executor is alive"_s));
    link.live = false;
    m_window->setLink(link);
    QVERIFY(card().contains(u"the store is not connected"_s));
    QTest::keyClick(m_window->findChild<QWidget *>(u"queue"_s), Qt::Key_T);
    QCOMPARE(wanted.size(), 0);
    m_window->setLink(sample::liveLink());
    QVERIFY(button());
}

void TrialCardTest::whatTheStoreRefusesIsSaid()
{
    QTest::mouseClick(button(), Qt::LeftButton);
    QTRY_VERIFY(card().contains(u"asking the store"_s));
    m_window->trialRefused(m_action.id, {Error::Code::Refused, u"maria owns the agent"_s, u"Another must"_s, {}});
    QVERIFY(text(u"danger"_s).contains(u"maria owns the agent"_s));
    QVERIFY(button());
}

void TrialCardTest::whoWaitsIsToldForWhat()
{
    m_window->setTrials({sample::trialOf(m_action, TrialState::Requested)});
    QVERIFY(card().contains(u"waiting for the executor since"_s));
    QVERIFY(!button());
    m_window->setTrials({sample::trialOf(m_action, TrialState::Running)});
    QVERIFY(card().contains(u"running since"_s));
    QVERIFY(!button());
}

void TrialCardTest::whatHappenedIsSaidByStatementAndTable()
{
    m_window->setTrials({sample::trialThatRan(m_action)});
    for (const QString &part : {u"325,608 rows"_s, u"rolled back"_s, u"1  DELETE"_s, u"12,050 rows"_s, u"2  UPDATE"_s,
             u"public.order_items"_s, u"226,104"_s, u"by deferred triggers"_s, u"its function ran 12,050"_s,
             u"orders_notify on public.orders: did not fire"_s, u"≈ 75,400 rows in the sandbox, ≈ 301,882 in prod-eu"_s,
             u"unknown in prod-eu"_s, u"Newest row in the sandbox"_s})
        QVERIFY2(card().contains(part), qPrintable(part + u" is not in: "_s + card()));
    QVERIFY(text(u"good"_s).contains(u"The schema is the same as in prod-eu"_s));
    QCOMPARE(text(u"danger"_s), QString());
}

void TrialCardTest::anEmptyTableAndAnotherSchemaAreDangers()
{
    m_window->setTrials({sample::trialThatProvesNothing(m_action)});
    QVERIFY(text(u"danger"_s).contains(u"public.customers is empty in the sandbox: this trial proves nothing"_s));
    QVERIFY(text(u"danger"_s).contains(u"The schema is not the same as in prod-eu. Differences: 2"_s));
    QVERIFY(card().contains(u"column total_cents: bigint NOT NULL in the target, integer NOT NULL in the sandbox"_s));
    QVERIFY(card().contains(u"whether it fired is not known"_s));
    QVERIFY(card().contains(u"How old the sandbox's rows are is unknown"_s));
    QCOMPARE(text(u"good"_s), QString());
}

void TrialCardTest::anErrorSaysWhereItIs()
{
    m_window->setTrials({sample::trialThatFailed(m_action)});
    QVERIFY(text(u"danger"_s).contains(u"Statement 2 failed, at character 32: column \"chnaged_by\""_s));
    QVERIFY(text(u"danger"_s).contains(u"SQLSTATE 42703"_s));
    QVERIFY(!m_window->findChild<QLabel *>(u"trialFigure"_s));
    m_window->setTrials({sample::trialThatWasRefused(m_action, u"VACUUM is not among the statements"_s)});
    QVERIFY(text(u"danger"_s).contains(u"Not tried: VACUUM"_s));
}

void TrialCardTest::aLostTrialSaysSoAndCanBeAskedForAgain()
{
    m_window->setTrials({sample::trialOf(m_action, TrialState::Lost)});
    QVERIFY(text(u"danger"_s).contains(u"The trial was lost: the executor executor-1 fell silent while it ran."_s));
    QVERIFY(button());
    Trial unreadable = sample::trialThatRan(m_action);
    unreadable.result.reset();
    m_window->setTrials({unreadable});
    QVERIFY(text(u"danger"_s).contains(u"cannot read the result"_s));
}

void TrialCardTest::aTrialOfAnotherRevisionIsNotShown()
{
    Trial old = sample::trialThatRan(m_action);
    --old.revision;
    m_window->setTrials({old, sample::trialThatRan(sample::update())});
    QVERIFY(!card().contains(u"rows"_s));
    QVERIFY(button());
    open(sample::update());
    QVERIFY(card().contains(u"325,608 rows"_s));
}

void TrialCardTest::theResultKeepsThePlaceInThePanel()
{
    m_window->setTrials({sample::trialThatRan(m_action)});
    auto *area = m_window->findChild<QScrollArea *>(u"impact"_s);
    QWidget *content = area->widget();
    m_window->setTrials({sample::trialThatFailed(m_action)});
    QCOMPARE(area->widget(), content);
    QTest::keyClick(m_window->findChild<QWidget *>(u"queue"_s), Qt::Key_T);
    const QWidget *trial = m_window->findChild<QWidget *>(u"trialCard"_s);
    QTRY_VERIFY(!trial->visibleRegion().isEmpty());
}

void TrialCardTest::foreignTextIsMadeHarmless()
{
    Trial trial = sample::trialThatFailed(m_action);
    trial.result->error->message = u"<b>fine</b>\u202E"_s;
    trial.result->statements[0].changes = {{u"public.\u202Ex"_s, 3}};
    m_window->setTrials({trial});
    QVERIFY(!card().contains(u'\u202E'));
    QVERIFY(card().contains(u"<b>fine</b>"_s));
    const QList<QLabel *> labels = m_window->findChild<QWidget *>(u"trialCard"_s)->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

QTEST_MAIN(TrialCardTest)
#include "trialcardtest.moc"
