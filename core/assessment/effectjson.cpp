// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/effectjson.h"

#include "core/assessment/jsonreader.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Action = Reached::Action;

constexpr std::array<std::pair<Action, QLatin1StringView>, 5> actionWords{
    {{Action::Delete, "delete"_L1}, {Action::Update, "update"_L1}, {Action::SetNull, "set null"_L1},
        {Action::SetDefault, "set default"_L1}, {Action::Refuse, "refuse"_L1}}};

using Extent = RowsRewritten::Extent;

constexpr std::array<std::pair<Extent, QLatin1StringView>, 3> extentWords{
    {{Extent::No, "no"_L1}, {Extent::Scan, "scan"_L1}, {Extent::Full, "full"_L1}}};

QJsonObject toJson(const PreviewColumn &column)
{
    QJsonObject json{{u"name"_s, column.name}, {u"type"_s, column.type}};
    if (column.isKey)
        json[u"key"_s] = true;
    return json;
}

QJsonObject toJson(const NewValue &value)
{
    QJsonObject json{{u"column"_s, value.column}};
    if (!value.type.isEmpty())
        json[u"type"_s] = value.type;
    if (!value.unknownBecause.isEmpty())
        json[u"unknown_because"_s] = value.unknownBecause;
    if (value.mayDiffer)
        json[u"may_differ"_s] = true;
    return json;
}

QJsonObject toJson(const Reached &reached)
{
    QJsonObject json{{u"table"_s, reached.table}, {u"through"_s, reached.through},
        {u"constraints"_s, QJsonArray::fromStringList(reached.constraints)}, {u"action"_s, toWord(reached.action)},
        {u"hops"_s, reached.hops}};
    if (reached.rowsSelect.isEmpty())
        json[u"unknown_because"_s] = reached.unknownBecause;
    else
        json[u"rows_select"_s] = reached.rowsSelect;
    return json;
}

QJsonObject toJson(const RowsRewritten &rewritten)
{
    return {{u"extent"_s, toWord(rewritten.extent)}, {u"because"_s, rewritten.because}};
}

template <typename T> QJsonArray toArray(const QList<T> &values)
{
    QJsonArray array;
    for (const T &value : values)
        array.append(toJson(value));
    return array;
}

void addDetails(QJsonObject &json, const Effect &effect)
{
    if (!effect.branch.isEmpty())
        json[u"branch"_s] = effect.branch;
    if (effect.atMost)
        json[u"at_most"_s] = true;
    if (!effect.outdatedBecause.isEmpty())
        json[u"outdated_because"_s] = effect.outdatedBecause;
    if (!effect.previewSelect.isEmpty())
        json[u"preview_select"_s] = effect.previewSelect;
    if (!effect.previewColumns.isEmpty())
        json[u"preview_columns"_s] = toArray(effect.previewColumns);
    if (!effect.newValues.isEmpty())
        json[u"new_values"_s] = toArray(effect.newValues);
    if (!effect.reached.isEmpty())
        json[u"reached"_s] = toArray(effect.reached);
    if (effect.rewritten)
        json[u"rewritten"_s] = toJson(*effect.rewritten);
}

PreviewColumn readColumn(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    PreviewColumn column;
    column.name = reader.textWithContent(u"name"_s);
    column.type = reader.textWithContent(u"type"_s);
    column.isKey = reader.flag(u"key"_s);
    return column;
}

NewValue readNewValue(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    NewValue value;
    value.column = reader.textWithContent(u"column"_s);
    if (reader.has(u"type"_s))
        value.type = reader.textWithContent(u"type"_s);
    if (reader.has(u"unknown_because"_s))
        value.unknownBecause = reader.textWithContent(u"unknown_because"_s);
    value.mayDiffer = reader.flag(u"may_differ"_s);
    return value;
}

Reached readReached(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    Reached reached;
    reached.table = reader.textWithContent(u"table"_s);
    reached.through = reader.textWithContent(u"through"_s);
    for (const QJsonValue constraint : reader.array(u"constraints"_s))
        reached.constraints.append(constraint.toString());
    const QString word = reader.text(u"action"_s);
    const auto action = std::ranges::find(actionWords, word, [](const auto &pair) { return QString(pair.second); });
    if (action == actionWords.end())
        reader.fail(u"\"action\" is none of a foreign key's"_s);
    else
        reached.action = action->first;
    reached.hops = static_cast<int>(reader.count(u"hops"_s));
    if (reader.has(u"rows_select"_s) == reader.has(u"unknown_because"_s))
        reader.fail(u"what is reached must say exactly one thing of its rows"_s);
    else if (reader.has(u"rows_select"_s))
        reached.rowsSelect = reader.textWithContent(u"rows_select"_s);
    else
        reached.unknownBecause = reader.textWithContent(u"unknown_because"_s);
    return reached;
}

RowsRewritten readRewritten(const QJsonValue &json, QString &error)
{
    JsonReader reader(json, error);
    RowsRewritten rewritten;
    const QString word = reader.text(u"extent"_s);
    const auto extent = std::ranges::find(extentWords, word, [](const auto &pair) { return QString(pair.second); });
    if (extent == extentWords.end())
        reader.fail(u"\"extent\" is none of an ALTER TABLE's"_s);
    else
        rewritten.extent = extent->first;
    rewritten.because = reader.textWithContent(u"because"_s);
    return rewritten;
}

void readDetails(JsonReader &reader, Effect &effect, QString &error)
{
    if (reader.has(u"branch"_s))
        effect.branch = reader.textWithContent(u"branch"_s);
    effect.atMost = reader.flag(u"at_most"_s);
    if (reader.has(u"outdated_because"_s))
        effect.outdatedBecause = reader.textWithContent(u"outdated_because"_s);
    if (reader.has(u"preview_select"_s))
        effect.previewSelect = reader.textWithContent(u"preview_select"_s);
    if (reader.has(u"preview_columns"_s))
        for (const QJsonValue value : reader.array(u"preview_columns"_s))
            effect.previewColumns.append(readColumn(value, error));
    if (reader.has(u"new_values"_s))
        for (const QJsonValue value : reader.array(u"new_values"_s))
            effect.newValues.append(readNewValue(value, error));
    if (reader.has(u"reached"_s))
        for (const QJsonValue value : reader.array(u"reached"_s))
            effect.reached.append(readReached(value, error));
    if (reader.has(u"rewritten"_s))
        effect.rewritten = readRewritten(reader.value(u"rewritten"_s), error);
}

} // namespace

QString toWord(Reached::Action action)
{
    return std::ranges::find(actionWords, action, &std::pair<Action, QLatin1StringView>::first)->second;
}

QString toWord(RowsRewritten::Extent extent)
{
    return std::ranges::find(extentWords, extent, &std::pair<Extent, QLatin1StringView>::first)->second;
}

bool hasDetails(const Effect &effect)
{
    return !effect.branch.isEmpty() || effect.atMost || !effect.outdatedBecause.isEmpty()
        || !effect.previewSelect.isEmpty() || !effect.newValues.isEmpty() || !effect.reached.isEmpty()
        || effect.rewritten;
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
    addDetails(json, effect);
    return json;
}

Effect effectFromJson(const QJsonValue &json, QString &error)
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
    if (reader.has(u"whole_table"_s) && ++answers)
        effect.wholeTable = reader.flag(u"whole_table"_s);
    if (reader.has(u"unknown_because"_s) && ++answers)
        effect.unknownBecause = reader.textWithContent(u"unknown_because"_s);
    if (answers != 1)
        reader.fail(u"an effect must say exactly one thing of its rows"_s);
    readDetails(reader, effect, error);
    return effect;
}

} // namespace holdpoint
