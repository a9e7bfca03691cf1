// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/subselect.h"

#include "core/analysis/expression.h"
#include "core/analysis/names.h"
#include "core/analysis/statementkind.h"

#include <algorithm>

namespace holdpoint {

namespace {

std::string qualifier(const std::vector<std::string_view> &parts)
{
    return parts.size() < 2 ? std::string() : std::string(parts[parts.size() - 2]);
}

/// Whether a column is named with one of the row's own relations.
bool namesRow(Node column, const std::vector<std::string> &names)
{
    return std::ranges::contains(names, qualifier(columnParts(column)));
}

bool correlates(Node part, const std::vector<std::string> &names)
{
    if (part.type() == "ColumnRef" && namesRow(part, names))
        return true;
    return std::ranges::any_of(part, [&](Node child) { return correlates(child, names); });
}

/// The row's names that the sub-select does not use for a relation of its own.
std::vector<std::string> visibleNames(Node select, const RowScope &scope)
{
    std::vector<std::string> names = scope.names;
    const std::vector<std::string> own = fromNames(select["fromClause"]);
    std::erase_if(names, [&](const std::string &name) { return std::ranges::contains(own, name); });
    return names;
}

bool isAggregateOnly(Node select)
{
    static constexpr std::array names{"min", "max", "count", "sum", "avg", "any_value", "array_agg"};
    const Node targets = select["targetList"];
    if (select["groupClause"] || targets.count() == 0)
        return false;
    return std::ranges::all_of(targets, [](Node target) {
        const auto name = nameParts(target.as("ResTarget")["val"].as("FuncCall")["funcname"]);
        return !name.empty() && std::ranges::contains(names, name.back());
    });
}

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

/// A recursive item starts out from nothing, so its reference to itself adds no rows of its own.
Reach reachOfCte(std::string_view name, const Inspection &inspection)
{
    const Node query = inspection.cte(name);
    if (!query)
        return Reach::Vacuous;
    const auto [known, isNew] = inspection.cteReaches().emplace(name, int(Reach::Bounded));
    if (isNew)
        known->second = int(judgeSelect(query, inspection).reach);
    return Reach(known->second);
}

Reach reachOfFrom(Node fromClause, const Inspection &inspection)
{
    Reach least = Reach::Vacuous;
    for (const Node item : fromClause)
        least = std::min(least, reachOfFromItem(item, inspection));
    return least;
}

Verdict judgeSetOperation(Node select, const Inspection &inspection)
{
    const Verdict left = judgeSelect(select["larg"], inspection);
    if (select["op"].text() != "SETOP_UNION")
        return left;
    const Verdict right = judgeSelect(select["rarg"], inspection);
    return left.reach < right.reach ? right : left;
}

/// Whether a WITH item or sub-select in FROM is known to have a column of that name.
bool providesColumn(Node fromClause, std::string_view column, const Inspection &inspection)
{
    for (const Node item : fromClause) {
        Node query = item.as("RangeSubselect")["subquery"];
        if (const Node table = item.as("RangeVar"))
            query = inspection.cte(table["relname"].text());
        if (!query)
            return false;
        for (const Node target : query.body()["targetList"]) {
            const auto parts = columnParts(target.as("ResTarget")["val"]);
            if (target.as("ResTarget")["name"].text() == column || (!parts.empty() && parts.back() == column))
                return true;
            if (!parts.empty() && parts.back().empty())
                return true; // a star: told by tables that the text does not show
        }
    }
    return false;
}

bool readsTable(Node fromClause, std::string_view table)
{
    return std::ranges::any_of(fromClause, [&](Node item) { return item.as("RangeVar")["relname"].text() == table; });
}

/// `WHERE k IN (SELECT k FROM other)`: if `other` has no column k, SQL takes the outer one, and every row matches.
bool mayCapture(Node tested, Node select, const RowScope &scope)
{
    const auto outer = columnParts(tested);
    const Node target = (*select["targetList"].begin()).as("ResTarget")["val"];
    const auto inner = columnParts(target);
    if (inner.size() == 2 && std::ranges::contains(visibleNames(select, scope), std::string(inner.front())))
        return true;
    // Every table has an id; a bare one is hardly ever the outer table's.
    return inner.size() == 1 && !outer.empty() && inner.back() == outer.back() && inner.back() != "id"
        && select["fromClause"] && !readsTable(select["fromClause"], scope.target)
        && !providesColumn(select["fromClause"], inner.back(), scope.inspection);
}

Verdict judgeMembership(Node node, Node link, const RowScope &scope)
{
    const Node select = link["subselect"].as("SelectStmt");
    const Node target = (*select["targetList"].begin()).as("ResTarget")["val"];
    if (!select["fromClause"] && canonical(target) == canonical(link["testexpr"]))
        return {Reach::All, node, {}};
    if (mayCapture(link["testexpr"], select, scope))
        return {Reach::Captured, target, dotted(columnParts(target))};
    const Verdict inner = judgeSelect(link["subselect"], scope.inspection);
    if (inner.reach <= Reach::Bounded)
        return {Reach::Bounded, node, {}};
    return {inner.reach == Reach::Wide ? Reach::Wide : Reach::Vacuous, node, inner.detail};
}

} // namespace

bool dependsOnRow(Node expression, const RowScope &scope)
{
    const std::string_view type = expression.type();
    if (type == "ColumnRef" || type == "CurrentOfExpr")
        return true;
    if (type == "SubLink") {
        const Node link = expression.body();
        const Node select = link["subselect"].as("SelectStmt");
        if (link["testexpr"] && dependsOnRow(link["testexpr"], scope))
            return true;
        if (!select["fromClause"] && !select["larg"])
            return dependsOnRow(link["subselect"], scope);
        return correlates(link["subselect"], visibleNames(select, scope));
    }
    return std::ranges::any_of(expression, [&](Node child) { return dependsOnRow(child, scope); });
}

bool readsRelation(Node expression)
{
    if (const Node select = expression.as("SelectStmt"); select["fromClause"])
        return true;
    return std::ranges::any_of(expression, readsRelation);
}

Verdict judgeSubLink(Node node, bool negated, const RowScope &scope)
{
    const Node link = node.body();
    const std::string_view kind = link["subLinkType"].text();
    if (kind == "EXISTS_SUBLINK")
        return negated ? Verdict{Reach::Wide, node, "every row without a partner"} : Verdict{Reach::Bounded, node, {}};
    const auto name = nameParts(link["operName"]);
    const bool equal = name.empty() || name.back() == "=";
    if (kind == "ANY_SUBLINK" && equal)
        return negated ? Verdict{Reach::Wide, node, "everything but what the sub-select gives"}
                       : judgeMembership(node, link, scope);
    if (kind == "ALL_SUBLINK" || kind == "ANY_SUBLINK")
        return {Reach::Wide, node, "everything but what the sub-select gives"};
    return {Reach::Bounded, node, {}};
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
    if (item.type() != "JoinExpr")
        return Reach::Bounded;
    const Reach left = reachOfFromItem(body["larg"], inspection), right = reachOfFromItem(body["rarg"], inspection);
    const std::string_view kind = body["jointype"].text();
    if (kind == "JOIN_LEFT")
        return left;
    if (kind == "JOIN_RIGHT")
        return right;
    return kind == "JOIN_FULL" ? std::max(left, right) : std::min(left, right);
}

Verdict judgeSelect(Node query, const Inspection &inspection)
{
    // The arms of a UNION are held without their type's name.
    const Node select = query.as("SelectStmt") ? query.as("SelectStmt") : query;
    if (isRowChange(query.type()) || select["valuesLists"] || select["limitCount"] || select["havingClause"])
        return {Reach::Bounded, query, {}};
    if (select["larg"])
        return judgeSetOperation(select, inspection);
    if (!select["fromClause"] || isAggregateOnly(select))
        return {Reach::Bounded, query, {}};
    const Reach from = reachOfFrom(select["fromClause"], inspection);
    if (from <= Reach::Bounded || !select["whereClause"])
        return {from, query, {}};
    const RowScope inner{inspection, {}, fromNames(select["fromClause"])};
    const Verdict where = judge(select["whereClause"], inner);
    return {std::min(where.reach, from), where.at, where.detail};
}

} // namespace holdpoint
