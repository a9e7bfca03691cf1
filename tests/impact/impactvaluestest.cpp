// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/impact.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

EffectImpact effect(std::optional<qint64> estimate, std::optional<qint64> exact, std::optional<qint64> tableRows)
{
    EffectImpact impact;
    impact.verb = u"delete"_s;
    impact.table = u"orders"_s;
    impact.estimate.rows = estimate;
    impact.exact.rows = exact;
    impact.tableRows.rows = tableRows;
    return impact;
}

Impact impactOf(const QList<EffectImpact> &effects)
{
    Impact impact;
    impact.effects = effects;
    impact.at = QDateTime::currentDateTimeUtc();
    return impact;
}

} // namespace

class ImpactValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBestFigureIsTheExactOneThenTheEstimateThenNone();
    void aCountThatStoppedEarlyYieldsToALargerEstimate();
    void theTotalIsUnknownAsSoonAsOneFigureIs();
    void whatForeignKeysAreKnownToChangeIsPartOfTheTotal();
    void theTotalOfAReplicaThatWasNotAskedIsUnknown();
    void theTotalNeverOverflowsIntoASmallNumber();
    void theGravestEffectIsTheUnknownOneThenTheLargest();
    void anUnknownFigureMakesAWriteDestructive();
    void halfATableDoesNotRaiseAndOneRowMoreDoes();
    void anInsertIsNotMeasuredAgainstItsTable();
    void impactNeverLowersALevelNorRaisesAnActionThatOnlyReads();
};

void ImpactValuesTest::theBestFigureIsTheExactOneThenTheEstimateThenNone()
{
    QCOMPARE(effect(7, 0, 100).best(), 0);
    QCOMPARE(effect(7, 0, 100).bestKind(), u"exact"_s);
    QCOMPARE(effect(7, {}, 100).best(), 7);
    QCOMPARE(effect(7, {}, 100).bestKind(), u"estimate"_s);
    QVERIFY(!effect({}, {}, 100).best());
    QCOMPARE(effect({}, {}, 100).bestKind(), u"unknown"_s);
}

void ImpactValuesTest::aCountThatStoppedEarlyYieldsToALargerEstimate()
{
    EffectImpact stopped = effect(5'000'000, 1'000'000, {});
    stopped.exact.atLeast = true;
    QCOMPARE(stopped.best(), 5'000'000);
    QCOMPARE(stopped.bestKind(), u"estimate"_s);
    stopped.estimate.rows = 3;
    QCOMPARE(stopped.best(), 1'000'000);
}

void ImpactValuesTest::theTotalIsUnknownAsSoonAsOneFigureIs()
{
    QCOMPARE(impactOf({effect({}, 2, {}), effect(3, {}, {})}).totalRows(), 5);
    QVERIFY(!impactOf({effect({}, 2, {}), effect({}, {}, {})}).totalRows());
}

void ImpactValuesTest::whatForeignKeysAreKnownToChangeIsPartOfTheTotal()
{
    Impact impact;
    impact.at = QDateTime::currentDateTimeUtc();
    impact.effects = {effect(7, 5, 100)};
    ReachedImpact orders;
    orders.action = Reached::Action::Delete;
    orders.rows.rows = 90;
    ReachedImpact notes = orders, contracts = orders;
    notes.rows = {.rows = {}, .atLeast = false, .unknownBecause = u"hidden"_s};
    contracts.action = Reached::Action::Refuse;
    impact.effects.first().reached = {orders, notes, contracts};
    QCOMPARE(impact.totalRows(), 95);
    QVERIFY(impact.hasUncounted());
    impact.effects.first().reached.removeAt(1);
    QVERIFY(!impact.hasUncounted());
}

void ImpactValuesTest::theTotalOfAReplicaThatWasNotAskedIsUnknown()
{
    QVERIFY(!Impact().totalRows());
    Impact unreachable = impactOf({});
    QCOMPARE(unreachable.totalRows(), 0);
    unreachable.error = u"the replica is down"_s;
    QVERIFY(!unreachable.totalRows());
}

void ImpactValuesTest::theTotalNeverOverflowsIntoASmallNumber()
{
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    QCOMPARE(impactOf({effect(most, {}, {}), effect(most, {}, {})}).totalRows(), most);
}

void ImpactValuesTest::theGravestEffectIsTheUnknownOneThenTheLargest()
{
    const EffectImpact small = effect({}, 1, {});
    const EffectImpact large = effect({}, 9, {});
    const EffectImpact unknown = effect({}, {}, {});
    QVERIFY(!impactOf({}).gravest());
    QCOMPARE(*impactOf({small, large}).gravest(), large);
    QCOMPARE(*impactOf({small, unknown, large}).gravest(), unknown);
}

void ImpactValuesTest::anUnknownFigureMakesAWriteDestructive()
{
    QCOMPARE(raisedBy(RiskLevel::Write, impactOf({effect({}, {}, 100)})), RiskLevel::Destructive);
    QCOMPARE(raisedBy(RiskLevel::Write, Impact()), RiskLevel::Destructive);
    QCOMPARE(raisedBy(RiskLevel::Write, impactOf({effect(3, {}, 100)})), RiskLevel::Write);
}

void ImpactValuesTest::halfATableDoesNotRaiseAndOneRowMoreDoes()
{
    QCOMPARE(raisedBy(RiskLevel::Write, impactOf({effect({}, 50, 100)})), RiskLevel::Write);
    QCOMPARE(raisedBy(RiskLevel::Write, impactOf({effect({}, 51, 100)})), RiskLevel::Destructive);
}

void ImpactValuesTest::anInsertIsNotMeasuredAgainstItsTable()
{
    EffectImpact insert = effect({}, 500, 10);
    insert.verb = u"insert"_s;
    QCOMPARE(raisedBy(RiskLevel::Write, impactOf({insert})), RiskLevel::Write);
}

void ImpactValuesTest::impactNeverLowersALevelNorRaisesAnActionThatOnlyReads()
{
    QCOMPARE(raisedBy(RiskLevel::Critical, impactOf({effect({}, 0, 100)})), RiskLevel::Critical);
    QCOMPARE(raisedBy(RiskLevel::Critical, impactOf({effect({}, {}, {})})), RiskLevel::Critical);
    QCOMPARE(raisedBy(RiskLevel::Read, impactOf({})), RiskLevel::Read);
    Impact unreachable = impactOf({});
    unreachable.error = u"the replica is down"_s;
    QCOMPARE(raisedBy(RiskLevel::Read, unreachable), RiskLevel::Read);
}

QTEST_GUILESS_MAIN(ImpactValuesTest)
#include "impactvaluestest.moc"
