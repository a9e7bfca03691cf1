// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/canonical.h"
#include "core/analysis/narrowing.h"
#include "core/analysis/predicate.h"
#include "core/analysis/rule.h"
#include "core/analysis/treesearch.h"

#include <algorithm>

namespace holdpoint {

namespace {

/// The FROM of an UPDATE, the USING of a DELETE.
Node otherRelations(const Visit &visit)
{
    return visit[visit.type() == "UpdateStmt" ? "fromClause" : "usingClause"];
}

/// What the changed relation's columns can be qualified with: its alias if it has one, which hides its name.
std::vector<std::string> targetNames(Node relation)
{
    if (const Node alias = relation["alias"]["aliasname"])
        return {std::string(alias.text())};
    return {std::string(relation["relname"].text())};
}

struct Mentions
{
    bool target = false;
    bool other = false;
    int bare = 0;
};

void count(Node part, const std::vector<std::string> &target, const std::vector<std::string> &others, Mentions &found)
{
    if (part.type() == "ColumnRef") {
        const std::vector<std::string_view> names = columnParts(part);
        if (names.size() < 2)
            ++found.bare;
        else if (std::ranges::contains(target, names[names.size() - 2]))
            found.target = true;
        else if (std::ranges::contains(others, names[names.size() - 2]))
            found.other = true;
        return;
    }
    for (const Node child : part)
        count(child, target, others, found);
}

/// Whether a condition links the changed rows to another relation. Bare columns get the benefit of the doubt.
bool ties(Node condition, const std::vector<std::string> &target, const std::vector<std::string> &others)
{
    if (condition.as("BoolExpr")["boolop"].text() == "OR_EXPR")
        return false;
    Mentions found;
    count(condition, target, others, found);
    return (found.target && (found.other || found.bare)) || (found.other && found.bare) || found.bare > 1;
}

Reach largestSource(Node relations, const Inspection &inspection)
{
    Reach most = Reach::Nothing;
    for (const Node item : relations)
        most = std::max(most, reachOfFromItem(item, inspection));
    return most;
}

void collectJoinConditions(Node item, std::vector<Node> &conditions)
{
    const Node join = item.as("JoinExpr");
    if (!join)
        return;
    collectJoinConditions(join["larg"], conditions);
    collectJoinConditions(join["rarg"], conditions);
    std::ranges::copy(conjuncts(join["quals"]), std::back_inserter(conditions));
}

/// Whether columns tie the changed relation and all others together: a filter on one then limits the rest.
bool tiesAll(Node relations, std::vector<Node> conditions)
{
    for (const Node item : relations)
        collectJoinConditions(item, conditions);
    return countTies(conditions) >= fromNames(relations).size();
}

/// With other relations in play: a condition that only joins keeps every row that has a partner.
Verdict judgeJoined(const Visit &visit, const RowScope &scope, Verdict whole)
{
    const Node relations = otherRelations(visit);
    if (!relations || (whole.reach != Reach::Bounded && whole.reach != Reach::Wide))
        return whole;
    const std::vector<std::string> others = fromNames(relations);
    const std::vector<Node> conditions = conjuncts(visit["whereClause"]);
    if (std::ranges::none_of(conditions, [&](Node condition) { return ties(condition, scope.names, others); }))
        return whole; // missing-join-condition says so
    if (!tiesAll(relations, conditions))
        return {Reach::Wide, visit["whereClause"], "no equality of columns ties the relations together"};
    if (largestSource(relations, visit.inspection()) <= Reach::Bounded)
        return {Reach::Bounded, whole.at, {}};
    if (whole.reach == Reach::Wide && std::ranges::all_of(conditions, isTie))
        return {Reach::Wide, visit["whereClause"], "the join is the only condition"};
    return whole;
}

std::string_view ruleFor(Reach reach)
{
    switch (reach) {
    case Reach::Nothing:
    case Reach::Bounded:
        return {};
    case Reach::Wide:
        return "wide-predicate";
    case Reach::Captured:
        return "captured-column";
    case Reach::Vacuous:
        return "vacuous-subquery";
    case Reach::NotNull:
        return "catalog-tautology";
    case Reach::All:
        break;
    }
    return "tautological-where";
}

void judgeWhere(const Visit &visit)
{
    if (!visit["whereClause"])
        return;
    const RowScope scope{
        visit.inspection(), std::string(visit["relation"]["relname"].text()), targetNames(visit["relation"])};
    Verdict verdict = judgeJoined(visit, scope, judge(visit["whereClause"], scope));
    const auto moves = [](std::string_view type, Node) { return type == "SubLink" || type == "CurrentOfExpr"; };
    const auto &added = visit.inspection().script().addedColumns;
    const auto isAdded = [&](std::string_view type, Node body) {
        const auto parts = nameParts(body["fields"]);
        return type == "ColumnRef" && !parts.empty() && added.contains(parts.back());
    };
    if (!added.empty() && verdict.reach == Reach::Bounded && anyNode(verdict.at, isAdded))
        verdict = {Reach::Wide, verdict.at, "this text has only just made the column"};
    if (visit.inspection().script().inOpenLoop && verdict.reach == Reach::Bounded
        && anyNode(visit["whereClause"], moves))
        verdict = {Reach::Wide, visit["whereClause"], "a loop repeats it, for other rows each time"};
    const std::string_view id = ruleFor(verdict.reach);
    if (id.empty())
        return;
    const Rule &rule = ruleById(id);
    visit.inspection().report(rule, rule.level, visit.inspection().spanOf(verdict.at), verdict.detail);
}

void missingJoinCondition(const Visit &visit)
{
    const Node relations = otherRelations(visit);
    if (!relations || !visit["whereClause"])
        return;
    const auto target = targetNames(visit["relation"]), others = fromNames(relations);
    for (const Node condition : conjuncts(visit["whereClause"]))
        if (ties(condition, target, others))
            return;
    visit.foundAt(visit["whereClause"], target.front());
}

constexpr Rule rules[] = {
    {"tautological-where", RiskLevel::Destructive, "DeleteStmt|UpdateStmt", judgeWhere, "This WHERE keeps every row.",
        "Name the rows that are meant, best by their key."},
    {"catalog-tautology", RiskLevel::Destructive, "", nullptr, "Every row passes this WHERE, %1.",
        "Name the rows that are meant, best by their key.", false, Sight::Better},
    {"vacuous-subquery", RiskLevel::Destructive, "", nullptr,
        "This sub-select leaves out no row: nothing in it says which rows are meant.",
        "Tie the sub-select to the row, each column with its table's name, and filter it.", false, Sight::Better},
    {"captured-column", RiskLevel::Destructive, "", nullptr,
        "Where the table in the sub-select has no column \"%1\", SQL takes the outer row's, and every row matches.",
        "Write the column with its table's name, as in t.%1.", false, Sight::Better},
    {"wide-predicate", RiskLevel::Destructive, "", nullptr, "This condition may keep most of the rows: %1.",
        "Name the rows that are meant, or close the range at both ends.", false, Sight::Better},
    {"missing-join-condition", RiskLevel::Destructive, "DeleteStmt|UpdateStmt", missingJoinCondition,
        "No condition ties \"%1\" to the other relations: every row of it is changed.",
        "Add the condition that joins them, with both tables' names.", false, Sight::Better},
};

} // namespace

std::span<const Rule> predicateRules()
{
    return rules;
}

} // namespace holdpoint
