// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/analyzerwire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

Assessment example()
{
    Effect rows;
    rows.verb = u"delete"_s;
    rows.table = u"customers"_s;
    rows.rowsSelect = u"SELECT 1 FROM customers"_s;
    Effect counted = rows;
    counted.rowsSelect.clear();
    counted.rows = 9'007'199'254'740'991;
    Effect whole = rows;
    whole.rowsSelect.clear();
    whole.wholeTable = true;
    Effect unknown = rows;
    unknown.rowsSelect.clear();
    unknown.unknownBecause = u"a cursor decides"_s;
    Statement statement;
    statement.kind = u"DELETE"_s;
    statement.level = RiskLevel::Destructive;
    statement.end = 21;
    statement.relations = {u"customers"_s, u"public.\"ö\u202e\""_s};
    statement.findings = {{u"no-where"_s, RiskLevel::Destructive, 0, 21, u"m"_s, u"r"_s}};
    unknown.rewritten = RowsRewritten{.extent = RowsRewritten::Extent::Scan, .because = u"w"_s};
    statement.effects = {rows, counted, whole, unknown};
    statement.locks = {{u"customers"_s, LockMode::RowExclusive, true}, {u"o\"dd"_s, LockMode::Unknown, false}};
    return {.level = RiskLevel::Destructive, .statements = {statement}, .catalog = u"0123456789abcdef"_s};
}

/// The example's JSON with one value replaced; the path goes to the first item of every list.
QJsonValue changed(const QJsonValue &json, QStringList path, const QJsonValue &value)
{
    if (path.isEmpty())
        return value;
    const QString name = path.takeFirst();
    if (json.isArray()) {
        QJsonArray array = json.toArray();
        path.prepend(name);
        array[0] = changed(array.first(), path, value);
        return array;
    }
    QJsonObject object = json.toObject();
    object[name] = changed(object.value(name), path, value);
    return object;
}

} // namespace

/// What crosses the pipe between the worker and those who trust it.
class AssessmentJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAssessmentSurvivesTheWayThroughJson()
    {
        const QByteArray text = QJsonDocument(toJson(example())).toJson();
        const auto back = assessmentFromJson(QJsonDocument::fromJson(text).object());
        QVERIFY(back);
        QCOMPARE(*back, example());
        const Assessment lost = cannotBeAnalysed(7, u"why"_s);
        QCOMPARE(*assessmentFromJson(toJson(lost)), lost);
        QCOMPARE(lost.level, RiskLevel::Critical);
        QCOMPARE(lost.statements.first().findings.first().rule, u"cannot-be-analysed"_s);
    }

    void aLineIsWhatTheDocumentPrints_data()
    {
        QTest::addColumn<Assessment>("assessment");
        QTest::newRow("empty") << Assessment{RiskLevel::Read, {}, {}};
        QTest::newRow("lost") << cannotBeAnalysed(7, u"why"_s);
        QTest::newRow("full") << example();
        Assessment odd = example();
        Statement &statement = odd.statements.first();
        for (char16_t unit = 0; unit < 0x180; ++unit)
            statement.kind += QChar(unit);
        statement.kind += u"\u20ac\U0001F600"_s + QChar(0xd800) + u'x' + QChar(0xdc00);
        statement.relations = {u"a\"b"_s, u"c\\"_s};
        Effect counted = statement.effects.first(), whole = counted, unknown = counted;
        counted.rowsSelect = whole.rowsSelect = unknown.rowsSelect = QString();
        counted.rows = 0;
        whole.wholeTable = true;
        unknown.unknownBecause = u"why"_s;
        statement.effects = {statement.effects.first(), counted, whole, unknown};
        odd.statements.append(statement);
        QTest::newRow("odd") << odd;
    }

    void aLineIsWhatTheDocumentPrints()
    {
        QFETCH(Assessment, assessment);
        QJsonObject json = toJson(assessment);
        json[u"id"_s] = u"x"_s;
        QCOMPARE(toJsonLine(assessment, "\"x\""), QJsonDocument(json).toJson(QJsonDocument::Compact));
    }

    void anyDoubtIsAnError_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QJsonValue>("value");
        const auto row = [](const QString &path, const QJsonValue &value) {
            QTest::addRow("%s = %s", qPrintable(path),
                qPrintable(QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact))))
                << path << value;
        };
        row(u"level"_s, u"harmless"_s);
        row(u"level"_s, u"READ"_s);
        row(u"level"_s, 0);
        row(u"level"_s, u"read"_s); // below its statement
        row(u"level"_s, QJsonValue(QJsonValue::Undefined));
        row(u"statements"_s, QJsonObject());
        row(u"statements"_s, QJsonArray{1});
        row(u"error"_s, QJsonValue(QJsonValue::Undefined));
        row(u"error"_s, 1);
        row(u"error"_s, u""_s);
        row(u"error"_s, u"an error below critical"_s);
        row(u"catalog"_s, QJsonValue(QJsonValue::Undefined));
        row(u"catalog"_s, 1);
        row(u"catalog"_s, u""_s);
        row(u"statements/kind"_s, u""_s);
        row(u"statements/level"_s, u"write"_s); // below its finding
        row(u"statements/start"_s, -1);
        row(u"statements/start"_s, 22);
        row(u"statements/start"_s, u"0"_s);
        row(u"statements/end"_s, 1.5);
        row(u"statements/end"_s, 1e300);
        row(u"statements/relations"_s, QJsonArray{1});
        row(u"statements/findings"_s, QJsonValue(QJsonValue::Null));
        row(u"statements/findings/rule"_s, QJsonValue(QJsonValue::Null));
        row(u"statements/findings/level"_s, u"none"_s);
        row(u"statements/effects"_s, QJsonValue(QJsonValue::Undefined));
        row(u"statements/effects/rows"_s, 3); // says two things
        row(u"statements/effects/rows_select"_s, QJsonValue(QJsonValue::Undefined));
        row(u"statements/effects/rows_select"_s, u""_s);
        row(u"statements/effects/verb"_s, u""_s);
        row(u"statements/effects/table"_s, QJsonArray());
        row(u"statements/effects/rewritten"_s, QJsonObject{{u"extent"_s, u"some"_s}, {u"because"_s, u"w"_s}});
        row(u"statements/effects/rewritten"_s, QJsonObject{{u"extent"_s, u"no"_s}, {u"because"_s, QString()}});
        row(u"statements/locks"_s, QJsonObject());
        row(u"statements/locks"_s, QJsonArray{1});
        row(u"statements/locks/table"_s, QString());
        row(u"statements/locks/mode"_s, u"row exclusive"_s);
        row(u"statements/locks/descendants"_s, false);
    }

    void anyDoubtIsAnError()
    {
        QFETCH(QString, path);
        QFETCH(QJsonValue, value);
        QVERIFY(!assessmentFromJson(changed(toJson(example()), path.split(u'/'), value).toObject()));
    }

    void anAnswerMustBeTheOneThatWasAskedFor()
    {
        QJsonObject json = toJson(example());
        json[u"id"_s] = 4;
        const QByteArray line = QJsonDocument(json).toJson(QJsonDocument::Compact);
        const QString catalog = example().catalog;
        QVERIFY(analyzerAnswer(line, 4, catalog));
        QVERIFY(!analyzerAnswer(line, 5, catalog));
        QVERIFY(!analyzerAnswer(line, 4, u"fedcba9876543210"_s));
        QVERIFY(!analyzerAnswer(line, 4));
        QVERIFY(!analyzerAnswer("{}", 4, catalog));
        QVERIFY(!analyzerAnswer("[" + line + "]", 4, catalog));
        QVERIFY(!analyzerAnswer(line.chopped(1), 4, catalog));
        QVERIFY(!analyzerAnswer(QByteArray(100'000, '['), 4, catalog));
    }

    void aCatalogueMustBeTakenInSoManyWords()
    {
        QVERIFY(analyzerTookCatalog("{\"catalog\":\"a\",\"error\":null}\n", u"a"_s));
        QVERIFY(!analyzerTookCatalog("{\"catalog\":\"b\",\"error\":null}\n", u"a"_s));
        QVERIFY(!analyzerTookCatalog("{\"catalog\":\"a\"}\n", u"a"_s));
        QVERIFY(!analyzerTookCatalog("{\"catalog\":\"a\",\"error\":\"no\"}\n", u"a"_s));
        QVERIFY(!analyzerTookCatalog("nonsense\n", u"a"_s));
    }
};

QTEST_GUILESS_MAIN(AssessmentJsonTest)
#include "assessmentjsontest.moc"
