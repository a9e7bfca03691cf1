// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/planreader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class PlanReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theStepsOfAServersPlanAreRead();
    void whatIsNoPlanOfOneReadingStatementIsNeverAFigure_data();
    void whatIsNoPlanOfOneReadingStatementIsNeverAFigure();
    void aNumberBeyondAllTablesIsCut();
};

void PlanReaderTest::theStepsOfAServersPlanAreRead()
{
    // As PostgreSQL 17 answers for a join.
    const auto plan = readPlan(R"json([{"Plan": {"Node Type": "Hash Join", "Parallel Aware": false,
        "Async Capable": false, "Join Type": "Inner", "Startup Cost": 17.25, "Total Cost": 108.42, "Plan Rows": 286,
        "Plan Width": 14, "Inner Unique": true, "Hash Cond": "(o.customer_id = c.id)", "Plans": [
          {"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Relation Name": "orders", "Alias": "o",
           "Startup Cost": 0.00, "Total Cost": 71.00, "Plan Rows": 3000, "Plan Width": 22},
          {"Node Type": "Hash", "Parent Relationship": "Inner", "Startup Cost": 16.66, "Total Cost": 16.66,
           "Plan Rows": 47, "Plan Width": 8}]}}])json");
    QVERIFY(plan);
    const PlanNode &join = plan->root;
    QCOMPARE(join.what, u"Hash Join"_s);
    QCOMPARE(join.rows, 286);
    QCOMPARE(join.conditions, QStringList{u"Hash Cond: (o.customer_id = c.id)"_s});
    QVERIFY(!join.readsWholeTable);
    QCOMPARE(join.sources.size(), 2);
    const PlanNode &scan = join.sources.first();
    QCOMPARE(scan.what, u"Seq Scan on orders o"_s);
    QVERIFY(scan.readsWholeTable);
    QCOMPARE(qRound(scan.share * 100), 65);
    QCOMPARE(qRound(join.cost * 100), 2076); // what is left of 108.42 without its sources
}

void PlanReaderTest::whatIsNoPlanOfOneReadingStatementIsNeverAFigure_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut off") << QByteArray(R"([{"Plan": {"Plan Rows": 1)");
    QTest::newRow("an empty list") << QByteArray("[]");
    QTest::newRow("no list") << QByteArray(R"({"Plan": {"Plan Rows": 1}})");
    QTest::newRow("two statements") << QByteArray(R"([{"Plan": {"Plan Rows": 1}}, {"Plan": {"Plan Rows": 2}}])");
    QTest::newRow("no plan") << QByteArray(R"([{"Planning Time": 1}])");
    QTest::newRow("a plan that is a text") << QByteArray(R"([{"Plan": "Plan Rows"}])");
    QTest::newRow("no rows") << QByteArray(R"([{"Plan": {"Node Type": "Seq Scan"}}])");
    QTest::newRow("rows as a text") << QByteArray(R"([{"Plan": {"Plan Rows": "1"}}])");
    QTest::newRow("rows that are null") << QByteArray(R"([{"Plan": {"Plan Rows": null}}])");
    QTest::newRow("rows below zero") << QByteArray(R"([{"Plan": {"Plan Rows": -1}}])");
    // PostgreSQL 17 for EXPLAIN DELETE: zero, whatever would be deleted.
    QTest::newRow("a writing statement") << QByteArray(
        R"([{"Plan": {"Node Type": "ModifyTable", "Operation": "Delete", "Plan Rows": 0, "Plans": [{"Plan Rows": 9}]}}])");
    QTest::newRow("a writing statement below") << QByteArray(
        R"([{"Plan": {"Node Type": "Limit", "Plan Rows": 1, "Plans": [{"Node Type": "ModifyTable", "Plan Rows": 9}]}}])");
    QTest::newRow("a nest without end") << QByteArray(100'000, '[');
    QTest::newRow("9 MiB") << R"([{"Plan": {"Plan Rows": 1}, "x": ")" + QByteArray(9 << 20, 'x') + R"("}])";
}

void PlanReaderTest::whatIsNoPlanOfOneReadingStatementIsNeverAFigure()
{
    QFETCH(const QByteArray, json);
    const auto rows = readPlan(json);
    QVERIFY(!rows);
    QVERIFY(!rows.error().isEmpty());
}

void PlanReaderTest::aNumberBeyondAllTablesIsCut()
{
    const auto rows = readPlan(R"([{"Plan": {"Plan Rows": 1e100}}])");
    QVERIFY(rows);
    QVERIFY(rows->root.rows > 1'000'000'000'000);
}

QTEST_GUILESS_MAIN(PlanReaderTest)
#include "planreadertest.moc"
