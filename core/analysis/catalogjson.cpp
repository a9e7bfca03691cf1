// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/catalog.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace holdpoint {

/// Reads the members of a snapshot; the first thing that is not as it must be is kept as the error.
class CatalogJson
{
public:
    std::expected<std::shared_ptr<const Catalog>, QString> read(const QJsonObject &json)
    {
        if (json[u"version"_s].toInt() != 1)
            return std::unexpected(u"the catalogue snapshot is of another version"_s);
        std::shared_ptr<Catalog> catalog(new Catalog);
        catalog->m_searchPath = {"pg_catalog"};
        append(catalog->m_searchPath, texts(json, u"search_path"_s));
        each(json, u"relations"_s, [&](const QJsonObject &item) { catalog->m_relations.push_back(relation(item)); });
        each(json, u"foreign_keys"_s,
            [&](const QJsonObject &item) { catalog->m_foreignKeys.push_back(foreignKey(item)); });
        each(json, u"routines"_s, [&](const QJsonObject &item) { catalog->m_routines.push_back(routine(item)); });
        each(json, u"types"_s, [&](const QJsonObject &item) { catalog->m_types.push_back(type(item)); });
        each(json, u"operators"_s, [&](const QJsonObject &item) {
            catalog->m_operators.push_back({text(item, u"schema"_s), text(item, u"name"_s), oid(item, u"function"_s)});
        });
        each(json, u"casts"_s, [&](const QJsonObject &item) { catalog->m_casts.push_back(cast(item)); });
        each(json, u"dependents"_s, [&](const QJsonObject &item) {
            if (const std::string kind = text(item, u"kind"_s); kind == "view" || kind == "materialized view")
                catalog->m_viewsOn.emplace(oid(item, u"on"_s), oid(item, u"oid"_s));
        });
        if (!m_error.isEmpty())
            return std::unexpected(m_error);
        catalog->index();
        return catalog;
    }

private:
    static void append(std::vector<std::string> &list, const std::vector<std::string> &more)
    {
        list.insert(list.end(), more.begin(), more.end());
    }

    void fail(const QString &member)
    {
        if (m_error.isEmpty())
            m_error = u"the catalogue snapshot's \"%1\" is not as it must be"_s.arg(member);
    }

    template <typename Take> void each(const QJsonObject &json, const QString &member, const Take &take)
    {
        if (!json[member].isArray())
            fail(member);
        for (const QJsonValue item : json[member].toArray()) {
            if (!item.isObject())
                fail(member);
            take(item.toObject());
        }
    }

    std::string text(const QJsonObject &json, const QString &member)
    {
        if (!json[member].isString())
            fail(member);
        return json[member].toString().toStdString();
    }

    static std::string textOrNothing(const QJsonObject &json, const QString &member)
    {
        return json[member].toString().toStdString();
    }

    std::vector<std::string> texts(const QJsonObject &json, const QString &member)
    {
        if (json.contains(member) && !json[member].isArray())
            fail(member);
        return texts(json[member].toArray(), member);
    }

    std::vector<std::string> texts(const QJsonArray &array, const QString &member)
    {
        std::vector<std::string> list;
        for (const QJsonValue item : array) {
            if (!item.isString())
                fail(member);
            list.push_back(item.toString().toStdString());
        }
        return list;
    }

    Oid oid(const QJsonObject &json, const QString &member)
    {
        if (!json[member].isDouble())
            fail(member);
        return json[member].toInteger();
    }

    char letter(const QJsonObject &json, const QString &member)
    {
        const std::string word = text(json, member);
        if (word.size() != 1)
            fail(member);
        return word.empty() ? ' ' : word.front();
    }

    int count(const QJsonObject &json, const QString &member)
    {
        if (!json[member].isDouble())
            fail(member);
        return json[member].toInt();
    }

    std::optional<ColumnStatistics> statistics(const QJsonObject &json)
    {
        if (!json.contains(u"null_frac"_s))
            return std::nullopt;
        ColumnStatistics found;
        found.nullFraction = json[u"null_frac"_s].toDouble();
        found.distinct = json[u"distinct"_s].toDouble();
        found.common = texts(json, u"common"_s);
        for (const QJsonValue frequency : json[u"frequencies"_s].toArray())
            found.frequencies.push_back(frequency.toDouble());
        found.bounds = texts(json, u"bounds"_s);
        if (found.frequencies.size() != found.common.size())
            fail(u"frequencies"_s);
        return found;
    }

    CatalogColumn column(const QJsonObject &json)
    {
        CatalogColumn column;
        column.name = text(json, u"name"_s);
        column.type = text(json, u"type"_s);
        column.typeOid = oid(json, u"type_oid"_s);
        column.notNull = json[u"not_null"_s].toBool();
        column.isIdentity = json.contains(u"identity"_s);
        column.defaultText = textOrNothing(json, u"default"_s);
        column.statistics = statistics(json);
        return column;
    }

    CatalogRelation relation(const QJsonObject &json)
    {
        CatalogRelation relation;
        relation.oid = oid(json, u"oid"_s);
        relation.schema = text(json, u"schema"_s);
        relation.name = text(json, u"name"_s);
        relation.kind = letter(json, u"kind"_s);
        relation.rowType = json[u"type_oid"_s].toInteger();
        relation.rowArray = json[u"array_oid"_s].toInteger();
        if (json[u"rows"_s].isDouble())
            relation.rows = json[u"rows"_s].toDouble();
        for (const QJsonValue parent : json[u"parents"_s].toArray())
            relation.parents.push_back(parent.toInteger());
        each(json, u"columns"_s, [&](const QJsonObject &item) { relation.columns.push_back(column(item)); });
        for (const QJsonValue key : json[u"keys"_s].toArray())
            relation.keys.push_back(texts(key.toArray(), u"keys"_s));
        relation.checks = texts(json, u"checks"_s);
        relation.expressions = texts(json, u"expressions"_s);
        for (const QJsonValue item : json[u"triggers"_s].toArray())
            relation.triggers.push_back(trigger(item.toObject()));
        for (const QJsonValue item : json[u"rules"_s].toArray())
            relation.rules.push_back({text(item.toObject(), u"name"_s), letter(item.toObject(), u"event"_s)});
        relation.definition = textOrNothing(json, u"definition"_s);
        relation.rowSecurity = json[u"rls"_s].toBool();
        return relation;
    }

    CatalogTrigger trigger(const QJsonObject &json)
    {
        // A trigger for replicas alone does not fire: the executor's session is none.
        const char enabled = letter(json, u"enabled"_s);
        return {
            text(json, u"name"_s), oid(json, u"function"_s), count(json, u"type"_s), enabled == 'O' || enabled == 'A'};
    }

    CatalogForeignKey foreignKey(const QJsonObject &json)
    {
        return {text(json, u"name"_s), oid(json, u"from"_s), oid(json, u"to"_s), texts(json, u"from_columns"_s), texts(json, u"to_columns"_s),
            letter(json, u"on_delete"_s), letter(json, u"on_update"_s)};
    }

    CatalogRoutine routine(const QJsonObject &json)
    {
        CatalogRoutine routine;
        routine.oid = oid(json, u"oid"_s);
        routine.schema = text(json, u"schema"_s);
        routine.name = text(json, u"name"_s);
        routine.kind = letter(json, u"kind"_s);
        routine.language = text(json, u"language"_s);
        routine.arguments = count(json, u"arguments"_s);
        routine.defaults = count(json, u"defaults"_s);
        routine.variadic = json[u"variadic"_s].toBool();
        routine.extension = textOrNothing(json, u"extension"_s);
        routine.definition = textOrNothing(json, u"definition"_s);
        return routine;
    }

    CatalogType type(const QJsonObject &json)
    {
        CatalogType type;
        type.oid = oid(json, u"oid"_s);
        type.schema = text(json, u"schema"_s);
        type.name = text(json, u"name"_s);
        type.kind = letter(json, u"kind"_s);
        type.extension = textOrNothing(json, u"extension"_s);
        type.labels = texts(json, u"labels"_s);
        type.base = textOrNothing(json, u"base"_s);
        type.baseOid = json[u"base_oid"_s].toInteger();
        type.array = json[u"array_oid"_s].toInteger();
        type.routine = json[u"function"_s].toInteger();
        type.notNull = json[u"not_null"_s].toBool();
        type.defaultText = textOrNothing(json, u"default"_s);
        type.checks = texts(json, u"checks"_s);
        append(type.checks, texts(json, u"expressions"_s));
        return type;
    }

    CatalogCast cast(const QJsonObject &json)
    {
        return {oid(json, u"source_oid"_s), text(json, u"target"_s), oid(json, u"target_oid"_s),
            letter(json, u"context"_s), json[u"function"_s].toInteger()};
    }

    QString m_error;
};

std::expected<std::shared_ptr<const Catalog>, QString> Catalog::fromJson(const QByteArray &snapshot)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(snapshot, &problem);
    if (problem.error != QJsonParseError::NoError || !document.isObject())
        return std::unexpected(u"the catalogue snapshot is no JSON object"_s);
    return CatalogJson().read(document.object());
}

} // namespace holdpoint
