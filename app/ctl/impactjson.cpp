// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/impactjson.h"

#include "core/assessment/effectjson.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

template <typename Value> QJsonValue orNull(const std::optional<Value> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue orNull(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonArray strings(const QStringList &list)
{
    return QJsonArray::fromStringList(list);
}

QJsonObject toJson(const ReachedImpact &reached)
{
    return {{u"table"_s, reached.table}, {u"through"_s, reached.through},
        {u"constraints"_s, strings(reached.constraints)}, {u"action"_s, toWord(reached.action)},
        {u"hops"_s, reached.hops}, {u"rows"_s, orNull(reached.rows.rows)}, {u"limit_hit"_s, reached.rows.atLeast},
        {u"unknown_because"_s, orNull(reached.rows.unknownBecause)}};
}

QJsonArray cells(const QList<PreviewCell> &row)
{
    QJsonArray list;
    for (const PreviewCell &cell : row)
        list.append(orNull(cell));
    return list;
}

QJsonObject toJson(const Preview &preview, const PreviewRow &row)
{
    QJsonArray changed;
    for (qsizetype value = 0; value < row.after.size(); ++value)
        changed.append(preview.isChanged(row, value));
    return {{u"old"_s, cells(row.before)}, {u"new"_s, cells(row.after)}, {u"changed"_s, changed}};
}

QJsonValue toJson(const std::optional<Preview> &preview)
{
    if (!preview)
        return {};
    QJsonArray columns, values, rows;
    for (const PreviewColumn &column : preview->columns)
        columns.append(QJsonObject{{u"name"_s, column.name}, {u"type"_s, column.type}, {u"key"_s, column.isKey}});
    for (const NewValue &value : preview->newValues)
        values.append(QJsonObject{{u"name"_s, value.column}, {u"type"_s, orNull(value.type)},
            {u"may_differ"_s, value.mayDiffer}, {u"unknown_because"_s, orNull(value.unknownBecause)}});
    for (const PreviewRow &row : preview->rows)
        rows.append(toJson(*preview, row));
    return QJsonObject{{u"columns"_s, columns}, {u"new_values"_s, values}, {u"rows"_s, rows},
        {u"masked"_s, strings(preview->masked)}, {u"more"_s, preview->more},
        {u"unknown_because"_s, orNull(preview->unknownBecause)}};
}

QJsonObject toJson(const EffectImpact &effect)
{
    QJsonArray cascades;
    for (const ReachedImpact &reached : effect.reached)
        cascades.append(toJson(reached));
    return {{u"verb"_s, effect.verb}, {u"table"_s, effect.table}, {u"branch"_s, orNull(effect.branch)},
        {u"estimate"_s, orNull(effect.estimate.rows)},
        {u"estimate_unknown_because"_s, orNull(effect.estimate.unknownBecause)},
        {u"exact"_s, orNull(effect.exact.rows)}, {u"exact_limit_hit"_s, effect.exact.atLeast},
        {u"exact_unknown_because"_s, orNull(effect.exact.unknownBecause)}, {u"from_text"_s, effect.fromText},
        {u"at_most"_s, effect.atMost}, {u"outdated_because"_s, orNull(effect.outdatedBecause)},
        {u"table_rows"_s, orNull(effect.tableRows.rows)},
        {u"table_rows_unknown_because"_s, orNull(effect.tableRows.unknownBecause)},
        {u"statistics_at"_s, orNull(effect.statisticsAt)}, {u"cascades"_s, cascades},
        {u"triggers"_s, strings(effect.notes.triggers)}, {u"rules"_s, strings(effect.notes.rules)},
        {u"dependents"_s, strings(effect.notes.dependents)}, {u"sequences"_s, strings(effect.notes.sequences)},
        {u"notes_unknown_because"_s, orNull(effect.notes.unknownBecause)}, {u"bytes"_s, orNull(effect.notes.bytes)},
        {u"partitions"_s, effect.notes.partitions}, {u"preview"_s, toJson(effect.preview)}};
}

void appendNew(QJsonArray &list, const QStringList &more)
{
    for (const QString &text : more)
        if (!list.contains(text))
            list.append(text);
}

QJsonObject toJson(const StatementImpact &statement, qsizetype number)
{
    QJsonArray effects, cascades, triggers, rules;
    QJsonValue preview;
    for (const EffectImpact *effect : statement.effects) {
        const QJsonObject json = toJson(*effect);
        effects.append(json);
        for (const QJsonValue &cascade : json[u"cascades"_s].toArray())
            cascades.append(cascade);
        appendNew(triggers, effect->notes.triggers);
        appendNew(rules, effect->notes.rules);
        if (preview.isNull())
            preview = json[u"preview"_s];
    }
    QJsonArray locks;
    for (const TableLock &lock : statement.statement->locks)
        locks.append(QJsonObject{
            {u"table"_s, lock.table}, {u"mode"_s, toWord(lock.mode)}, {u"with_descendants"_s, lock.withDescendants}});
    const QString why = statement.unknownBecause.join(u"; "_s);
    return {{u"statement"_s, number}, {u"kind"_s, statement.statement->kind},
        {u"level"_s, toWord(statement.statement->level)}, {u"estimate"_s, orNull(statement.estimate.rows)},
        {u"exact"_s, orNull(statement.exact.rows)}, {u"exact_limit_hit"_s, statement.exact.atLeast},
        {u"table_rows"_s, orNull(statement.tableRows.rows)}, {u"cascades"_s, cascades}, {u"triggers"_s, triggers},
        {u"rules"_s, rules}, {u"locks"_s, locks}, {u"preview"_s, preview}, {u"unknown_because"_s, orNull(why)},
        {u"effects"_s, effects}};
}

} // namespace

QJsonArray impactJson(const AskedImpact &asked)
{
    QJsonArray list;
    for (const StatementImpact &statement : byStatement(asked)) {
        QJsonObject json = toJson(statement, list.size() + 1);
        json[u"replica_lag_seconds"_s] = orNull(asked.impact.replicaLagSeconds);
        json[u"at"_s] = orNull(asked.impact.at);
        list.append(json);
    }
    return list;
}

} // namespace holdpoint
