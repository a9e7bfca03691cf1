// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/columnresolver.h"

#include "core/analysis/names.h"
#include "core/analysis/parser.h"
#include "core/analysis/statementkind.h"

#include <algorithm>

namespace holdpoint {

namespace {

constexpr int deepestView = 8;

bool isQuery(std::string_view type)
{
    return type == "SelectStmt" || isRowChange(type);
}

/// What PostgreSQL calls an output column without a name of its own; empty where it is not worth following.
std::string_view impliedName(Node value)
{
    if (value.type() == "FuncCall") {
        const auto name = nameParts(value.body()["funcname"]);
        return name.empty() ? std::string_view() : name.back();
    }
    if (value.type() == "TypeCast")
        return impliedName(value.body()["arg"]);
    if (const Node column = value.as("ColumnRef")) {
        const auto parts = nameParts(column["fields"]);
        return parts.empty() ? std::string_view() : parts.back();
    }
    return {};
}

bool hasStar(Node columnRef)
{
    return std::ranges::any_of(columnRef["fields"], [](Node field) { return field.type() == "A_Star"; });
}

} // namespace

ColumnResolver::ColumnResolver(const Catalog &catalog, const MadeRelations &created, bool variables)
    : m_catalog(catalog)
    , m_created(created)
    , m_variables(variables)
{
}

void ColumnResolver::resolve(Node statement)
{
    walk(statement, nullptr);
}

OutputColumns ColumnResolver::columnsOf(Node statement)
{
    // The body of a SELECT INTO comes without its type's name.
    if (statement["targetList"] || statement["larg"])
        return select(statement, nullptr);
    return isQuery(statement.type()) ? query(statement, nullptr) : OutputColumns();
}

void ColumnResolver::walk(Node part, const QueryScope *scope)
{
    const std::string_view type = part.type();
    if (isQuery(type)) {
        query(part, scope);
        return;
    }
    if (type == "ColumnRef" && scope)
        return bind(part.body(), *scope);
    for (const Node child : type.empty() ? part : part.body())
        walk(child, scope);
}

void ColumnResolver::bind(Node columnRef, const QueryScope &scope)
{
    if (hasStar(columnRef))
        return;
    const auto parts = nameParts(columnRef["fields"]);
    if (parts.empty() || parts.size() > 3)
        return;
    auto binding = lookUpColumn(parts, scope);
    if (binding && !(binding->isMissing && m_variables))
        columnRef.bind(std::move(*binding));
}

OutputColumns ColumnResolver::query(Node statement, const QueryScope *outer)
{
    return statement.type() == "SelectStmt" ? select(statement.body(), outer)
                                            : rowChange(statement.type(), statement.body(), outer);
}

OutputColumns ColumnResolver::select(Node body, const QueryScope *outer)
{
    QueryScope scope{outer, {}, {}};
    addWith(body["withClause"], scope);
    if (body["larg"]) {
        // The arms of a UNION are held without their type's name; what they give is no column of one table.
        const OutputColumns left = select(body["larg"], &scope), right = select(body["rarg"], &scope);
        OutputColumns both{left.known && right.known, left.columns};
        for (OutputColumn &column : both.columns)
            column = {column.name, nullptr, nullptr, false};
        return both;
    }
    for (const Node item : body["fromClause"])
        addFrom(item, scope, false);
    OutputColumns output = outputOf(body["targetList"], scope);
    for (const Node row : body["valuesLists"])
        output.columns.resize(row.as("List")["items"].count());
    for (std::size_t index = 0; body["valuesLists"] && index < output.columns.size(); ++index)
        output.columns[index].name = "column" + std::to_string(index + 1);
    for (const Node member : body) {
        if (member.key() == "sortClause" || member.key() == "groupClause" || member.key() == "distinctClause")
            walkSorted(member, scope, output);
        else if (member.key() != "fromClause" && member.key() != "withClause")
            walk(member, &scope);
    }
    return output;
}

/// ORDER BY and GROUP BY may also name what the query gives.
void ColumnResolver::walkSorted(Node part, const QueryScope &scope, const OutputColumns &output)
{
    if (const Node column = part.as("ColumnRef")) {
        const auto parts = nameParts(column["fields"]);
        if (parts.size() != 1 || !output.find(parts.front()))
            bind(column, scope);
        return;
    }
    if (isQuery(part.type()))
        return walk(part, &scope);
    for (const Node child : part.type().empty() ? part : part.body())
        walkSorted(child, scope, output);
}

OutputColumns ColumnResolver::rowChange(std::string_view type, Node body, const QueryScope *outer)
{
    QueryScope scope{outer, {}, {}};
    addWith(body["withClause"], scope);
    if (type == "InsertStmt") {
        insert(body, scope);
    } else {
        addTable(body["relation"], scope, false);
        if (type == "MergeStmt")
            merge(body, scope);
        for (const char *list : {"usingClause", "fromClause"})
            for (const Node item : body[list])
                addFrom(item, scope, false);
        for (const char *member : {"targetList", "whereClause"})
            walk(body[member], &scope);
    }
    walk(body["returningList"], &scope);
    return outputOf(body["returningList"], scope);
}

void ColumnResolver::insert(Node body, QueryScope &scope)
{
    walk(body["selectStmt"], &scope);
    addTable(body["relation"], scope, false);
    if (const Node conflict = body["onConflictClause"]) {
        QueryScope inner = scope;
        if (!scope.items.empty())
            add(inner, {}, "excluded", scope.items.front().output, true, false);
        walk(conflict, &inner);
    }
}

void ColumnResolver::merge(Node body, QueryScope &scope)
{
    addFrom(body["sourceRelation"], scope, false);
    walk(body["joinCondition"], &scope);
    walk(body["mergeWhenClauses"], &scope);
}

void ColumnResolver::addWith(Node with, QueryScope &scope)
{
    for (const Node item : with["ctes"]) {
        const Node cte = item.as("CommonTableExpr");
        const std::string name(cte["ctename"].text());
        if (with["recursive"].truth())
            scope.ctes.insert_or_assign(name, OutputColumns{});
        OutputColumns output = query(cte["ctequery"], &scope);
        output.rename(cte["aliascolnames"]);
        scope.ctes.insert_or_assign(name, std::move(output));
    }
}

void ColumnResolver::addFrom(Node item, QueryScope &scope, bool optional)
{
    const std::string_view type = item.type();
    const Node body = item.body();
    if (type == "RangeVar")
        return addTable(body, scope, optional);
    if (type == "JoinExpr")
        return addJoin(body, scope, optional);
    if (type == "RangeTableSample")
        return addFrom(body["relation"], scope, optional);
    if (type == "RangeSubselect") {
        const QueryScope *outer = &scope;
        QueryScope around{scope.outer, {}, scope.ctes};
        if (!body["lateral"].truth())
            outer = &around;
        return add(scope, body["alias"], {}, query(body["subquery"], outer), false, optional);
    }
    walk(body, &scope); // a function sees what stands left of it
    add(scope, body["alias"], {}, {}, false, optional);
}

void ColumnResolver::addJoin(Node join, QueryScope &scope, bool optional)
{
    const std::string_view kind = join["jointype"].text();
    const bool full = kind == "JOIN_FULL";
    addFrom(join["larg"], scope, optional || full || kind == "JOIN_RIGHT");
    addFrom(join["rarg"], scope, optional || full || kind == "JOIN_LEFT");
    walk(join["quals"], &scope);
    if (join["alias"])
        add(scope, join["alias"], {}, {}, false, optional);
}

void ColumnResolver::addTable(Node rangeVar, QueryScope &scope, bool optional)
{
    const std::string_view schema = rangeVar["schemaname"].text(), name = rangeVar["relname"].text();
    if (const OutputColumns *cte = schema.empty() ? scope.cte(name) : nullptr)
        return add(scope, rangeVar["alias"], name, *cte, false, optional);
    OutputColumns output;
    if (const auto made = m_created.find(relationName(rangeVar)); made != m_created.end())
        output = made->second.columns;
    else if (const CatalogRelation *relation = m_catalog.relation(schema, name))
        output = columnsOf(*relation);
    add(scope, rangeVar["alias"], name, std::move(output), true, optional);
}

void ColumnResolver::add(
    QueryScope &scope, Node alias, std::string_view name, OutputColumns output, bool isTable, bool optional)
{
    if (alias)
        output.rename(alias["colnames"]);
    scope.items.push_back(
        {std::string(alias ? alias["aliasname"].text() : name), std::move(output), isTable, optional});
}

OutputColumns ColumnResolver::outputOf(Node targets, const QueryScope &scope)
{
    OutputColumns output{true, {}};
    for (const Node item : targets) {
        const Node target = item.as("ResTarget"), value = target["val"];
        const Node column = value.as("ColumnRef");
        if (column && hasStar(column)) {
            const auto parts = nameParts(column["fields"]);
            for (const ScopeItem &source : scope.items) {
                if (parts.size() > 1 && source.name != parts[parts.size() - 2])
                    continue;
                output.known = output.known && source.output.known;
                std::ranges::copy(source.output.columns, std::back_inserter(output.columns));
            }
            continue;
        }
        const std::string_view name = target["name"] ? target["name"].text() : impliedName(value);
        OutputColumn made{std::string(name), nullptr, nullptr, false};
        if (column)
            if (const auto binding = lookUpColumn(nameParts(column["fields"]), scope); binding && !binding->isMissing)
                made = {made.name, binding->relation, binding->column, binding->isOptional};
        output.known = output.known && !name.empty();
        output.columns.push_back(std::move(made));
    }
    return output;
}

OutputColumns ColumnResolver::columnsOf(const CatalogRelation &relation)
{
    if (relation.isView())
        return columnsOfView(relation);
    OutputColumns output{true, {}};
    for (const CatalogColumn &column : relation.columns)
        output.columns.push_back({column.name, &relation, &column, false});
    return output;
}

/// A view's columns by the names that the catalogue has, each as the column that its query takes it from.
OutputColumns ColumnResolver::columnsOfView(const CatalogRelation &view)
{
    OutputColumns output{true, {}};
    for (const CatalogColumn &column : view.columns)
        output.columns.push_back({column.name, nullptr, nullptr, false});
    if (m_viewDepth >= deepestView || view.definition.empty())
        return output;
    const auto parsed = parseSql(QByteArray::fromStdString(view.definition));
    if (!parsed || parsed->statements.size() != 1)
        return output;
    ++m_viewDepth;
    const OutputColumns inner = query(parsed->statements.front().node, nullptr);
    --m_viewDepth;
    for (std::size_t index = 0; index < std::min(inner.columns.size(), output.columns.size()); ++index)
        output.columns[index] = {output.columns[index].name, inner.columns[index].relation, inner.columns[index].column,
            inner.columns[index].isOptional};
    return output;
}

} // namespace holdpoint
