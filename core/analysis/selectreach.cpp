// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/selectreach.h"

#include "core/analysis/catalog.h"
#include "core/analysis/expression.h"
#include "core/analysis/names.h"
#include "core/analysis/narrowing.h"
#include "core/analysis/statementkind.h"
#include "core/analysis/treesearch.h"
#include "core/analysis/weighing.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>

namespace holdpoint {

namespace {

void collectFromNames(Node item, std::vector<std::string> &names)
{
    const Node body = item.body();
    if (item.type() == "JoinExpr") {
        collectFromNames(body["larg"], names);
        collectFromNames(body["rarg"], names);
    }
    if (const Node alias = body["alias"]["aliasname"])
        names.emplace_back(alias.text());
    else if (item.type() == "RangeVar")
        names.emplace_back(body["relname"].text());
}

/// Whether a recursive item makes rows from nothing but itself, as a counter does.
bool makesItsOwnRows(Node query, std::string_view name)
{
    const Node from = query.as("SelectStmt")["rarg"]["fromClause"];
    return from && std::ranges::all_of(from, [&](Node item) { return item.as("RangeVar")["relname"].text() == name; });
}

/// A recursive item starts out from nothing, so its reference to itself adds no rows of its own.
Reach reachOfCte(std::string_view name, const Inspection &inspection)
{
    const Node query = inspection.cte(name);
    if (!query)
        return Reach::Vacuous;
    if (makesItsOwnRows(query, name))
        return Reach::Vacuous;
    const auto [known, isNew] = inspection.cteReaches().emplace(name, int(Reach::Bounded));
    if (isNew)
        known->second = int(judgeSelect(query, inspection).reach);
    return Reach(known->second);
}

/// The conditions that an item of FROM joins by.
void collectJoins(Node item, std::vector<Node> &conditions, std::size_t &byName)
{
    const Node join = item.as("JoinExpr");
    if (!join)
        return;
    collectJoins(join["larg"], conditions, byName);
    collectJoins(join["rarg"], conditions, byName);
    byName += join["usingClause"] || join["isNatural"].truth();
    std::ranges::copy(conjuncts(join["quals"]), std::back_inserter(conditions));
}

Reach reachOfFrom(Node select, const Inspection &inspection)
{
    const bool tied = isTied(select);
    Reach reach = tied ? Reach::Vacuous : Reach::Nothing;
    for (const Node item : select["fromClause"]) {
        const Reach own = reachOfFromItem(item, inspection);
        reach = tied ? std::min(reach, own) : std::max(reach, own);
    }
    return reach;
}

/// A function in FROM, or ROWS FROM several, whose rows are written out in the text.
bool givesLiteralRows(Node rangeFunction)
{
    return std::ranges::all_of(
        rangeFunction["functions"], [](Node entry) { return isLiteralSet(*entry.as("List")["items"].begin()); });
}

/// How many rows the one table that a SELECT reads is known to hold, with what inherits from it.
std::optional<double> rowsOfTable(Node select, const Inspection &inspection)
{
    const Node table = (*select["fromClause"].begin()).as("RangeVar");
    const CatalogRelation *relation = select["fromClause"].count() == 1 && table ? inspection.relation(table) : nullptr;
    if (!relation)
        return std::nullopt;
    double rows = 0;
    for (const CatalogRelation *each : inspection.catalog()->withDescendants(*relation))
        rows += each->rows.value_or(std::numeric_limits<double>::infinity());
    return rows;
}

/// LIMIT with a number that a person can look through; ties would let any number follow. A number that is much of the
/// table limits nothing, whoever can look through it.
bool hasSmallLimit(Node select, const Inspection &inspection)
{
    constexpr double atAGlance = 10;
    constexpr double mostRows = 10'000;
    const auto limit = foldConstant(select["limitCount"]);
    const double *rows = limit ? std::get_if<double>(&*limit) : nullptr;
    if (!rows || *rows > mostRows || select["limitOption"].text() == "LIMIT_OPTION_WITH_TIES")
        return false;
    const double held = rowsOfTable(select, inspection).value_or(0);
    return *rows <= atAGlance || held <= 0 || *rows <= mostKept * held;
}

/// A SELECT without FROM gives one row, unless a function in it makes more of them that the text does not show.
bool isWrittenOut(Node select)
{
    return std::ranges::all_of(select["targetList"], [](Node target) {
        const Node value = target.as("ResTarget")["val"];
        return isFixed(value) || isLiteralSet(value);
    });
}

Verdict judgeSetOperation(Node select, const Inspection &inspection)
{
    const Verdict left = judgeSelect(select["larg"], inspection);
    if (select["op"].text() != "SETOP_UNION")
        return left;
    const Verdict right = judgeSelect(select["rarg"], inspection);
    return left.reach < right.reach ? right : left;
}

/// The names of what window functions give in the sub-selects and WITH items of a FROM clause.
std::set<std::string_view> windowedNames(Node fromClause, const Inspection &inspection)
{
    std::set<std::string_view> names;
    for (const Node item : fromClause) {
        Node query = item.as("RangeSubselect")["subquery"];
        if (const Node table = item.as("RangeVar"))
            query = inspection.cte(table["relname"].text());
        for (const Node target : query.body()["targetList"]) {
            const Node value = target.as("ResTarget")["val"];
            if (anyNode(value, [](std::string_view type, Node body) { return type == "FuncCall" && body["over"]; }))
                names.insert(target.as("ResTarget")["name"].text());
        }
    }
    return names;
}

/// Whether a condition asks for a number that a window function gave each row: that names no row.
bool asksWindow(Node condition, Node select, const Inspection &inspection)
{
    const auto names = windowedNames(select["fromClause"], inspection);
    return !names.empty() && anyNode(condition, [&](std::string_view type, Node body) {
        const auto parts = nameParts(body["fields"]);
        return type == "ColumnRef" && !parts.empty() && names.contains(parts.back());
    });
}

} // namespace

bool isAggregateOnly(Node select)
{
    static constexpr std::array names{"min", "max", "count", "sum", "avg", "any_value", "array_agg"};
    const Node targets = select["targetList"];
    if (select["groupClause"] || targets.count() == 0)
        return false;
    return std::ranges::all_of(targets, [](Node target) {
        const Node call = target.as("ResTarget")["val"].as("FuncCall");
        const auto name = nameParts(call["funcname"]);
        return !name.empty() && !call["over"] && std::ranges::contains(names, name.back());
    });
}

bool isTied(Node select)
{
    std::vector<Node> conditions = conjuncts(select["whereClause"]);
    std::size_t byName = 0;
    for (const Node item : select["fromClause"])
        collectJoins(item, conditions, byName);
    return countTies(conditions) + byName + 1 >= fromNames(select["fromClause"]).size();
}

std::vector<std::string> fromNames(Node fromClause)
{
    std::vector<std::string> names;
    for (const Node item : fromClause)
        collectFromNames(item, names);
    return names;
}

Reach reachOfFromItem(Node item, const Inspection &inspection)
{
    const Node body = item.body();
    if (item.type() == "RangeVar") {
        return body["schemaname"] ? Reach::Vacuous : reachOfCte(body["relname"].text(), inspection);
    }
    if (item.type() == "RangeSubselect")
        return judgeSelect(body["subquery"], inspection).reach;
    if (item.type() == "RangeFunction")
        return givesLiteralRows(body) ? Reach::Bounded : Reach::Vacuous;
    if (item.type() != "JoinExpr")
        return Reach::Vacuous;
    const Reach left = reachOfFromItem(body["larg"], inspection), right = reachOfFromItem(body["rarg"], inspection);
    const std::string_view kind = body["jointype"].text();
    if (kind == "JOIN_LEFT")
        return left;
    if (kind == "JOIN_RIGHT")
        return right;
    const bool tied = body["usingClause"] || body["isNatural"].truth() || countTies(conjuncts(body["quals"])) > 0;
    return kind == "JOIN_FULL" || !tied ? std::max(left, right) : std::min(left, right);
}

Verdict judgeSelect(Node query, const Inspection &inspection)
{
    // The arms of a UNION are held without their type's name.
    const Node select = query.as("SelectStmt") ? query.as("SelectStmt") : query;
    if (query.type() == "InsertStmt" && query.body()["selectStmt"])
        return judgeSelect(query.body()["selectStmt"], inspection);
    if (isRowChange(query.type()))
        return {query.type() == "MergeStmt" ? Reach::Wide : Reach::Bounded, query, {}};
    if (select["valuesLists"] || hasSmallLimit(select, inspection))
        return {Reach::Bounded, query, {}};
    if (select["larg"])
        return judgeSetOperation(select, inspection);
    if (!select["fromClause"])
        return {isWrittenOut(select) ? Reach::Bounded : Reach::Vacuous, query, {}};
    if (isAggregateOnly(select))
        return {Reach::Bounded, query, {}};
    const Reach from = reachOfFrom(select, inspection);
    if (from <= Reach::Bounded || !select["whereClause"])
        return {from, query, {}};
    const RowScope inner{inspection, {}, fromNames(select["fromClause"])};
    const Verdict where = judge(select["whereClause"], inner);
    if (where.reach == Reach::Bounded && asksWindow(where.at, select, inspection))
        return {Reach::Wide, where.at, "a number that each row is given names none of them"};
    if (where.reach == Reach::Bounded && !isTied(select))
        return {Reach::Wide, query, "the filter is on one relation, and nothing ties the others to it"};
    return {std::min(where.reach, from), where.at, where.detail};
}

} // namespace holdpoint
