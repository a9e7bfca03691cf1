// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/assessment.h"

#include "core/assessment/effectjson.h"
#include "core/assessment/jsonreader.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QJsonObject toJson(const Finding &finding)
{
    return {{u"rule"_s, finding.rule}, {u"level"_s, toWord(finding.level)}, {u"start"_s, finding.start},
        {u"end"_s, finding.end}, {u"message"_s, finding.message}, {u"remedy"_s, finding.remedy}};
}

QJsonObject toJson(const TableLock &lock)
{
    QJsonObject json{{u"mode"_s, toWord(lock.mode)}, {u"table"_s, lock.table}};
    if (lock.withDescendants)
        json[u"descendants"_s] = true;
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
    QJsonObject json{{u"kind"_s, statement.kind}, {u"level"_s, toWord(statement.level)}, {u"start"_s, statement.start},
        {u"end"_s, statement.end}, {u"relations"_s, QJsonArray::fromStringList(statement.relations)},
        {u"findings"_s, toArray(statement.findings)}, {u"effects"_s, toArray(statement.effects)}};
    if (!statement.locks.isEmpty())
        json[u"locks"_s] = toArray(statement.locks);
    return json;
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

TableLock readLock(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    TableLock lock;
    lock.table = reader.textWithContent(u"table"_s);
    const std::optional<LockMode> mode = lockModeFromWord(reader.text(u"mode"_s));
    if (!mode)
        reader.fail(u"\"mode\" is none of a lock's"_s);
    lock.mode = mode.value_or(LockMode::Unknown);
    lock.withDescendants = reader.flag(u"descendants"_s);
    return lock;
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
        statement.effects.append(effectFromJson(effect, error));
    if (reader.has(u"locks"_s))
        for (const QJsonValue lock : reader.array(u"locks"_s))
            statement.locks.append(readLock(lock, error));
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
