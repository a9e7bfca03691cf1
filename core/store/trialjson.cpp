// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/jsonreader.h"
#include "core/store/trial.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Outcome = TrialResult::Outcome;
using Age = SandboxVerdict::Age;

constexpr std::array outcomeWords{std::pair{Outcome::Ran, "ran"_L1}, std::pair{Outcome::Failed, "failed"_L1},
    std::pair{Outcome::Refused, "refused"_L1}};
constexpr std::array ageWords{std::pair{Age::Commits, "commits"_L1}, std::pair{Age::Statistics, "statistics"_L1},
    std::pair{Age::Unknown, "unknown"_L1}};

template <typename Words, typename Value> QString wordOf(const Words &words, Value value)
{
    for (const auto &[candidate, word] : words)
        if (candidate == value)
            return word;
    Q_UNREACHABLE_RETURN({});
}

template <typename Words> auto readWord(JsonReader &reader, const QString &key, const Words &words, auto otherwise)
{
    const QString given = reader.text(key);
    for (const auto &[value, word] : words)
        if (word == given)
            return value;
    reader.fail(u"\"%1\" has an unknown word"_s.arg(key));
    return otherwise;
}

template <typename Value> QJsonValue orNull(const std::optional<Value> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject toJson(const TableChange &change);
QJsonObject toJson(const TrialStatement &statement);
QJsonObject toJson(const TrialTrigger &trigger);
QJsonObject toJson(const TouchedTable &table);
QJsonObject toJson(const SchemaDifference &difference);

template <typename Value> QJsonArray listOf(const QList<Value> &values)
{
    QJsonArray list;
    for (const Value &value : values)
        list.append(toJson(value));
    return list;
}

template <typename Value>
QList<Value> readList(
    JsonReader &reader, const QString &key, QString &error, Value (*read)(const QJsonValue &, QString &))
{
    QList<Value> values;
    const QJsonArray list = reader.array(key);
    for (const QJsonValue value : list)
        values.append(read(value, error));
    return values;
}

QJsonObject toJson(const TableChange &change)
{
    return {{u"table"_s, change.table}, {u"rows"_s, change.rows}};
}

TableChange readChange(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    return {reader.textWithContent(u"table"_s), reader.count(u"rows"_s)};
}

QJsonObject toJson(const TrialStatement &statement)
{
    return {{u"kind"_s, statement.kind}, {u"rows_by_tag"_s, orNull(statement.rowsByTag)},
        {u"milliseconds"_s, statement.milliseconds}, {u"changes"_s, listOf(statement.changes)}};
}

TrialStatement readStatement(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    return {reader.textWithContent(u"kind"_s), reader.optionalCount(u"rows_by_tag"_s), reader.amount(u"milliseconds"_s),
        readList(reader, u"changes"_s, error, readChange)};
}

QJsonObject toJson(const TrialError &failure)
{
    return {{u"statement"_s, orNull(failure.statement)}, {u"message"_s, failure.message},
        {u"hint"_s, orNull(failure.hint)}, {u"sqlstate"_s, orNull(failure.sqlState)},
        {u"position"_s, orNull(failure.position)}};
}

TrialError readError(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    return {reader.optionalCount(u"statement"_s), reader.textWithContent(u"message"_s), reader.optionalText(u"hint"_s),
        reader.optionalText(u"sqlstate"_s), reader.optionalCount(u"position"_s)};
}

QJsonObject toJson(const TrialTrigger &trigger)
{
    return {{u"table"_s, trigger.table}, {u"name"_s, trigger.name}, {u"function"_s, trigger.function},
        {u"calls"_s, orNull(trigger.calls)}};
}

TrialTrigger readTrigger(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    return {reader.textWithContent(u"table"_s), reader.textWithContent(u"name"_s),
        reader.textWithContent(u"function"_s), reader.optionalCount(u"calls"_s)};
}

QJsonObject toJson(const TouchedTable &table)
{
    return {{u"name"_s, table.name}, {u"target_rows"_s, orNull(table.targetRows)},
        {u"sandbox_rows"_s, orNull(table.sandboxRows)}, {u"sandbox_empty"_s, orNull(table.sandboxEmpty)}};
}

TouchedTable readTable(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    return {reader.textWithContent(u"name"_s), reader.optionalCount(u"target_rows"_s),
        reader.optionalCount(u"sandbox_rows"_s), reader.optionalFlag(u"sandbox_empty"_s)};
}

QJsonObject toJson(const SchemaDifference &difference)
{
    return {{u"table"_s, difference.table}, {u"what"_s, difference.what}, {u"target"_s, difference.target},
        {u"sandbox"_s, difference.sandbox}};
}

SchemaDifference readDifference(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    return {reader.textWithContent(u"table"_s), reader.textWithContent(u"what"_s), reader.textWithContent(u"target"_s),
        reader.textWithContent(u"sandbox"_s)};
}

QJsonObject toJson(const SandboxVerdict &verdict)
{
    return {{u"tables"_s, listOf(verdict.tables)}, {u"differences"_s, listOf(verdict.differences)},
        {u"more_differences"_s, verdict.moreDifferences}, {u"age"_s, wordOf(ageWords, verdict.age)},
        {u"data_at"_s, orNull(verdict.dataAt.toUTC().toString(Qt::ISODateWithMs))}};
}

SandboxVerdict readVerdict(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    SandboxVerdict verdict;
    verdict.tables = readList(reader, u"tables"_s, error, readTable);
    verdict.differences = readList(reader, u"differences"_s, error, readDifference);
    verdict.moreDifferences = reader.count(u"more_differences"_s);
    verdict.age = readWord(reader, u"age"_s, ageWords, Age::Unknown);
    verdict.dataAt = QDateTime::fromString(reader.optionalText(u"data_at"_s), Qt::ISODateWithMs).toUTC();
    if (verdict.dataAt.isValid() != (verdict.age != Age::Unknown))
        reader.fail(u"the age of the data and what it is do not fit"_s);
    return verdict;
}

/// The member, if it is not null.
template <typename Value>
std::optional<Value> readOptional(
    JsonReader &reader, const QString &key, QString &error, Value (*read)(const QJsonValue &, QString &))
{
    if (!reader.has(key))
        reader.fail(u"\"%1\" is missing"_s.arg(key));
    if (reader.value(key).isNull())
        return std::nullopt;
    return read(reader.value(key), error);
}

} // namespace

QJsonObject toJson(const TrialResult &result)
{
    return {{u"outcome"_s, wordOf(outcomeWords, result.outcome)}, {u"detail"_s, result.detail},
        {u"statements"_s, listOf(result.statements)}, {u"changes_at_end"_s, listOf(result.changesAtEnd)},
        {u"error"_s, result.error ? QJsonValue(toJson(*result.error)) : QJsonValue()},
        {u"triggers"_s, listOf(result.triggers)}, {u"rows_changed"_s, orNull(result.rowsChanged)},
        {u"milliseconds"_s, result.milliseconds},
        {u"verdict"_s, result.verdict ? QJsonValue(toJson(*result.verdict)) : QJsonValue()}};
}

std::expected<TrialResult, QString> trialResultFromJson(const QJsonObject &json)
{
    QString error;
    JsonReader reader(json, error);
    TrialResult result;
    result.outcome = readWord(reader, u"outcome"_s, outcomeWords, Outcome::Refused);
    result.detail = reader.text(u"detail"_s);
    result.statements = readList(reader, u"statements"_s, error, readStatement);
    result.changesAtEnd = readList(reader, u"changes_at_end"_s, error, readChange);
    result.error = readOptional(reader, u"error"_s, error, readError);
    result.triggers = readList(reader, u"triggers"_s, error, readTrigger);
    result.rowsChanged = reader.optionalCount(u"rows_changed"_s);
    result.milliseconds = reader.amount(u"milliseconds"_s);
    result.verdict = readOptional(reader, u"verdict"_s, error, readVerdict);
    if ((result.outcome == Outcome::Failed) != result.error.has_value())
        reader.fail(u"a failure has an error, and nothing else has"_s);
    if (!error.isEmpty())
        return std::unexpected(error);
    return result;
}

} // namespace holdpoint
