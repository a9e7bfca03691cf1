// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/sample.h"
#include "ui/agents/agentsmodel.h"
#include "ui/history/historymodel.h"
#include "ui/queue/queuemodel.h"
#include "ui/review/findingsmodel.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class ModelsTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void queueSortsByRiskThenAge();
    void queueHoldsItsRows();
    void queueSortsOnceForManyAssessments();
    void queueKeepsFewFinished();
    void summariesNameWhatIsKnown();
    void historyTakesEntriesInAnyOrder();
    void agentsAreSortedByName();
    void findingsShowTheGravestAndCountTheRest();
    void coloursCanBeRead();
    void numbersSayWhatTheyAre();
};

void ModelsTest::queueSortsByRiskThenAge()
{
    QueueModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const Action &action : sample::actions()) {
        model.merge({action});
        model.setAssessment(action.id, action.revision, sample::assessmentOf(action));
    }
    model.settle();
    QList<qint64> ids;
    for (int row = 1; row <= 6; ++row)
        ids.append(model.index(row).data(QueueModel::IdRole).toLongLong());
    QCOMPARE(ids, (QList<qint64>{6, 5, 1, 3, 2, 4}));
    QCOMPARE(model.index(0).data().toString(), u"Waiting for a person · 6"_s);
    QCOMPARE(model.waiting(), 6);
    model.setFilter(u"no such thing"_s);
    QCOMPARE(model.rowCount(), 0);
}

void ModelsTest::queueHoldsItsRows()
{
    QueueModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.merge({sample::update(5), sample::update(6)});
    model.hold(true);
    model.merge({sample::update(7)});
    Action released = sample::update(5);
    released.state = ActionState::Released;
    released.changeNumber = 50;
    QCOMPARE(model.merge({released}).size(), 1);
    QCOMPARE(model.merge({sample::update(5)}).size(), 0);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.unseen(), 1);
    QVERIFY(model.isStale());
    model.settle();
    QCOMPARE(model.rowCount(), 5);
    QVERIFY(!model.isStale());
}

void ModelsTest::queueSortsOnceForManyAssessments()
{
    QueueModel model;
    QList<Action> many;
    for (int i = 1; i <= 1'000; ++i)
        many.append(sample::update(i));
    model.merge(many);
    QSignalSpy resets(&model, &QueueModel::modelReset);
    QSignalSpy counts(&model, &QueueModel::countsChanged);
    for (const Action &action : std::as_const(many)) {
        Assessment assessment = sample::assessmentOf(action);
        assessment.level = action.id % 2 == 0 ? RiskLevel::Critical : RiskLevel::Write;
        model.setAssessment(action.id, action.revision, assessment);
    }
    QCOMPARE(resets.size(), 0);
    QTRY_COMPARE(resets.size(), 1);
    QVERIFY(!model.isStale());
    QTest::qWait(100);
    QCOMPARE(resets.size(), 1);
    QCOMPARE(counts.size(), 1);
}

void ModelsTest::summariesNameWhatIsKnown()
{
    QCOMPARE(summaryOf(cannotBeAnalysed(10, u"it ended"_s)), u"Text that cannot be read as SQL"_s);
    Assessment grant = sample::assessmentOf(sample::actions().at(5));
    QCOMPARE(summaryOf(grant), u"GRANT public"_s);
    grant.statements[0].effects[0].table = u"unknown"_s;
    grant.statements[0].relations.clear();
    QCOMPARE(summaryOf(grant), u"GRANT"_s);
    QCOMPARE(sentence(u"The link is gone"_s), u"The link is gone."_s);
    QCOMPARE(sentence(u"The link is gone."_s), u"The link is gone."_s);
}

void ModelsTest::queueKeepsFewFinished()
{
    QueueModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QList<Action> finished;
    for (int i = 1; i <= 500; ++i) {
        finished.append(sample::update(i));
        finished.last().state = ActionState::Executed;
    }
    model.merge(finished);
    QCOMPARE(model.rowCount(), 21);
    QVERIFY(model.action(500));
    QVERIFY(!model.action(1));
}

void ModelsTest::historyTakesEntriesInAnyOrder()
{
    HistoryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QList<LedgerEntry> all = sample::history(300);
    QRandomGenerator random(7);
    std::shuffle(all.begin(), all.end(), random);
    model.add(all.first(100));
    model.add(all.sliced(50, 150));
    model.add(all);
    QCOMPARE(model.rowCount(), 300);
    for (int row = 0; row < 300; ++row)
        QCOMPARE(model.index(row, 0).data(HistoryModel::EntryRole).value<LedgerEntry>().sequence, 300 - row);
    QCOMPARE(model.oldest(), 1);
}

void ModelsTest::agentsAreSortedByName()
{
    AgentsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setAgents(sample::agents());
    QCOMPARE(model.index(2, 0).data().toString(), u"old-bot"_s);
    QCOMPARE(model.index(2, AgentsModel::StateColumn).data().toString(), u"revoked"_s);
    QCOMPARE(model.rowOf(u"nobody"_s), -1);
}

void ModelsTest::findingsShowTheGravestAndCountTheRest()
{
    FindingsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Assessment assessment = sample::assessmentOf(sample::deletion());
    for (qsizetype i = 0; i < 1'000; ++i)
        assessment.statements[0].findings.prepend({u"x"_s, RiskLevel::Write, i, i + 1, u"small"_s, {}});
    model.setAssessment(assessment);
    QCOMPARE(model.rowCount(), 201);
    QCOMPARE(model.index(0).data(FindingsModel::LevelRole).value<RiskLevel>(), RiskLevel::Critical);
    QCOMPARE(model.index(200).data().toString(), u"803 more findings, none graver than these"_s);
}

void ModelsTest::coloursCanBeRead()
{
    for (const Theme *theme : {&Theme::light(), &Theme::darkScheme()}) {
        for (const QColor &ground : {theme->window, theme->surface, theme->sunken}) {
            for (const QColor &text :
                {theme->text, theme->muted, theme->accent, theme->good, theme->danger, theme->read, theme->write,
                    theme->destructive, theme->critical, theme->production, theme->otherEnvironment})
                QVERIFY2(contrast(text, ground) >= 4.5,
                    qPrintable(u"%1 on %2: %3"_s.arg(text.name(), ground.name()).arg(contrast(text, ground))));
        }
        for (const RiskLevel level : {RiskLevel::Read, RiskLevel::Write, RiskLevel::Destructive, RiskLevel::Critical})
            QVERIFY2(contrast(theme->risk(level), theme->tint(theme->risk(level))) >= 4.5, qPrintable(toWord(level)));
        QVERIFY(contrast(theme->onAccent, theme->accent) >= 4.5);
        QVERIFY(contrast(theme->onDanger, theme->danger) >= 4.5);
        QVERIFY(contrast(theme->text, theme->selection) >= 4.5);
        QVERIFY(contrast(theme->muted, theme->selection) >= 4.5);
        for (const RiskLevel level : {RiskLevel::Read, RiskLevel::Write, RiskLevel::Destructive, RiskLevel::Critical})
            QVERIFY2(contrast(theme->risk(level), theme->selection) >= 4.5, qPrintable(toWord(level)));
        QCOMPARE(theme->environment(u"something else"_s), theme->production);
    }
    QCOMPARE(qRound(contrast(Qt::black, Qt::white)), 21);
}

void ModelsTest::numbersSayWhatTheyAre()
{
    QLocale::setDefault(QLocale(QLocale::English));
    QCOMPARE(numberText(48'210), u"48,210"_s);
    QCOMPARE(figureText({48'100, false, {}}, true), u"≈ 48,100"_s);
    QCOMPARE(figureText({10'000, true, {}}, false), u"more than 10,000"_s);
    QCOMPARE(figureText({}, false), u"unknown"_s);
    QCOMPARE(shareText(48'209, 48'210), u"99 %"_s);
    QCOMPARE(shareText(48'210, 48'210), u"100 %"_s);
    QCOMPARE(shareText(1, 48'210), u"less than 1 %"_s);
    QCOMPARE(rowsText(1), u"1 row"_s);
}

QTEST_MAIN(ModelsTest)
#include "modelstest.moc"
