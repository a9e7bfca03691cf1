// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/impactsample.h"
#include "tests/ui/sample.h"
#include "ui/decision/moved.h"
#include "ui/impact/lockstext.h"
#include "ui/impact/planmodel.h"
#include "ui/impact/reachlist.h"
#include "ui/impact/rowsmodel.h"
#include "ui/impact/valuedialog.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

EffectImpact described(void (*describe)(EffectImpact &))
{
    EffectImpact effect;
    effect.verb = u"update"_s;
    effect.table = u"customers"_s;
    effect.tableRows.rows = 48'210;
    describe(effect);
    return effect;
}

QStringList texts(const RowsModel &model, int row)
{
    QStringList all;
    for (int column = 0; column < model.columnCount(); ++column)
        all.append(model.index(row, column).data().toString());
    return all;
}

QStringList titles(const RowsModel &model)
{
    QStringList all;
    for (int column = 0; column < model.columnCount(); ++column)
        all.append(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().section(u'\n', 0, 0));
    return all;
}

} // namespace

/// What the replica has shown, as people see it.
class ImpactViewsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysComeFirstAndNewValuesBesideOldOnes()
    {
        RowsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPreview(*described(sample::describeUpdate).preview);
        QCOMPARE(titles(model),
            QStringList({u"id"_s, u"status"_s, u"status, new"_s, u"shipped_at"_s, u"shipped_at, new"_s,
                u"number, new"_s, u"customer_id"_s, u"placed_at"_s}));
        QCOMPARE(texts(model, 0).first(4), QStringList({u"10"_s, u"paid"_s, u"→ pending"_s, u"NULL"_s}));
        QCOMPARE(texts(model, 2).at(2), u"pending"_s); // is pending already: not marked
        QCOMPARE(texts(model, 0).at(5), u"it is numbered when it is stored"_s);
    }

    void nullIsToldFromTheWordNull()
    {
        RowsModel model;
        Preview preview;
        preview.columns = {{u"a"_s, u"text"_s, false}};
        preview.rows = {{{std::nullopt}, {}}, {{u"NULL"_s}, {}}, {{u""_s}, {}}};
        model.setPreview(preview);
        const auto cell = [&](int row) {
            return model.index(row, 0).data(RowsModel::CellRole).value<RowsModel::Cell>();
        };
        QCOMPARE(cell(0), RowsModel::Cell::Null);
        QCOMPARE(cell(1), RowsModel::Cell::Value);
        QCOMPARE(cell(2), RowsModel::Cell::Value);
    }

    void aMaskedValueIsNowhere()
    {
        RowsModel model;
        Preview preview = *described(sample::describeDeletion).preview;
        model.setPreview(preview);
        QCOMPARE(model.index(0, 1).data().toString(), u"hidden by policy"_s);
        QCOMPARE(model.index(0, 1).data(RowsModel::WholeRole).toString(), u"hidden by policy"_s);
    }

    void aHostileValueIsSpelledOutAndItsToolTipIsNoMarkup()
    {
        RowsModel model;
        model.setPreview(*described(sample::describeDeletion).preview);
        const QModelIndex index = model.index(1, 4);
        QVERIFY(index.data().toString().contains(u"⟦U+202E⟧"_s));
        QVERIFY(!index.data(Qt::ToolTipRole).toString().contains(u"<b>"_s));
        const ValueDialog dialog(u"notes"_s, index.data(RowsModel::WholeRole).toString());
        const QString shown = dialog.findChild<QPlainTextEdit *>()->toPlainText();
        QVERIFY(shown.startsWith(u"<b>VIP</b>"_s));
        QVERIFY(shown.endsWith(u"turns around"_s));
    }

    void aScanOfALargeTableIsMarkedInWords()
    {
        PlanModel model;
        const EffectImpact effect = described(sample::describeDeletion);
        model.setPlan(effect.plan->root, effect.table, effect.tableRows.rows);
        const QModelIndex step = model.index(0, 0);
        QVERIFY(step.data(PlanModel::AlarmingRole).toBool());
        QCOMPARE(model.index(0, 0, step).data().toString(), u"reads the whole table"_s);
        model.setPlan(effect.plan->root, effect.table, 500);
        QVERIFY(!model.index(0, 0).data(PlanModel::AlarmingRole).toBool());
    }

    void whatRefusesNothingIsNotListed()
    {
        QList<ReachedImpact> reached = described(sample::describeDeletion).reached;
        QVERIFY(ReachList::hasLines(reached));
        reached = {reached.last()};
        reached.first().rows.rows = 0;
        QVERIFY(!ReachList::hasLines(reached));
        reached.first().rows.rows.reset();
        QVERIFY(ReachList::hasLines(reached));
    }

    void rowsAreShownWhileFiguresAreStillMissingAndReleaseWaits()
    {
        QTemporaryDir settings;
        MainWindow window(settings.filePath(u"settings.ini"_s));
        window.resize(1280, 800);
        window.show();
        sample::fill(window, u"maria"_s);
        window.openAction(2);
        const Action action = sample::update();
        window.showAssessment(2, 1, sample::assessmentOf(action), sample::catalogState());
        Impact arriving = sample::impactOf(action);
        arriving.settled = false;
        arriving.effects.first().exact = {.rows = {}, .atLeast = false, .unknownBecause = u"still being asked"_s};
        window.showImpact(2, 1, arriving);
        auto *rows = window.findChild<QTableView *>(u"rows"_s);
        QCOMPARE(rows->model()->rowCount(), 3);
        auto *words = window.findChild<QWidget *>(u"words"_s);
        QTest::qWait(600);
        words->setFocus();
        QTest::keyClicks(words, u"update 3 orders"_s);
        auto *release = window.findChild<QPushButton *>(u"release"_s);
        QVERIFY(!release->isEnabled());
        window.showImpact(2, 1, sample::impactOf(action));
        QCOMPARE(rows->model()->rowCount(), 3);
        // What was typed in the meantime stands.
        QTRY_VERIFY(release->isEnabled());
    }

    void whatMovedIsSaidFigureByFigure()
    {
        const Impact before = sample::impactOf(sample::deletion());
        QVERIFY(whatMoved(before, before).isEmpty());
        Impact now = before;
        now.effects[0].exact.rows = 48'300;
        now.effects[0].reached[0].rows.rows = 300'000;
        now.effects[0].notes.triggers.clear();
        QCOMPARE(whatMoved(before, now),
            QStringList({u"delete customers: 48,210, now 48,300"_s, u"public.orders: 301,882, now 300,000"_s,
                u"customers has other triggers or rules than before"_s}));
        now.effects[0].reached.removeFirst();
        QCOMPARE(whatMoved(before, now), QStringList{u"it touches other tables than it did: the schema has changed"_s});
    }

    void anActionThatIsOpenedAgainSaysWhatMoved()
    {
        QTemporaryDir settings;
        MainWindow window(settings.filePath(u"settings.ini"_s));
        window.show();
        sample::fill(window, u"maria"_s);
        const Action action = sample::update();
        const auto open = [&](const Impact &impact) {
            window.openAction(2);
            window.showAssessment(2, 1, sample::assessmentOf(action), sample::catalogState());
            window.showImpact(2, 1, impact);
        };
        const auto says = [&](const QString &text) {
            const auto labels = window.findChild<QWidget *>(u"impact"_s)->findChildren<QLabel *>();
            return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().contains(text); });
        };
        Impact impact = sample::impactOf(action);
        open(impact);
        QVERIFY(!says(u"Changed since"_s));
        window.openAction(1);
        impact.effects[0].exact.rows = 4;
        open(impact);
        QVERIFY(says(u"update orders: 3, now 4"_s));
    }

    void whoIsInTheWayIsSaidAndSoIsThatNobodyKnows()
    {
        Impact impact = sample::impactOf(sample::deletion());
        QCOMPARE(holderLines(impact),
            QStringList{u"app_owner (process 4711, migrate <b>7</b>) holds ACCESS EXCLUSIVE on orders, for 3 min, "
                        "idle in transaction"_s});
        impact.holders = QList<LockHolder>();
        QCOMPARE(holderLines(impact), QStringList{u"Nobody on the primary is in their way now."_s});
        impact.holders.reset();
        impact.holdersUnknownBecause = u"nobody may look"_s;
        QVERIFY(holderLines(impact).first().contains(u"not known: nobody may look"_s));
        QCOMPARE(lockLines(sample::assessmentOf(sample::deletion())),
            QStringList({u"customers: ROW EXCLUSIVE"_s, u"orders: ROW EXCLUSIVE"_s}));
    }

    void enterShowsAValueWhole()
    {
        QTemporaryDir settings;
        MainWindow window(settings.filePath(u"settings.ini"_s));
        window.show();
        sample::fill(window, u"maria"_s);
        window.openAction(2);
        const Action action = sample::update();
        window.showAssessment(2, 1, sample::assessmentOf(action), sample::catalogState());
        window.showImpact(2, 1, sample::impactOf(action));
        auto *tabs = window.findChild<QTabBar *>(u"details"_s);
        tabs->setCurrentIndex(1);
        auto *rows = window.findChild<QTableView *>(u"rows"_s);
        rows->setFocus();
        rows->setCurrentIndex(rows->model()->index(0, 1));
        QTest::keyClick(rows, Qt::Key_Return);
        auto *dialog = window.findChild<ValueDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QPlainTextEdit *>()->toPlainText(), u"paid"_s);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!window.findChild<ValueDialog *>());
    }
};

QTEST_MAIN(ImpactViewsTest)
#include "impactviewstest.moc"
