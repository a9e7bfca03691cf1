// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"
#include "core/analysis/rule.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

const Finding *findingOf(const Assessment &assessment, const QString &rule)
{
    for (const Statement &statement : assessment.statements)
        for (const Finding &finding : statement.findings)
            if (finding.rule == rule)
                return &finding;
    return nullptr;
}

QByteArray textAt(const QByteArray &sql, const Finding &finding)
{
    return sql.sliced(finding.start, finding.end - finding.start);
}

} // namespace

/// Text in, assessment out: what the corpus does not show.
class AnalysisTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statementsAndFindingsHaveByteSpans()
    {
        const QByteArray sql = "-- ö\nSELECT 'ä';\n  /* x */ DELETE FROM \"kündigung\" ; SELECT pg_sleep(1)";
        const Assessment assessment = analyse(sql);
        QCOMPARE(assessment.statements.size(), 3);
        QCOMPARE(
            sql.sliced(assessment.statements[0].start, assessment.statements[0].end - assessment.statements[0].start),
            "SELECT 'ä'");
        QCOMPARE(textAt(sql, *findingOf(assessment, u"no-where"_s)), "DELETE FROM \"kündigung\"");
        QCOMPARE(textAt(sql, *findingOf(assessment, u"resource-hog"_s)), "pg_sleep(1)");
    }

    void theDesignsExampleIsAnsweredAsItSays()
    {
        const Assessment assessment = analyse("DELETE FROM customers");
        QCOMPARE(assessment.statements.size(), 1);
        const Statement &statement = assessment.statements.first();
        QCOMPARE(statement.kind, u"DELETE"_s);
        QCOMPARE(statement.start, 0);
        QCOMPARE(statement.end, 21);
        QCOMPARE(statement.relations, QStringList{u"customers"_s});
        QVERIFY(assessment.error.isEmpty());
    }

    void anUnparseableTextSaysWhere()
    {
        const QByteArray sql = "SELECT 1;\nDELETE FORM customers";
        const Assessment assessment = analyse(sql);
        QCOMPARE(assessment.level, RiskLevel::Critical);
        QCOMPARE(assessment.statements.size(), 1);
        QCOMPARE(assessment.statements.first().kind, u"UNPARSEABLE"_s);
        QVERIFY(assessment.error.contains(u"line 2"_s));
        QCOMPARE(textAt(sql, *findingOf(assessment, u"unparseable"_s)), "FORM");
    }

    void findingsInsideABodyPointIntoIt()
    {
        const QByteArray sql = "DO $x$ BEGIN IF true THEN\n DELETE FROM orders; END IF; PERFORM purge(1); END $x$";
        const Assessment assessment = analyse(sql);
        QCOMPARE(textAt(sql, *findingOf(assessment, u"no-where"_s)), "DELETE FROM orders");
        QCOMPARE(textAt(sql, *findingOf(assessment, u"user-function"_s)), "purge(1)");
    }

    void noTextIsRatedLowerThanItsWorst_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *sql, const QString &rule) { QTest::newRow(sql) << QByteArray(sql) << rule; };
        row("DO $$ DECLARE n int := purge(1); BEGIN NULL; END $$", u"user-function"_s);
        row("DO $$ DECLARE c CURSOR FOR DELETE FROM t RETURNING 1; BEGIN OPEN c; END $$", u"no-where"_s);
        row("DO $$ BEGIN FOR i IN 1..wipe() LOOP NULL; END LOOP; END $$", u"user-function"_s);
        row("DO $$ BEGIN WHILE wipe() LOOP NULL; END LOOP; END $$", u"user-function"_s);
        row("DO $$ BEGIN CASE wipe() WHEN 1 THEN NULL; END CASE; END $$", u"user-function"_s);
        row("DO $$ DECLARE a int[] := '{}'; BEGIN a[wipe()] := 1; END $$", u"user-function"_s);
        row("DO $$ BEGIN RAISE NOTICE '%', wipe(); END $$", u"user-function"_s);
        row("DO $$ BEGIN ASSERT wipe(); END $$", u"user-function"_s);
        row("DO $$ BEGIN BEGIN NULL; EXCEPTION WHEN others THEN DELETE FROM t; END; END $$", u"no-where"_s);
        row("DO $$ BEGIN COMMIT; END $$", u"transaction-escape"_s);
        row("DO $$ BEGIN CALL p(); END $$", u"call-procedure"_s);
        row("DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE 'DELETE FROM t RETURNING 1' LOOP NULL; END LOOP; END $$",
            u"no-where"_s);
        row("DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE wat LOOP NULL; END LOOP; END $$", u"dynamic-sql"_s);
        row("DO $$ DECLARE c refcursor; BEGIN OPEN c FOR EXECUTE wat(); END $$", u"dynamic-sql"_s);
        row("DO $$ BEGIN EXECUTE 'DO $x$ BEGIN DELETE FROM t; END $x$'; END $$", u"no-where"_s);
        row("DO $$ BEGIN EXECUTE 'SELECT $1' USING wipe(); END $$", u"user-function"_s);
        row("DO $$ this is no program $$", u"opaque-body"_s);
        row("CREATE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'x' || y; END $$",
            u"routine-body"_s);
        row("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC DELETE FROM t RETURNING 1; END", u"routine-body"_s);
        row("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN nonsense nonsense $$", u"opaque-body"_s);
        row("CREATE FUNCTION f() RETURNS int LANGUAGE plv8 AS 'x'", u"opaque-body"_s);
        row("SELECT * FROM dblink_exec('x') AS t(a int), t2", u"remote-sql"_s);
        row("SELECT U&\"pg\\005fread\\005ffile\"('x')", u"server-file-function"_s);
        row("SELECT public.pg_read_file('x')", u"server-file-function"_s);
        row("SELECT * FROM ROWS FROM (generate_series(1,2), pg_ls_dir('.')) t", u"server-file-function"_s);
        row("SELECT 1 ORDER BY wipe()", u"user-function"_s);
        row("SELECT 1 LIMIT wipe()", u"user-function"_s);
        row("SELECT count(*) FILTER (WHERE wipe()) FROM t", u"user-function"_s);
        row("SELECT sum(1) OVER (ORDER BY wipe()) FROM t", u"user-function"_s);
        row("SELECT 1 FROM t TABLESAMPLE system (wipe())", u"user-function"_s);
        row("VALUES (wipe())", u"user-function"_s);
        row("SELECT (SELECT 1 UNION SELECT wipe())", u"user-function"_s);
        row("EXPLAIN SELECT wipe(1)", u"user-function"_s);
        row("SELECT 1 OPERATOR(public.+) 2", u"user-function"_s);
        row("SELECT a <<<>>> b FROM t", u"user-function"_s);
        row("INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = wipe()", u"user-function"_s);
        row("CREATE TABLE t (a int DEFAULT wipe())", u"user-function"_s);
        row("EXPLAIN (ANALYZE off, ANALYZE 1) DELETE FROM t", u"no-where"_s);
        row("EXPLAIN (\"analyze\" 'on') DELETE FROM t", u"no-where"_s);
        row("COPY (DELETE FROM t RETURNING 1) TO STDOUT", u"copy-dml"_s);
        row("PREPARE p AS DELETE FROM t", u"prepare-write"_s);
        row("CREATE TABLE n AS EXECUTE p", u"opaque-execute"_s);
        row("EXPLAIN EXECUTE p", u"opaque-execute"_s);
        row("WITH a AS (WITH b AS (SELECT 1) SELECT * FROM b), c AS (TRUNCATE t) SELECT 1", u"unparseable"_s);
        row("SAVEPOINT a; ROLLBACK TO b", u"transaction-escape"_s);
        row("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE", u"transaction-escape"_s);
        row("SET LOCAL \"Statement_Timeout\" = 0", u"guard-setting"_s);
        row("RESET statement_timeout", u"guard-setting"_s);
        row("SELECT set_config('sta' || 'tement_timeout', '0', false)", u"guard-setting"_s);
        row("SELECT set_config(lower('X'), '0', false)", u"set-config"_s);
        row("SELECT pg_catalog.set_config('role', 'x', false)", u"set-config"_s);
        row("UPDATE pg_settings SET setting = '0' WHERE name = 'statement_timeout'", u"guard-setting"_s);
        row("INSERT INTO holdpoint_target.applied VALUES (1)", u"approval-tamper"_s);
        row("CREATE TRIGGER t BEFORE INSERT ON holdpoint.action FOR EACH ROW EXECUTE FUNCTION f()",
            u"approval-tamper"_s);
        row("ALTER TABLE holdpoint_target.applied ADD COLUMN x int", u"approval-tamper"_s);
        row("DROP SCHEMA holdpoint", u"approval-tamper"_s);
        row("SELECT holdpoint.decide(1)", u"approval-tamper"_s);
        row("NOTIFY holdpoint", u"approval-tamper"_s);
        row("WITH x AS (DELETE FROM holdpoint.ledger WHERE id = 1) SELECT 1", u"approval-tamper"_s);
        row("GRANT INSERT ON holdpoint.action TO x", u"approval-tamper"_s);
        row("ALTER TABLE t ADD COLUMN a int, DROP COLUMN b", u"drop-column"_s);
        row("ALTER TYPE t DROP ATTRIBUTE a", u"drop-column"_s);
        row("CREATE SCHEMA s GRANT SELECT ON t TO x", u"grant"_s);
        row("CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql RETURN $1", u"builtin-shadow"_s);
        row("ALTER FUNCTION f() SET search_path = x", u"persistent-setting"_s);
        row("SELECT 1 \\gexec", u"psql-meta-command"_s);
        row("SELECT 1 -- x\ry", u"hidden-code"_s);
        row("SELECT 1 /* \u202e */", u"bidi-control"_s);
        row("SELECT '\u202e'", u"bidi-control"_s);
        row("SELECT \u00a0 1", u"invisible-char"_s);
        row("SELECT \uff41bc FROM t", u"confusable-identifier"_s);
        row("SELECT 1 -- \u200b", u"invisible-char"_s);
        row("LOAD 'x'", u"load-library"_s);
        row("DELETE FROM t WHERE id IN (SELECT id FROM u LIMIT 1 FOR UPDATE)", u"unstable-limit"_s);
    }

    void noTextIsRatedLowerThanItsWorst()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QString, rule);
        const Assessment assessment = analyse(sql);
        const Finding *finding = findingOf(assessment, rule);
        QVERIFY(finding);
        QVERIFY(assessment.level >= finding->level);
        QVERIFY(finding->end <= sql.size());
    }

    void harmlessTextsStayRead_data()
    {
        QTest::addColumn<QByteArray>("sql");
        for (const char *sql : {"SELECT '\u200d'", "SELECT \"größe\", имя FROM \"таблица\"", "SELECT 日本語 FROM 表A",
                 "SELECT E'a\\\\b'", "SELECT 'a\\b'", "SELECT $x$ \\gexec $x$", "SELECT 1 -- x\r\n",
                 "EXPLAIN DELETE FROM t", "EXPLAIN (ANALYZE, ANALYZE off) DELETE FROM t", "SAVEPOINT a; RELEASE a",
                 "SET TRANSACTION READ ONLY", "SELECT pg_catalog.lower('A')",
                 "SELECT a OPERATOR(pg_catalog.+) b FROM t", "SELECT ts_rewrite(a, b, c) FROM t",
                 "SELECT extract(year FROM now()), trim('x'), overlay('a' placing 'b' from 1), position('a' in 'b'), "
                 "substring('a' from 1), coalesce(1, 2), greatest(1), current_date, 'x' COLLATE \"C\"",
                 "SELECT xmlelement(name a), json_object('a': 1), a IS JSON, m -> 'x' ->> 'y' FROM t", "", ";;",
                 "-- nothing", "SELECT * FROM holdpoint.action", "DECLARE c CURSOR FOR SELECT 1; FETCH c; CLOSE c"})
            QTest::newRow(sql) << QByteArray(sql);
    }

    void harmlessTextsStayRead()
    {
        QFETCH(QByteArray, sql);
        const Assessment assessment = analyse(sql);
        QCOMPARE(toWord(assessment.level), u"read"_s);
        QVERIFY(assessment.error.isEmpty());
    }

    void aSavepointOfItsOwnMayBeRolledBack()
    {
        QVERIFY(!findingOf(
            analyse("SAVEPOINT a; UPDATE t SET x = 1 WHERE id = 1; ROLLBACK TO a"), u"transaction-escape"_s));
    }

    void bytesThatAreNoUtf8AreCritical()
    {
        const Assessment assessment = analyse("SELECT '\xff'");
        QCOMPARE(assessment.level, RiskLevel::Critical);
        QCOMPARE(findingOf(assessment, u"invalid-utf8"_s)->start, 8);
        QVERIFY(!assessment.error.isEmpty());
    }

    void nothingIsParsedBeyondTheLimit()
    {
        QVERIFY(findingOf(analyse("SELECT 1 /*" + QByteArray(largestText, 'x') + "*/"), u"too-large"_s));
        QVERIFY(!findingOf(analyse("SELECT 1 /*" + QByteArray(largestText - 13, 'x') + "*/"), u"too-large"_s));
    }

    void signsThatTangleTheLexerAreNotParsed()
    {
        const QByteArray closed = QByteArray("/*").repeated(20'000) + QByteArray("*/").repeated(20'000) + " SELECT 1";
        for (const QByteArray &sql : {closed, QByteArray("/*").repeated(400'000), QByteArray("/**/").repeated(200'000),
                 "SELECT 1 " + QByteArray("+").repeated(900'000) + " 2"})
            QVERIFY(findingOf(analyse(sql), u"too-deep"_s));
        for (const QByteArray &sql : {"/" + QByteArray("*").repeated(5000) + "/ SELECT 1",
                 QByteArray("SELECT 1 --").leftJustified(5000, '-'), "SELECT '" + QByteArray("/*").repeated(5000) + "'",
                 QByteArray("/* ").repeated(100) + QByteArray("*/ ").repeated(100) + "SELECT 1"})
            QCOMPARE(analyse(sql).level, RiskLevel::Read);
    }

    void aUnitWithItsPrefixIsNoDisguise()
    {
        for (const QByteArray &name : {QByteArray("\u00b5_seconds"), QByteArray("\u03bcs"),
                 QByteArray("duration_\u03bcs"), QByteArray("t_10\u03bcm")})
            QVERIFY2(!findingOf(analyse("SELECT " + name + " FROM t"), u"confusable-identifier"_s), name.constData());
        QVERIFY(findingOf(analyse("SELECT a\u03bcs FROM t"), u"confusable-identifier"_s));
    }

    void aTextKnowsNothingOfTheOneBefore()
    {
        const Assessment alone = analyse("EXECUTE p");
        analyse("PREPARE p AS SELECT 1; SAVEPOINT s; CREATE TABLE t (a int)");
        QCOMPARE(analyse("EXECUTE p"), alone);
        QVERIFY(findingOf(alone, u"opaque-execute"_s));
        QVERIFY(findingOf(analyse("CREATE INDEX i ON t (a)"), u"index-not-concurrent"_s));
    }

    void everyRuleHasWords()
    {
        QSet<std::string_view> ids;
        for (const Rule *rule : allRules()) {
            QVERIFY2(!rule->id.empty() && !rule->message.empty() && !rule->remedy.empty(), rule->id.data());
            QVERIFY2(rule->nodeType.empty() == (rule->check == nullptr), rule->id.data());
            ids.insert(rule->id);
        }
        QVERIFY(ids.size() > 90);
    }

    void manyStatementsAreAllAssessed()
    {
        QByteArray sql;
        for (int index = 0; index < 10'000; ++index)
            sql += "DELETE FROM t WHERE id = " + QByteArray::number(index) + ";\n";
        const Assessment assessment = analyse(sql);
        QCOMPARE(assessment.statements.size(), 10'000);
        QCOMPARE(assessment.level, RiskLevel::Write);
    }
};

QTEST_GUILESS_MAIN(AnalysisTest)
#include "analysistest.moc"
