// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/madeobjects.h"

#include "core/analysis/columnresolver.h"
#include "core/analysis/inspection.h"
#include "core/analysis/namedtype.h"
#include "core/analysis/names.h"

#include <algorithm>

namespace holdpoint {

namespace {

using Kind = CodeKey::Kind;

/// What LIKE takes over that runs code: the bits of CREATE_TABLE_LIKE_CONSTRAINTS, _DEFAULTS, _GENERATED and _INDEXES.
constexpr std::int64_t includesCode = 0x04 | 0x08 | 0x10 | 0x40;

/// What a table takes from another one, besides its columns.
enum class Inherited { Columns, Expressions, Triggers };

class TableMaker
{
public:
    explicit TableMaker(const Inspection &inspection)
        : m_inspection(inspection)
    {
        m_made.columns.known = true;
    }

    MadeRelation make(Node create)
    {
        for (const Node parent : create["inhRelations"])
            takeOver(parent.as("RangeVar"), create["partbound"] ? Inherited::Triggers : Inherited::Expressions);
        if (const Node type = create["ofTypename"])
            takeType(type);
        for (const Node element : create["tableElts"]) {
            if (const Node like = element.as("TableLikeClause"))
                takeOver(like["relation"],
                    like["options"].number() & includesCode ? Inherited::Expressions : Inherited::Columns);
            else if (const Node column = element.as("ColumnDef"))
                add(column);
        }
        return std::move(m_made);
    }

    /// From a query: columns without their defaults.
    MadeRelation make(Node query, Node names)
    {
        m_made.columns = m_inspection.catalog()
            ? ColumnResolver(*m_inspection.catalog(), m_inspection.script().created, m_inspection.isBody())
                  .columnsOf(query)
            : OutputColumns();
        bool isPlain = m_made.columns.known;
        for (OutputColumn &column : m_made.columns.columns) {
            isPlain = isPlain && column.column;
            if (column.column)
                m_made.uses.insert({Kind::Type, column.column->typeOid});
            column = {std::move(column.name), nullptr, nullptr, false};
        }
        // What is computed may be of the type of anything that is read.
        if (!isPlain)
            m_made.uses.merge(typesRead(m_inspection, query));
        m_made.columns.rename(names);
        return std::move(m_made);
    }

    static void addColumn(MadeRelation &made, const Inspection &inspection, Node column)
    {
        const NamedType type = columnType(inspection, column);
        made.uses.insert(type.uses.begin(), type.uses.end());
        if (!type.isKnown)
            made.strangeType = type.name;
        name(made, column["colname"].text());
    }

private:
    static void name(MadeRelation &made, std::string_view column)
    {
        if (!made.columns.find(column))
            made.columns.columns.push_back({std::string(column), nullptr, nullptr, false});
    }

    void add(Node column) { addColumn(m_made, m_inspection, column); }

    void takeOver(Node rangeVar, Inherited what)
    {
        const MadeRelations &created = m_inspection.script().created;
        if (const auto source = created.find(relationName(rangeVar)); source != created.end())
            return takeMade(source->second);
        const CatalogRelation *source = m_inspection.relation(rangeVar);
        if (!source) {
            m_made.columns.known = false;
            if (m_inspection.catalog())
                m_made.strangeType = relationName(rangeVar);
            return;
        }
        takeColumns(*source);
        if (what != Inherited::Columns)
            m_made.uses.insert({Kind::Expressions, source->oid});
        if (what == Inherited::Triggers)
            for (const Kind event : {Kind::Insert, Kind::Update, Kind::Delete})
                m_made.uses.insert({event, source->oid});
    }

    void takeMade(const MadeRelation &source)
    {
        m_made.columns.known = m_made.columns.known && source.columns.known;
        for (const OutputColumn &column : source.columns.columns)
            name(m_made, column.name);
        m_made.uses.insert(source.uses.begin(), source.uses.end());
        if (!source.strangeType.empty())
            m_made.strangeType = source.strangeType;
    }

    void takeColumns(const CatalogRelation &source)
    {
        for (const CatalogColumn &column : source.columns) {
            m_made.uses.insert({Kind::Type, column.typeOid});
            name(m_made, column.name);
        }
    }

    void takeType(Node typeName)
    {
        const auto parts = nameParts(typeName["names"]);
        const std::string_view schema = parts.size() > 1 ? parts[parts.size() - 2] : std::string_view();
        const Catalog *catalog = m_inspection.catalog();
        if (const CatalogRelation *row = catalog ? catalog->relation(schema, parts.back()) : nullptr)
            return takeColumns(*row);
        const NamedType type = namedType(m_inspection, typeName);
        m_made.uses.insert(type.uses.begin(), type.uses.end());
        m_made.columns.known = false;
        if (!type.isKnown)
            m_made.strangeType = type.name;
    }

    const Inspection &m_inspection;
    MadeRelation m_made;
};

/// What a statement makes a relation, and that relation; a null name if it makes none.
std::pair<Node, MadeRelation> relationMade(const Inspection &inspection, std::string_view type, Node body)
{
    if (type == "CreateStmt" || type == "CreateForeignTableStmt") {
        const Node create = type == "CreateStmt" ? body : body["base"];
        return {create["relation"], TableMaker(inspection).make(create)};
    }
    if (type == "ViewStmt")
        return {body["view"], TableMaker(inspection).make(body["query"], body["aliases"])};
    if (type == "CreateTableAsStmt")
        return {body["into"]["rel"], TableMaker(inspection).make(body["query"], body["into"]["colNames"])};
    if (type == "SelectStmt" && body["intoClause"])
        return {body["intoClause"]["rel"], TableMaker(inspection).make(body, body["intoClause"]["colNames"])};
    return {};
}

/// Types of known parts; a base type or a domain over something unknown stays unknown.
void noteType(Inspection &inspection, std::string_view type, Node body)
{
    // Where an error may be caught, a type of that name may have been there before.
    if (inspection.isBody())
        return;
    auto &types = inspection.script().types;
    if (type == "CreateEnumStmt")
        types.emplace(dotted(nameParts(body["typeName"])), std::set<CodeKey>());
    if (type != "CompositeTypeStmt" && type != "CreateDomainStmt")
        return;
    MadeRelation parts;
    if (type == "CreateDomainStmt")
        TableMaker::addColumn(parts, inspection, body);
    for (const Node column : body["coldeflist"])
        TableMaker::addColumn(parts, inspection, column.as("ColumnDef"));
    if (parts.strangeType.empty())
        types.emplace(
            type == "CreateDomainStmt" ? dotted(nameParts(body["domainname"])) : relationName(body["typevar"]),
            std::move(parts.uses));
}

void noteRenamed(ScriptState &script, Node rename)
{
    const std::string name = relationName(rename["relation"]);
    const std::string_view kind = rename["renameType"].text(), newName = rename["newname"].text();
    script.unsettled.insert(name);
    if (kind == "OBJECT_TABLE")
        script.unsettled.emplace(newName);
    const auto made = script.created.find(name);
    if (made == script.created.end())
        return;
    for (OutputColumn &column : made->second.columns.columns)
        if (kind == "OBJECT_COLUMN" && column.name == rename["subname"].text())
            column.name = newName;
    if (kind == "OBJECT_TABLE" || kind == "OBJECT_VIEW") {
        const std::string_view schema = rename["relation"]["schemaname"].text();
        const std::string moved =
            schema.empty() ? std::string(newName) : std::string(schema) + '.' + std::string(newName);
        script.created.insert_or_assign(moved, made->second);
    }
}

/// A partition gets the triggers of its parent.
void noteAttached(Inspection &inspection, Node parent, Node partition)
{
    ScriptState &script = inspection.script();
    std::set<CodeKey> &gained = script.gained[relationName(partition)];
    if (const CatalogRelation *relation = inspection.relation(parent))
        for (const Kind event : {Kind::Insert, Kind::Update, Kind::Delete})
            gained.insert({event, relation->oid});
}

void noteCommand(Inspection &inspection, Node relation, Node command)
{
    ScriptState &script = inspection.script();
    const std::string_view kind = command["subtype"].text();
    const auto made = script.created.find(relationName(relation));
    if (kind == "AT_AddColumn") {
        const Node column = command["def"].as("ColumnDef");
        script.addedColumns.emplace(column["colname"].text());
        if (made != script.created.end())
            TableMaker::addColumn(made->second, inspection, column);
    } else if (kind == "AT_DropColumn" && made != script.created.end()) {
        std::erase_if(made->second.columns.columns,
            [&](const OutputColumn &column) { return column.name == command["name"].text(); });
    } else if (kind == "AT_AttachPartition") {
        noteAttached(inspection, relation, command["def"].as("PartitionCmd")["name"]);
    } else if (kind == "AT_AddInherit") {
        script.unsettled.insert(relationName(command["def"].as("RangeVar")));
    }
}

} // namespace

void noteMade(Inspection &inspection, std::string_view type, Node statement)
{
    noteType(inspection, type, statement);
    auto [name, made] = relationMade(inspection, type, statement);
    if (!name)
        return;
    ScriptState &script = inspection.script();
    if (type == "ViewStmt")
        script.views.insert_or_assign(relationName(name), statement["query"]);
    const Catalog *catalog = inspection.catalog();
    if (!catalog || !catalog->relation(name["schemaname"].text(), name["relname"].text()))
        script.created.insert_or_assign(relationName(name), std::move(made));
}

void noteAltered(Inspection &inspection, std::string_view type, Node part)
{
    ScriptState &script = inspection.script();
    if (type == "RenameStmt")
        noteRenamed(script, part);
    else if (type == "AlterTableStmt")
        for (const Node command : part["cmds"])
            noteCommand(inspection, part["relation"], command.as("AlterTableCmd"));
    else if (type == "Constraint")
        if (const std::string_view action = part["fk_del_action"].text();
            action == "c" || action == "n" || action == "d")
            script.unsettled.insert(relationName(part["pktable"]));
}

} // namespace holdpoint
