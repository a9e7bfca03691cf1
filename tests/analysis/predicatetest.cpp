// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// What a WHERE keeps.
class PredicateTest : public QObject
{
    Q_OBJECT

private:
    static void row(const char *where, const char *rule)
    {
        QTest::newRow(where) << QByteArray(where) << QString::fromLatin1(rule);
    }

private Q_SLOTS:
    void aWhereIsJudgedByWhatItKeeps_data()
    {
        QTest::addColumn<QByteArray>("where");
        QTest::addColumn<QString>("rule");
        const char *all = "tautological-where", *notNull = "catalog-tautology", *wide = "wide-predicate",
                   *vacuous = "vacuous-subquery", *captured = "captured-column", *good = "";
        row("2 > 1", all);
        row("1 IN (1, 2)", all);
        row("'a' || 'b' = 'ab'", all);
        row("5 BETWEEN 1 AND 9", all);
        row("NOT (1 = 2)", all);
        row("true OR id = 5", all);
        row("COALESCE(NULL, true)", all);
        row("CASE WHEN 1 = 1 THEN true ELSE false END", all);
        row("NULL IS NULL", all);
        row("id >= id", all);
        row("t.id = t.id", all);
        row("id IN (id)", all);
        row("id = ANY (ARRAY[id])", all);
        row("id BETWEEN id AND id", all);
        row("(id IS NULL) IS NOT NULL", all);
        row("x = 5 OR NOT (x = 5) OR x IS NULL", all);
        row("x > 5 OR x <= 5 OR x IS NULL", all);
        row("x IN (1,2) OR x NOT IN (1,2) OR x IS NULL", all);
        row("b IS TRUE OR b IS NOT TRUE", all);
        row("ctid IS NOT NULL", all);
        row("ctid >= '(0,0)'", all);
        row("tableoid > 0", all);
        row("t.* IS DISTINCT FROM NULL", all);
        row("t IS NOT NULL", all);
        row("now() > '2020-01-01'", all);
        row("random() < 2", all);
        row("length('a') = 1", all);
        row("$1", all);
        row("1 = 1 AND 2 = 2", all);
        row("id IS NOT NULL", notNull);
        row("NOT (id IS NULL)", notNull);
        row("x OR NOT x", notNull);
        row("name LIKE '%'", notNull);
        row("name ~ ''", notNull);
        row("id IS DISTINCT FROM NULL", notNull);
        row("x = 5 OR x <> 5", notNull);
        row("id > 0", wide);
        row("id <> 7", wide);
        row("NOT (id = 7)", wide);
        row("id NOT IN (1)", wide);
        row("id <> ALL (ARRAY[1,2])", wide);
        row("name NOT LIKE 'a%'", wide);
        row("name LIKE '_%'", wide);
        row("id NOT BETWEEN 1 AND 2", wide);
        row("id IS DISTINCT FROM 7", wide);
        row("id > 0 AND 1 = 1", wide);
        row("id = 5 OR id > 7", wide);
        row("id NOT IN (SELECT id FROM keep WHERE a = 1)", wide);
        row("NOT EXISTS (SELECT 1 FROM u WHERE u.t = t.id)", wide);
        row("id IN (SELECT id FROM t)", vacuous);
        row("id IN (SELECT id FROM t WHERE true)", vacuous);
        row("id IN (SELECT id FROM t UNION SELECT id FROM u WHERE id = 1)", vacuous);
        row("id IN (SELECT u.id FROM t u LEFT JOIN v ON v.id = u.id AND v.x = 3)", vacuous);
        row("EXISTS (SELECT 1 FROM u)", vacuous);
        row("EXISTS (SELECT 1 FROM u WHERE u.id = id)", vacuous);
        row("EXISTS (SELECT 1 FROM u t WHERE t.id = 5)", vacuous);
        row("(SELECT count(*) FROM u) > 0", vacuous);
        row("id IN (SELECT id FROM t WHERE id > 0)", wide);
        row("u_id IN (SELECT u_id FROM u WHERE a = 1)", captured);
        row("u_id IN (SELECT t.u_id FROM u WHERE a = 1)", captured);
        row("id = 5", good);
        row("id IN (1, 2, 3)", good);
        row("1 = 1 AND id = 5", good);
        row("id > 5 AND id <= 9", good);
        row("5 < id AND id < 9", good);
        row("id BETWEEN 1 AND 9", good);
        row("name LIKE 'abc%'", good);
        row("deleted_at IS NULL", good);
        row("NOT (id <> 5)", good);
        row("id = 5 OR id = 7", good);
        row("id IN (SELECT u.t_id FROM u WHERE u.email = 'x')", good);
        row("id IN (SELECT t_id FROM u WHERE a = 1)", good);
        row("id IN (SELECT id FROM t WHERE email = 'x' LIMIT 5)", good);
        row("id = (SELECT max(id) FROM t)", good);
        row("id IN (SELECT min(id) FROM t)", good);
        row("EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id AND u.x = 2)", good);
        row("id = $1", good);
        row("id = ANY ($1)", good);
        row("false", good);
        row("NULL", good);
        row("id <> id", good);
        row("x = 1 AND x <> 1", good);
    }

    void aWhereIsJudgedByWhatItKeeps()
    {
        QFETCH(QByteArray, where);
        QFETCH(QString, rule);
        const QByteArray sql = "DELETE FROM t WHERE " + where;
        const Assessment assessment = analyse(sql);
        QStringList fired;
        for (const Finding &finding : assessment.statements.first().findings)
            if (finding.level >= RiskLevel::Destructive)
                fired.append(finding.rule);
        QCOMPARE(fired.join(u','), rule);
    }

    void joinsMustTieAndFilter_data()
    {
        QTest::addColumn<QByteArray>("where"); // the whole statement here
        QTest::addColumn<QString>("rule");
        row("DELETE FROM t USING u WHERE u.id = t.u_id AND u.x = 5", "");
        row("DELETE FROM t a USING u WHERE u.id = a.u_id AND a.x = 5", "");
        row("DELETE FROM t USING u WHERE u.id = u_id AND u.x = 5", "");
        row("UPDATE t SET x = v.x FROM (VALUES (1, 2)) v(id, x) WHERE v.id = t.id", "");
        row("UPDATE t SET x = 1 FROM (SELECT id FROM u WHERE y = 3) s WHERE s.id = t.id", "");
        row("WITH s AS (SELECT id FROM u WHERE y = 3) UPDATE t SET x = 1 FROM s WHERE s.id = t.id", "");
        row("WITH s AS (SELECT id FROM u WHERE y = 3) DELETE FROM t WHERE id IN (SELECT id FROM s)", "");
        row("WITH RECURSIVE s AS (SELECT id FROM u WHERE y = 3 UNION ALL SELECT u.id FROM u JOIN s ON s.id = u.up) "
            "DELETE FROM t WHERE id IN (SELECT id FROM s)",
            "");
        row("WITH s AS (SELECT id FROM u) DELETE FROM t WHERE id IN (SELECT id FROM s)", "vacuous-subquery");
        row("DELETE FROM t USING u WHERE u.id = t.u_id", "wide-predicate");
        row("DELETE FROM t USING u WHERE u.x = 5", "missing-join-condition");
        row("DELETE FROM t USING u WHERE u.x = 5 AND (u.id = t.u_id OR t.z = 1)", "missing-join-condition");
        row("UPDATE t SET x = 1 FROM t o WHERE o.id = 5", "missing-join-condition");
        row("MERGE INTO t USING s ON s.id = t.id WHEN MATCHED THEN DELETE", "merge-unconditional");
        row("MERGE INTO t USING s ON s.id = t.id WHEN MATCHED AND t.x = 5 THEN DELETE", "");
        row("MERGE INTO t USING (VALUES (1)) s(id) ON s.id = t.id WHEN MATCHED THEN DELETE", "");
        row("MERGE INTO t USING s ON s.id = t.id WHEN NOT MATCHED THEN INSERT VALUES (1)", "");
        row("MERGE INTO t USING (VALUES (1)) s(id) ON s.id = t.id WHEN NOT MATCHED BY SOURCE THEN DELETE",
            "merge-unconditional");
        row("INSERT INTO t SELECT * FROM s ON CONFLICT (id) DO UPDATE SET x = 1", "upsert-unbounded");
        row("INSERT INTO t SELECT * FROM s WHERE id = 3 ON CONFLICT (id) DO UPDATE SET x = 1", "");
    }

    void joinsMustTieAndFilter()
    {
        QFETCH(QByteArray, where);
        QFETCH(QString, rule);
        QStringList fired;
        const Assessment assessment = analyse(where);
        for (const Finding &finding : assessment.statements.first().findings)
            if (finding.level >= RiskLevel::Destructive)
                fired.append(finding.rule);
        QCOMPARE(fired.join(u','), rule);
    }

    void bracketsSettleWhatAndAndOrMean()
    {
        const auto mixes = [](const QByteArray &where) {
            const Assessment assessment = analyse("DELETE FROM t WHERE " + where);
            return std::ranges::contains(assessment.statements.first().findings, u"mixed-and-or"_s, &Finding::rule);
        };
        QVERIFY(mixes("a = 1 AND b = 2 OR c = 3"));
        QVERIFY(!mixes("(a = 1 AND b = 2) OR c = 3"));
        QVERIFY(!mixes("a = 1 OR b BETWEEN 2 AND 3"));
        QVERIFY(!mixes("a = 1 AND b = 2"));
    }
};

QTEST_GUILESS_MAIN(PredicateTest)
#include "predicatetest.moc"
