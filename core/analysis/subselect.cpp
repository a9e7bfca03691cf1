// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/subselect.h"

#include "core/analysis/columnfacts.h"
#include "core/analysis/expression.h"
#include "core/analysis/names.h"
#include "core/analysis/narrowing.h"
#include "core/analysis/selectreach.h"
#include "core/analysis/statementkind.h"
#include "core/analysis/treesearch.h"

#include <algorithm>

namespace holdpoint {

namespace {

std::string qualifier(const std::vector<std::string_view> &parts)
{
    return parts.size() < 2 ? std::string() : std::string(parts[parts.size() - 2]);
}

/// Whether a column is named with one of the row's own relations.
/// @param depth how many queries deep the column stands in the sub-select
bool namesRow(Node column, const std::vector<std::string> &names, int depth = 0)
{
    const ColumnBinding *binding = bindingOf(column);
    return (!binding || binding->levels > depth) && std::ranges::contains(names, qualifier(columnParts(column)));
}

bool correlates(Node part, const std::vector<std::string> &names, int depth = 0)
{
    if (part.type() == "ColumnRef" && namesRow(part, names, depth))
        return true;
    return std::ranges::any_of(
        part, [&](Node child) { return correlates(child, names, depth + (child.type() == "SelectStmt" ? 1 : 0)); });
}

/// The row's names that the sub-select does not use for a relation of its own.
std::vector<std::string> visibleNames(Node select, const RowScope &scope)
{
    std::vector<std::string> names = scope.names;
    const std::vector<std::string> own = fromNames(select["fromClause"]);
    std::erase_if(names, [&](const std::string &name) { return std::ranges::contains(own, name); });
    return names;
}

bool hasColumn(Node tree)
{
    return anyNode(tree, [](std::string_view type, Node) { return type == "ColumnRef"; });
}

/// Whether a WITH item or sub-select in FROM is known to have a column of that name.
bool providesColumn(Node fromClause, std::string_view column, const Inspection &inspection)
{
    for (const Node item : fromClause) {
        const Node alias = item.body()["alias"];
        const auto names = nameParts(alias["colnames"]);
        if (std::ranges::contains(names, column)
            || (item.type() == "RangeFunction" && alias["aliasname"].text() == column))
            return true;
        Node query = item.as("RangeSubselect")["subquery"];
        if (const Node table = item.as("RangeVar"))
            query = inspection.cte(table["relname"].text());
        if (!query)
            return false;
        Node first = query.body(); // the first arm of a UNION gives the names; arms are held without their type's name
        while (first["larg"])
            first = first["larg"];
        for (const Node target : first["targetList"]) {
            const auto parts = columnParts(target.as("ResTarget")["val"]);
            if (target.as("ResTarget")["name"].text() == column || (!parts.empty() && parts.back() == column))
                return true;
            if (!parts.empty() && parts.back().empty())
                return true; // a star: told by tables that the text does not show
        }
    }
    return false;
}

/// Whether a table that the text does not show is among the items.
bool readsAnyTable(Node fromClause, const Inspection &inspection)
{
    return anyNode(fromClause, [&](std::string_view type, Node body) {
        return type == "RangeVar" && !inspection.cte(body["relname"].text());
    });
}

bool readsTable(Node fromClause, std::string_view table)
{
    return std::ranges::any_of(fromClause, [&](Node item) { return item.as("RangeVar")["relname"].text() == table; });
}

/// `WHERE k IN (SELECT k FROM other)`: if `other` has no column k, SQL takes the outer one, and every row matches.
bool mayCapture(Node tested, Node select, const RowScope &scope)
{
    if (select["larg"])
        return mayCapture(tested, select["larg"], scope) || mayCapture(tested, select["rarg"], scope);
    const auto outer = columnParts(tested);
    const Node target = (*select["targetList"].begin()).as("ResTarget")["val"];
    const auto inner = columnParts(target);
    if (inner.size() == 2 && namesRow(target, visibleNames(select, scope)))
        return true;
    // Every table has an id; a bare one is hardly ever the outer table's.
    return inner.size() == 1 && !outer.empty() && inner.back() == outer.back()
        && (inner.back() != "id" || !readsAnyTable(select["fromClause"], scope.inspection)) && select["fromClause"]
        && !readsTable(select["fromClause"], scope.target)
        && !providesColumn(select["fromClause"], inner.back(), scope.inspection);
}

/// A sub-select that looks at the row: whether it finds only rows of its own that a filter names.
bool isFilteredPartner(Node select, const RowScope &scope)
{
    const RowScope inner{scope.inspection, {}, fromNames(select["fromClause"])};
    return !select["larg"] && !select["groupClause"] && !select["groupingSets"] && !select["valuesLists"]
        && isTied(select) && select["whereClause"] && judge(select["whereClause"], inner).reach <= Reach::Bounded;
}

/// `EXISTS (SELECT … FROM u WHERE u.t_id = t.id AND u.x = 2)`: tied to the row by its columns, and filtered.
Verdict judgeExists(Node node, Node select, const RowScope &scope)
{
    const auto names = visibleNames(select, scope);
    const std::vector<Node> conditions = conjuncts(select["whereClause"]);
    const bool tied = std::ranges::any_of(conditions, [&](Node condition) {
        const Node expression = condition.as("A_Expr");
        return isTie(condition) && namesRow(expression["lexpr"], names) != namesRow(expression["rexpr"], names);
    });
    const bool plain = std::ranges::none_of(select["targetList"],
        [](Node target) { return anyNode(target, [](std::string_view type, Node) { return type == "FuncCall"; }); });
    if (tied && plain && isFilteredPartner(select, scope))
        return {Reach::Bounded, node, {}};
    return {Reach::Wide, node, "every row with a partner"};
}

/// What a sub-select gives for one column has to be a column of its own, an aggregate of one, or a fixed value.
bool givesKey(Node select)
{
    if (select["larg"])
        return givesKey(select["larg"]) && givesKey(select["rarg"]);
    if (select["valuesLists"])
        return !hasColumn(select["valuesLists"]);
    const Node value = (*select["targetList"].begin()).as("ResTarget")["val"];
    return select["targetList"].count() == 1
        && (isFixed(value) || isLiteralSet(value) || isAggregateOnly(select)
            || (select["fromClause"] && value.type() == "ColumnRef"));
}

} // namespace

Verdict judgeValue(Node node, Node column, Node subselect, const RowScope &scope)
{
    const Node select = subselect.as("SelectStmt");
    const Node target = (*select["targetList"].begin()).as("ResTarget")["val"];
    if (!select["fromClause"] && canonical(target) == canonical(column))
        return {Reach::All, node, {}};
    if (mayCapture(column, select, scope)) {
        const auto parts = columnParts(target ? target : column); // the arms of a UNION each have their own
        return {Reach::Captured, target ? target : node, parts.empty() ? std::string() : std::string(parts.back())};
    }
    if (correlates(target, visibleNames(select, scope)))
        return {Reach::Wide, node, "the sub-select gives back what it is compared with"};
    if (isLiteralSet(target) && hasFewValues(column))
        return {Reach::Wide, node, "the column holds few different values"};
    const bool correlated = correlates(subselect, visibleNames(select, scope));
    if (!isBareColumn(column, scope) || !givesKey(select) || (correlated && !isFilteredPartner(select, scope))) {
        const bool vacuous =
            !correlated && givesKey(select) && judgeSelect(subselect, scope.inspection).reach >= Reach::Vacuous;
        return {vacuous ? Reach::Vacuous : Reach::Wide, node, "the sub-select does not name rows"};
    }
    const Verdict inner = judgeSelect(subselect, scope.inspection);
    if (inner.reach <= Reach::Bounded)
        return {Reach::Bounded, node, {}};
    return {inner.reach == Reach::Wide ? Reach::Wide : Reach::Vacuous, node, inner.detail};
}

bool dependsOnRow(Node expression, const RowScope &scope)
{
    const std::string_view type = expression.type();
    if (type == "ColumnRef" || type == "CurrentOfExpr")
        return !isVariable(expression);
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
    if (negated && (kind == "EXISTS_SUBLINK" || kind == "ANY_SUBLINK")
        && judgeSelect(link["subselect"], scope.inspection).reach == Reach::Nothing)
        return {Reach::Vacuous, node, {}};
    if (kind == "EXISTS_SUBLINK")
        return negated ? Verdict{Reach::Wide, node, "every row without a partner"}
                       : judgeExists(node, link["subselect"].as("SelectStmt"), scope);
    const auto name = nameParts(link["operName"]);
    const bool equal = name.empty() || name.back() == "=";
    if (kind == "ANY_SUBLINK" && equal)
        return negated ? Verdict{Reach::Wide, node, "everything but what the sub-select gives"}
                       : judgeValue(node, link["testexpr"], link["subselect"], scope);
    if (kind == "ALL_SUBLINK" || kind == "ANY_SUBLINK")
        return {Reach::Wide, node, "everything but what the sub-select gives"};
    return {Reach::Wide, node, "the sub-select does not name rows"};
}

} // namespace holdpoint
