// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/catalogtables.h"

#include "core/database/quoting.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

const QString there = u"there"_s;

QString nameIn(const QJsonObject &object)
{
    return object[u"schema"_s].toString() + u'.' + object[u"name"_s].toString();
}

/// A definition that is too long to be shown, so that two of them can be told apart.
QString abridged(const QString &definition)
{
    return u"definition "_s
        + QString::fromLatin1(
            QCryptographicHash::hash(definition.toUtf8(), QCryptographicHash::Sha256).toHex().first(8));
}

QString kindText(const QString &kind)
{
    static const QHash<QString, QString> texts{{u"r"_s, u"a table"_s}, {u"p"_s, u"a partitioned table"_s},
        {u"v"_s, u"a view"_s}, {u"m"_s, u"a materialized view"_s}, {u"f"_s, u"a foreign table"_s},
        {u"S"_s, u"a sequence"_s}, {u"c"_s, u"a type"_s}};
    return texts.value(kind, kind);
}

QString columnText(const QJsonObject &column)
{
    QString text = column[u"type"_s].toString();
    if (column[u"not_null"_s].toBool())
        text += u" NOT NULL"_s;
    if (const QString value = column[u"default"_s].toString(); !value.isEmpty())
        text += (column.contains(u"generated"_s) ? u" GENERATED AS "_s : u" DEFAULT "_s) + value;
    if (column.contains(u"identity"_s))
        text += u" IDENTITY"_s;
    return text;
}

QString joined(const QJsonValue &list)
{
    QStringList texts;
    const QJsonArray array = list.toArray();
    for (const QJsonValue value : array)
        texts.append(value.toString());
    return texts.join(u", "_s);
}

QString rowSecurity(const QJsonObject &relation)
{
    if (!relation[u"rls"_s].toBool())
        return u"off"_s;
    return relation[u"rls_forced"_s].toBool() ? u"on, also for the owner"_s : u"on"_s;
}

QString keyAction(const QJsonValue &letter)
{
    static const QHash<QString, QString> words{{u"a"_s, u"no action"_s}, {u"r"_s, u"restrict"_s},
        {u"c"_s, u"cascade"_s}, {u"n"_s, u"set null"_s}, {u"d"_s, u"set default"_s}};
    return words.value(letter.toString(), letter.toString());
}

/// As CREATE TRIGGER has it, from pg_trigger's bits.
QString triggerText(const QJsonObject &trigger)
{
    const qint64 bits = trigger[u"type"_s].toInteger();
    QStringList events;
    for (const auto &[bit, event] : {std::pair(4, u"INSERT"_s), std::pair(8, u"DELETE"_s), std::pair(16, u"UPDATE"_s),
             std::pair(32, u"TRUNCATE"_s)})
        if (bits & bit)
            events.append(event);
    static const QHash<QString, QString> states{{u"D"_s, u"disabled"_s}, {u"O"_s, u"enabled"_s},
        {u"R"_s, u"enabled on replicas alone"_s}, {u"A"_s, u"always enabled"_s}};
    const QString state = trigger[u"enabled"_s].toString();
    return u"%1 %2 for each %3, %4"_s.arg(bits & 64 ? u"INSTEAD OF"_s
            : bits & 2                              ? u"BEFORE"_s
                                                    : u"AFTER"_s,
        events.join(u" OR "_s), bits & 1 ? u"row"_s : u"statement"_s, states.value(state, state));
}

bool reaches(const QJsonObject &key)
{
    const auto acts = [](const QJsonValue &letter) { return letter != "a"_L1 && letter != "r"_L1; };
    return acts(key[u"on_delete"_s]) || acts(key[u"on_update"_s]);
}

template <typename Take> void forEach(const QJsonValue &list, Take take)
{
    const QJsonArray array = list.toArray();
    for (const QJsonValue value : array)
        take(value.toObject());
}

} // namespace

CatalogTables::CatalogTables(const CatalogSnapshot &snapshot)
{
    const QJsonObject whole = QJsonDocument::fromJson(snapshot.json).object();
    forEach(whole[u"relations"_s], [this](const QJsonObject &relation) {
        // The server's own have no owner here.
        if (!relation.contains(u"owner"_s))
            return;
        m_names.insert(relation[u"oid"_s].toInteger(), nameIn(relation));
        m_relations.insert(nameIn(relation), relation);
    });
    forEach(whole[u"routines"_s],
        [this](const QJsonObject &routine) { m_routines.insert(routine[u"oid"_s].toInteger(), routine); });
    forEach(whole[u"types"_s], [this](const QJsonObject &type) { m_types.insert(type[u"oid"_s].toInteger(), type); });
    forEach(whole[u"foreign_keys"_s], [this](const QJsonObject &key) { m_foreignKeys.append(key); });
    for (const auto &[name, relation] : std::as_const(m_relations).asKeyValueRange()) {
        const QJsonArray parents = relation[u"parents"_s].toArray();
        for (const QJsonValue parent : parents)
            m_parts.insert(m_names.value(parent.toInteger()), name);
    }
}

QString CatalogTables::find(const QString &relation) const
{
    for (const QString &name : {relation, u"public."_s + relation})
        if (m_relations.contains(name))
            return name;
    return {};
}

QStringList CatalogTables::reachedFrom(const QStringList &relations) const
{
    QStringList waiting = relations;
    QSet<QString> reached;
    while (!waiting.isEmpty()) {
        const QString name = waiting.takeLast();
        if (name.isEmpty() || reached.contains(name))
            continue;
        reached.insert(name);
        waiting += m_parts.values(name);
        for (const QJsonObject &key : m_foreignKeys)
            if (reaches(key) && m_names.value(key[u"to"_s].toInteger()) == name)
                waiting.append(m_names.value(key[u"from"_s].toInteger()));
    }
    QStringList sorted(reached.cbegin(), reached.cend());
    sorted.sort();
    return sorted;
}

QString CatalogTables::quotedName(const QString &relation) const
{
    const QJsonObject object = m_relations.value(relation);
    return quotedIdentifier(object[u"schema"_s].toString()) + u'.' + quotedIdentifier(object[u"name"_s].toString());
}

bool CatalogTables::isTable(const QString &relation) const
{
    const QString kind = m_relations.value(relation)[u"kind"_s].toString();
    return kind == "r"_L1 || kind == "p"_L1 || kind == "m"_L1;
}

std::optional<qint64> CatalogTables::rows(const QString &relation) const
{
    const QJsonObject object = m_relations.value(relation);
    if (object[u"kind"_s] != "p"_L1) {
        const QJsonValue own = object[u"rows"_s];
        return own.isDouble() ? std::optional(own.toInteger()) : std::nullopt;
    }
    qint64 sum = 0;
    const QStringList parts = m_parts.values(relation);
    for (const QString &part : parts) {
        const std::optional<qint64> some = rows(part);
        if (!some)
            return std::nullopt;
        sum += *some;
    }
    return sum;
}

QMap<QString, QString> CatalogTables::features(const QString &relation) const
{
    const auto found = m_relations.constFind(relation);
    if (found == m_relations.cend())
        return {};
    const QJsonObject &object = *found;
    QMap<QString, QString> features{
        {u"kind"_s, kindText(object[u"kind"_s].toString())}, {u"row security"_s, rowSecurity(object)}};
    addColumns(object, features);
    const QJsonArray keys = object[u"keys"_s].toArray();
    for (const QJsonValue key : keys)
        features.insert(u"unique key (%1)"_s.arg(joined(key)), there);
    const QJsonArray checks = object[u"checks"_s].toArray();
    for (const QJsonValue check : checks)
        features.insert(u"check "_s + check.toString(), there);
    const QJsonArray expressions = object[u"expressions"_s].toArray();
    for (const QJsonValue expression : expressions)
        features.insert(u"policy, index or check "_s + expression.toString(), there);
    addTriggers(object, features);
    addForeignKeys(relation, features);
    forEach(object[u"rules"_s], [&](const QJsonObject &rule) {
        features.insert(u"rule "_s + rule[u"name"_s].toString(),
            u"%1, enabled %2"_s.arg(abridged(rule[u"definition"_s].toString()), rule[u"enabled"_s].toString()));
    });
    if (object.contains(u"definition"_s))
        features.insert(u"query"_s, abridged(object[u"definition"_s].toString()));
    return features;
}

void CatalogTables::addColumns(const QJsonObject &relation, QMap<QString, QString> &features) const
{
    forEach(relation[u"columns"_s], [&](const QJsonObject &column) {
        features.insert(u"column "_s + column[u"name"_s].toString(), columnText(column));
        addTypes(column[u"type_oid"_s].toInteger(), features);
    });
}

/// What bounds the values of a column, beside the column itself.
void CatalogTables::addTypes(qint64 type, QMap<QString, QString> &features) const
{
    const auto found = m_types.constFind(type);
    if (found == m_types.cend())
        return;
    QStringList bounds;
    for (const QString &bound : {u"labels"_s, u"checks"_s})
        if (const QString text = joined((*found)[bound]); !text.isEmpty())
            bounds.append(u"%1 %2"_s.arg(bound, text));
    if (found->contains(u"base"_s))
        bounds.append(u"based on "_s + (*found)[u"base"_s].toString());
    if ((*found)[u"not_null"_s].toBool())
        bounds.append(u"NOT NULL"_s);
    features.insert(u"type "_s + nameIn(*found), bounds.isEmpty() ? there : bounds.join(u"; "_s));
}

void CatalogTables::addTriggers(const QJsonObject &relation, QMap<QString, QString> &features) const
{
    forEach(relation[u"triggers"_s], [&](const QJsonObject &trigger) {
        const QJsonObject function = m_routines.value(trigger[u"function"_s].toInteger());
        const QString name = function.isEmpty() ? u"of the server"_s : nameIn(function);
        features.insert(
            u"trigger "_s + trigger[u"name"_s].toString(), u"%1, function %2"_s.arg(triggerText(trigger), name));
        if (function.contains(u"definition"_s))
            features.insert(u"trigger function "_s + name, abridged(function[u"definition"_s].toString()));
    });
}

void CatalogTables::addForeignKeys(const QString &relation, QMap<QString, QString> &features) const
{
    for (const QJsonObject &key : m_foreignKeys) {
        const QString from = m_names.value(key[u"from"_s].toInteger());
        const QString to = m_names.value(key[u"to"_s].toInteger());
        if (from == relation || to == relation)
            features.insert(u"foreign key from %1 (%2) to %3 (%4)"_s.arg(
                                from, joined(key[u"from_columns"_s]), to, joined(key[u"to_columns"_s])),
                u"on delete %1, on update %2"_s.arg(keyAction(key[u"on_delete"_s]), keyAction(key[u"on_update"_s])));
    }
}

} // namespace holdpoint
