// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/assessment.h"
#include "core/assessment/jsonreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QJsonObject toJson(const Finding &finding)
{
    return {{u"rule"_s, finding.rule}, {u"level"_s, toWord(finding.level)}, {u"start"_s, finding.start},
        {u"end"_s, finding.end}, {u"message"_s, finding.message}, {u"remedy"_s, finding.remedy}};
}

QJsonObject toJson(const Effect &effect)
{
    QJsonObject json{{u"verb"_s, effect.verb}, {u"table"_s, effect.table}};
    if (effect.wholeTable)
        json[u"whole_table"_s] = true;
    else if (effect.rows)
        json[u"rows"_s] = *effect.rows;
    else if (!effect.rowsSelect.isEmpty())
        json[u"rows_select"_s] = effect.rowsSelect;
    else
        json[u"unknown_because"_s] = effect.unknownBecause;
    return json;
}

QJsonObject toJson(const Statement &statement);

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

template <typename T> QJsonArray toArray(const QList<T> &values)
{
    QJsonArray array;
    for (const T &value : values)
        array.append(toJson(value));
    return array;
}

QJsonObject toJson(const Statement &statement)
{
    return {{u"kind"_s, statement.kind}, {u"level"_s, toWord(statement.level)}, {u"start"_s, statement.start},
        {u"end"_s, statement.end}, {u"relations"_s, QJsonArray::fromStringList(statement.relations)},
        {u"findings"_s, toArray(statement.findings)}, {u"effects"_s, toArray(statement.effects)}};
}

void readSpan(JsonReader &reader, qsizetype &start, qsizetype &end)
{
    start = reader.count(u"start"_s);
    end = reader.count(u"end"_s);
    if (start > end)
        reader.fail(u"a span ends before it starts"_s);
}

Finding readFinding(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    Finding finding;
    finding.rule = reader.textWithContent(u"rule"_s);
    finding.level = reader.level();
    readSpan(reader, finding.start, finding.end);
    finding.message = reader.text(u"message"_s);
    finding.remedy = reader.text(u"remedy"_s);
    return finding;
}

Effect readEffect(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    Effect effect;
    effect.verb = reader.textWithContent(u"verb"_s);
    effect.table = reader.textWithContent(u"table"_s);
    int answers = 0;
    if (reader.has(u"rows_select"_s) && ++answers)
        effect.rowsSelect = reader.textWithContent(u"rows_select"_s);
    if (reader.has(u"rows"_s) && ++answers)
        effect.rows = reader.count(u"rows"_s);
    if (reader.has(u"whole_table"_s) && ++answers) {
        effect.wholeTable = reader.value(u"whole_table"_s).toBool();
        if (!effect.wholeTable)
            reader.fail(u"\"whole_table\" may only be true"_s);
    }
    if (reader.has(u"unknown_because"_s) && ++answers)
        effect.unknownBecause = reader.textWithContent(u"unknown_because"_s);
    if (answers != 1)
        reader.fail(u"an effect must say exactly one thing of its rows"_s);
    return effect;
}

Statement readStatement(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    Statement statement;
    statement.kind = reader.textWithContent(u"kind"_s);
    statement.level = reader.level();
    readSpan(reader, statement.start, statement.end);
    for (const QJsonValue relation : reader.array(u"relations"_s)) {
        if (!relation.isString())
            reader.fail(u"a relation is no text"_s);
        statement.relations.append(relation.toString());
    }
    for (const QJsonValue finding : reader.array(u"findings"_s))
        statement.findings.append(readFinding(finding, error));
    for (const QJsonValue effect : reader.array(u"effects"_s))
        statement.effects.append(readEffect(effect, error));
    for (const Finding &finding : std::as_const(statement.findings))
        if (finding.level > statement.level)
            reader.fail(u"a statement is rated below its finding"_s);
    return statement;
}

} // namespace

QJsonObject toJson(const Assessment &assessment)
{
    return {{u"level"_s, toWord(assessment.level)}, {u"statements"_s, toArray(assessment.statements)},
        {u"error"_s, textOrNull(assessment.error)}, {u"catalog"_s, textOrNull(assessment.catalog)}};
}

std::expected<Assessment, QString> assessmentFromJson(const QJsonObject &json)
{
    QString error;
    JsonReader reader(json, error);
    Assessment assessment;
    assessment.level = reader.level();
    for (const QJsonValue statement : reader.array(u"statements"_s))
        assessment.statements.append(readStatement(statement, error));
    assessment.error = reader.optionalText(u"error"_s);
    assessment.catalog = reader.optionalText(u"catalog"_s);
    if (const Statement *gravest = assessment.gravest(); gravest && gravest->level > assessment.level)
        reader.fail(u"the text is rated below its statement"_s);
    if (!assessment.error.isEmpty() && assessment.level != RiskLevel::Critical)
        reader.fail(u"a text with an error must be critical"_s);
    if (!error.isEmpty())
        return std::unexpected(error);
    return assessment;
}

} // namespace holdpoint
