// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

/// One line for each effect: `verb table → what is known`.
QStringList described(const QByteArray &sql)
{
    QStringList lines;
    const Assessment assessment = analyse(sql);
    for (const Statement &statement : assessment.statements)
        for (const Effect &effect : statement.effects) {
            const QString known = effect.wholeTable ? u"all"_s
                : effect.rows                       ? QString::number(*effect.rows)
                : !effect.rowsSelect.isEmpty()      ? effect.rowsSelect
                                                    : u"?"_s;
            lines.append(u"%1 %2 → %3"_s.arg(effect.verb, effect.table, known));
        }
    return lines;
}

} // namespace

/// The rows that a statement would touch, and the SELECT that gives them.
class EffectsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStatementBecomesTheQueryOfItsRows_data()
    {
        QTest::addColumn<QStringList>("effects");
        const auto row = [](const char *sql, const QStringList &effects) { QTest::newRow(sql) << effects; };
        row("DELETE FROM customers WHERE id = 5", {u"delete customers → SELECT 1 FROM customers WHERE id = 5"_s});
        row("DELETE FROM customers", {u"delete customers → SELECT 1 FROM customers"_s});
        row("DELETE FROM ONLY public.orders AS o WHERE o.x = 1 RETURNING id",
            {u"delete public.orders → SELECT 1 FROM ONLY public.orders o WHERE o.x = 1"_s});
        row("DELETE FROM a USING b WHERE a.id = b.id AND b.x = 1",
            {u"delete a → SELECT DISTINCT a.tableoid, a.ctid FROM a, b WHERE a.id = b.id AND b.x = 1"_s});
        row("UPDATE a x SET y = 1 FROM b JOIN c ON true WHERE x.id = b.id AND c.z = 2",
            {u"update a → SELECT DISTINCT x.tableoid, x.ctid FROM a x, b JOIN c ON true WHERE x.id = b.id AND c.z = 2"_s});
        row("UPDATE a SET y = (SELECT 1) WHERE z IN (SELECT q FROM c WHERE d = 'it''s')",
            {u"update a → SELECT 1 FROM a WHERE z IN (SELECT q FROM c WHERE d = 'it''s')"_s});
        row("UPDATE a SET y = 1 WHERE CURRENT OF c", {u"update a → ?"_s});
        row("WITH r AS (SELECT id FROM z WHERE q = 5) DELETE FROM b WHERE id IN (SELECT id FROM r)",
            {u"delete b → WITH r AS (SELECT id FROM z WHERE q = 5) SELECT 1 FROM b WHERE id IN (SELECT id FROM r)"_s});
        row("INSERT INTO t SELECT a FROM s WHERE b = 1", {u"insert t → SELECT a FROM s WHERE b = 1"_s});
        row("INSERT INTO t SELECT a FROM s WHERE b = 1 FOR UPDATE", {u"insert t → SELECT a FROM s WHERE b = 1"_s});
        row("INSERT INTO t VALUES (1), (2)", {u"insert t → 2"_s});
        row("INSERT INTO t DEFAULT VALUES", {u"insert t → 1"_s});
        row("WITH d AS (DELETE FROM a WHERE id = 1 RETURNING *) SELECT * FROM d",
            {u"delete a → SELECT 1 FROM a WHERE id = 1"_s});
        row("WITH d AS (DELETE FROM a WHERE id = 1 RETURNING *) INSERT INTO b SELECT * FROM d",
            {u"delete a → SELECT 1 FROM a WHERE id = 1"_s, u"insert b → ?"_s});
        row("WITH d AS (DELETE FROM a WHERE id = 1) UPDATE b SET x = 1 WHERE id = 2",
            {u"delete a → SELECT 1 FROM a WHERE id = 1"_s, u"update b → SELECT 1 FROM b WHERE id = 2"_s});
        row("WITH r AS (SELECT 1 AS id), d AS (DELETE FROM a USING r WHERE a.id = r.id) SELECT 1", {u"delete a → ?"_s});
        row("WITH d AS (DELETE FROM a RETURNING id), r AS (SELECT id FROM d) DELETE FROM b WHERE id IN (SELECT id FROM "
            "r)",
            {u"delete a → SELECT 1 FROM a"_s, u"delete b → ?"_s});
        row("EXPLAIN ANALYZE DELETE FROM a WHERE id = 1", {u"delete a → SELECT 1 FROM a WHERE id = 1"_s});
        row("COPY (DELETE FROM a WHERE id = 1 RETURNING *) TO STDOUT", {u"delete a → SELECT 1 FROM a WHERE id = 1"_s});
        row("EXPLAIN DELETE FROM a", {});
        row("SELECT * FROM a", {});
        row("CREATE TABLE n AS SELECT * FROM a WHERE id = 1", {u"create n → SELECT * FROM a WHERE id = 1"_s});
        row("CREATE TABLE n AS SELECT * FROM a WITH NO DATA", {u"create n → 0"_s});
        row("SELECT a INTO n FROM b WHERE c = 1", {u"create n → SELECT a FROM b WHERE c = 1"_s});
        row("TRUNCATE a, b.c", {u"truncate a → all"_s, u"truncate b.c → all"_s});
        row("TRUNCATE a CASCADE", {u"truncate a → all"_s, u"truncate unknown → ?"_s});
        row("DROP TABLE a, b.c", {u"drop a → all"_s, u"drop b.c → all"_s});
        row("DROP SCHEMA s", {u"drop s → ?"_s});
        row("DROP VIEW v", {u"drop v → 0"_s});
        row("ALTER TABLE t DROP COLUMN a", {u"alter t → all"_s});
        row("ALTER TABLE t ALTER COLUMN a TYPE int", {u"alter t → all"_s});
        row("ALTER TABLE t ADD COLUMN a int", {u"alter t → 0"_s});
        row("ALTER TABLE t RENAME TO u", {u"alter t → 0"_s});
        row("CREATE INDEX i ON t (a)", {u"create t → 0"_s});
        row("CREATE VIEW v AS SELECT 1", {u"create v → 0"_s});
        row("GRANT SELECT ON t TO r", {u"grant t → 0"_s});
        row("COMMENT ON TABLE t IS 'x'", {u"comment t → 0"_s});
        row("SET search_path = x", {u"set search_path → 0"_s});
        row("DO $$ BEGIN DELETE FROM t; END $$", {u"do unknown → ?"_s});
        row("CALL p.q(1)", {u"call p.q → ?"_s});
        row("EXECUTE p", {u"execute p → ?"_s});
        row("COPY t FROM STDIN", {u"copy t → ?"_s});
        row("MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE", {u"delete t → SELECT DISTINCT t.tableoid, t.ctid FROM t JOIN s ON true"_s});
        row("MERGE INTO t USING s ON t.a = s.a WHEN MATCHED AND s.x THEN UPDATE SET b = 1 WHEN MATCHED THEN DO NOTHING "
            "WHEN NOT MATCHED THEN INSERT VALUES (s.a) WHEN NOT MATCHED BY SOURCE THEN DELETE",
            {u"update t → SELECT DISTINCT t.tableoid, t.ctid FROM t JOIN s ON t.a = s.a WHERE s.x"_s,
                u"delete t → SELECT 1 FROM t WHERE NOT EXISTS (SELECT 1 FROM s WHERE t.a = s.a)"_s,
                u"insert t → SELECT 1 FROM s WHERE NOT EXISTS (SELECT 1 FROM t WHERE t.a = s.a)"_s});
        row("SELECT wipe() FROM t", {u"select t → ?"_s});
        row("SELECT * FROM t FOR UPDATE", {u"select t → 0"_s});
        row("DELETE FROM \"a\"\"b\" USING c WHERE c.id = \"a\"\"b\".id AND c.x = 1",
            {u"delete a\"b → SELECT DISTINCT \"a\"\"b\".tableoid, \"a\"\"b\".ctid FROM \"a\"\"b\", c WHERE c.id = \"a\"\"b\".id AND c.x = 1"_s});
        row("DELETE FORM t", {u"run unknown → ?"_s});
    }

    void aStatementBecomesTheQueryOfItsRows()
    {
        QFETCH(QStringList, effects);
        QCOMPARE(described(QByteArray(QTest::currentDataTag())), effects);
    }

    void anEffectSaysWhenAnEarlierStatementChangesWhatItReads_data()
    {
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *sql, const QString &reason) { QTest::newRow(sql) << reason; };
        row("DELETE FROM a WHERE x = 1; DELETE FROM b WHERE x = 1", {});
        row("INSERT INTO a SELECT * FROM c; DELETE FROM b USING a WHERE a.x = b.x",
            u"statement 1 of this text changes a before it"_s);
        row("SELECT 1; UPDATE public.a SET x = 1 WHERE y = 2; UPDATE a SET x = 2 WHERE x = 1",
            u"statement 2 of this text changes a before it"_s);
        row("CALL p(); TRUNCATE a", u"statement 1 of this text changes tables that nobody can name before it"_s);
        row("INSERT INTO a VALUES (1); INSERT INTO a VALUES (2)", {}); // says itself how many
    }

    void anEffectSaysWhenAnEarlierStatementChangesWhatItReads()
    {
        QFETCH(QString, reason);
        const Assessment assessment = analyse(QByteArray(QTest::currentDataTag()));
        QCOMPARE(assessment.statements.last().effects.last().outdatedBecause, reason);
    }

    void theQueryOfItsRowsOnlyReads()
    {
        for (const QByteArray &sql :
            {QByteArray("DELETE FROM a USING b WHERE a.id = b.id"), QByteArray("UPDATE a SET x = 1"),
                QByteArray("WITH d AS (DELETE FROM q) INSERT INTO a SELECT * FROM b FOR UPDATE")}) {
            const Assessment assessment = analyse(sql);
            for (const Effect &effect : assessment.statements.first().effects)
                QCOMPARE(toWord(analyse(effect.rowsSelect.toUtf8()).level), u"read"_s);
        }
    }
};

QTEST_GUILESS_MAIN(EffectsTest)
#include "effectstest.moc"
