// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/predicate.h"

#include "core/analysis/catalog.h"
#include "core/analysis/columnfacts.h"
#include "core/analysis/expression.h"
#include "core/analysis/names.h"
#include "core/analysis/narrowing.h"
#include "core/analysis/subselect.h"
#include "core/analysis/treesearch.h"
#include "core/analysis/truthtable.h"
#include "core/analysis/weighing.h"

#include <algorithm>
#include <array>
#include <map>

namespace holdpoint {

namespace {

constexpr auto unlessNullText = "unless what it asks is NULL";

bool isSystemColumn(Node operand)
{
    static constexpr std::array names{"ctid", "tableoid", "xmin", "xmax", "cmin", "cmax"};
    const auto parts = columnParts(operand);
    return !parts.empty() && std::ranges::contains(names, parts.back());
}

/// Which table a row is in: the same for all of them, partitions aside.
bool isTableOid(Node operand)
{
    const auto parts = columnParts(operand);
    return !parts.empty() && parts.back() == "tableoid";
}

bool isWholeRow(Node operand, const RowScope &scope)
{
    const auto parts = columnParts(operand);
    return operand.type() == "RowExpr" || (!parts.empty() && parts.back().empty())
        || (parts.size() == 1 && std::ranges::contains(scope.names, parts.front()));
}

Verdict verdict(Reach reach, Node at, std::string detail = {})
{
    return {reach, at, std::move(detail)};
}

/// A condition that names rows, unless it is negated; any other keeps nobody knows how many.
Verdict named(bool names, bool negated, Node at, std::string_view detail)
{
    if (negated)
        return verdict(Reach::Wide, at, std::string(detail));
    return names ? verdict(Reach::Bounded, at) : verdict(Reach::Wide, at, "it does not name rows by fixed values");
}

/// Whether evaluating a part twice surely gives the same: only then can a condition contradict itself.
bool isRepeatable(Node condition)
{
    return !anyNode(condition, [](std::string_view type, Node) { return type == "FuncCall" || type == "SubLink"; });
}

class Judge
{
public:
    explicit Judge(const RowScope &scope)
        : m_scope(scope)
    {
    }

    Verdict judge(Node node, bool negated)
    {
        if (!node.isSpent()) {
            const Verdict shape = judgeShape(node, negated);
            const Verdict whole = m_scope.inspection.catalog() ? weighed(shape, node, negated) : shape;
            if (!node.isSpent() || whole.reach > Reach::Wide)
                return whole;
        }
        return verdict(Reach::Wide, node, "there is too much of it to be weighed");
    }

private:
    Verdict judgeShape(Node node, bool negated)
    {
        if (const auto constant = foldConstant(node))
            if (const auto truth = asCondition(*constant))
                return verdict(
                    (*truth == Truth::True) != negated && *truth != Truth::Unknown ? Reach::All : Reach::Nothing, node);
        if (!dependsOnRow(node, m_scope))
            return verdict(readsRelation(node) ? Reach::Vacuous : Reach::All, node);
        const Outcome outcome = outcomeOf(node);
        if (outcome == (negated ? Outcome::NeverTrue : Outcome::AlwaysTrue))
            return verdict(outcome == Outcome::NeverTrue ? Reach::NotNull : Reach::All, node, unlessNullText);
        if (outcome == (negated ? Outcome::AlwaysTrue : Outcome::NeverTrue) && isRepeatable(node))
            return verdict(Reach::Nothing, node);
        if (outcome == Outcome::TrueUnlessNull && !negated)
            return verdict(keepsAllByAPart(node) ? Reach::All : unlessNull(node), node, unlessNullText);
        if (const Catalog *catalog = m_scope.inspection.catalog()) {
            const Outcome known = outcomeOverDomains(node, *catalog);
            if (known == (negated ? Outcome::NeverTrue : Outcome::TrueUnlessNull))
                return verdict(Reach::NotNull, node, unlessNullText);
            if (known == (negated ? Outcome::TrueUnlessNull : Outcome::NeverTrue))
                return verdict(Reach::Nothing, node);
        }
        return node.type() == "BoolExpr" ? junction(node.body(), negated) : leaf(node, negated);
    }

    /// One part of an OR that keeps everything is enough.
    bool keepsAllByAPart(Node node)
    {
        const Node junction = node.as("BoolExpr");
        return junction["boolop"].text() == "OR_EXPR"
            && std::ranges::any_of(junction["args"], [&](Node part) { return judge(part, false).reach == Reach::All; });
    }

    /// A condition that only NULL fails: of a column that is never NULL, or compared with itself, it is no condition.
    Reach unlessNull(Node node) const
    {
        const Node test = node.as("NullTest");
        const Node expression = node.as("A_Expr");
        const bool self = expression && canonical(expression["lexpr"]) == canonical(expression["rexpr"]);
        const bool certain = isSystemColumn(test["arg"]) || isWholeRow(test["arg"], m_scope)
            || isSystemColumn(expression["lexpr"]) || isWholeRow(expression["lexpr"], m_scope);
        return self || certain ? Reach::All : Reach::NotNull;
    }

    Verdict junction(Node body, bool negated)
    {
        const std::string_view operation = body["boolop"].text();
        if (operation == "NOT_EXPR")
            return judge(*body["args"].begin(), !negated);
        const bool keepsLeast = (operation == "AND_EXPR") != negated;
        std::vector<Verdict> verdicts;
        for (const Node argument : body["args"])
            verdicts.push_back(judge(argument, negated));
        if (keepsLeast && !negated && closedRange(body["args"]))
            return verdict(Reach::Bounded, *body["args"].begin());
        if (keepsLeast && std::ranges::all_of(verdicts, &Verdict::byStatistics))
            return {Reach::Wide, *body["args"].begin(), verdicts.front().detail, true};
        if (!keepsLeast && askBothTruths(body["args"]))
            verdicts.push_back(verdict(Reach::Wide, *body["args"].begin(), "both values of a boolean"));
        return keepsLeast ? *std::ranges::min_element(verdicts, {}, &Verdict::reach)
                          : *std::ranges::max_element(verdicts, {}, &Verdict::reach);
    }

    /// `a >= x AND a < y`: each is open-ended, both together are not, if x and y are fixed and near each other.
    bool closedRange(Node arguments) const
    {
        std::multimap<std::string, Node> below, above;
        for (const Node argument : arguments) {
            const Node expression = argument.as("A_Expr");
            const std::string_view name = operatorName(expression);
            if (name != "<" && name != "<=" && name != ">" && name != ">=")
                continue;
            const bool columnLeft = isBareColumn(expression["lexpr"], m_scope);
            const Node column = expression[columnLeft ? "lexpr" : "rexpr"],
                       end = expression[columnLeft ? "rexpr" : "lexpr"];
            if (isBareColumn(column, m_scope))
                (name.starts_with('<') == columnLeft ? below : above).emplace(canonical(column), end);
        }
        return std::ranges::any_of(below, [&](const auto &high) {
            const auto [from, to] = above.equal_range(high.first);
            constexpr std::ptrdiff_t most = 16; // who needs more ends of one range?
            return std::any_of(from, std::distance(from, to) > most ? std::next(from, most) : to,
                [&](const auto &low) { return isNarrowRange(low.second, high.second); });
        });
    }

    Verdict leaf(Node node, bool negated)
    {
        const std::string_view type = node.type();
        if (type == "A_Expr")
            return expression(node, node.body(), negated);
        if (type == "NullTest")
            return nullTest(node, node.body(), negated);
        if (type == "BooleanTest")
            return booleanTest(node, node.body(), negated);
        if (type == "SubLink")
            return judgeSubLink(node, negated, m_scope);
        if (type == "TypeCast" && nameParts(node.body()["typeName"]["names"]).back() == "bool")
            return judge(node.body()["arg"], negated);
        return named(type == "CurrentOfExpr", negated, node, "everything else");
    }

    Verdict booleanTest(Node node, Node body, bool negated)
    {
        const std::string_view kind = body["booltesttype"].text();
        if (kind == "IS_NOT_UNKNOWN" && !negated)
            return verdict(Reach::NotNull, node, unlessNullText);
        if (kind == "IS_TRUE" && !negated)
            return judge(body["arg"], false);
        return named(false, negated, node, "everything else");
    }

    Verdict nullTest(Node node, Node body, bool negated)
    {
        const bool isNull = (body["nulltesttype"].text() == "IS_NULL") != negated;
        if (isNull && nullness(body["arg"]) == Nullness::Never)
            return verdict(Reach::Nothing, node);
        if (isNull)
            return named(isBareColumn(body["arg"], m_scope), false, node, {});
        const bool certain = isSystemColumn(body["arg"]) || isWholeRow(body["arg"], m_scope);
        return verdict(certain ? Reach::All : Reach::NotNull, node, unlessNullText);
    }

    Verdict expression(Node node, Node body, bool negated)
    {
        const std::string_view kind = body["kind"].text();
        const std::string_view name = operatorName(body);
        if (kind == "AEXPR_OP")
            return comparison(node, body, name, negated);
        if (kind == "AEXPR_IN")
            return membership(node, body, negated != (name == "<>"));
        if (kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE" || kind == "AEXPR_SIMILAR")
            return pattern(node, body, negated != name.starts_with("!"));
        if (kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT")
            return distinct(node, body, negated != (kind == "AEXPR_DISTINCT"));
        if (kind.ends_with("BETWEEN") || kind.ends_with("BETWEEN_SYM"))
            return between(node, body, negated != kind.starts_with("AEXPR_NOT"));
        if (kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL")
            return array(node, body, name, negated);
        return named(false, negated, node, "everything else");
    }

    Verdict comparison(Node node, Node body, std::string_view name, bool negated)
    {
        if (name.ends_with("~~") || name.ends_with("~~*"))
            return pattern(node, body, negated != name.starts_with("!"));
        if (isTableOid(body["lexpr"]) || isTableOid(body["rexpr"]))
            return verdict(Reach::All, node);
        if (name != "=" && (isSystemColumn(body["lexpr"]) || isSystemColumn(body["rexpr"])))
            return verdict(Reach::All, node);
        if (name == "=" || name == "<>")
            return equality(node, body, negated != (name == "<>"));
        if (name == "<" || name == ">" || name == "<=" || name == ">=")
            return verdict(Reach::Wide, node, "one end is open");
        if (name == "~" || name == "~*" || name == "!~" || name == "!~*")
            return regex(node, body, negated != name.starts_with("!"));
        return named(false, negated, node, "everything else");
    }

    /// `column = value`, either way round; the value may be a sub-select's, and then that has to name rows itself.
    Verdict equality(Node node, Node body, bool negated)
    {
        const Node left = body["lexpr"], right = body["rexpr"];
        const bool columnLeft = isBareColumn(left, m_scope);
        const Node column = columnLeft ? left : right, value = columnLeft ? right : left;
        const bool bare = isBareColumn(column, m_scope);
        if (bare && !negated && value.as("SubLink")["subLinkType"].text() == "EXPR_SUBLINK")
            return judgeValue(node, column, value.as("SubLink")["subselect"], m_scope);
        const bool names = (bare && isTelling(value)) || namesByText(column, value, m_scope)
            || namesByText(value, column, m_scope) || namesByFunction(left, right, m_scope)
            || namesByFunction(right, left, m_scope) || namesByRow(left, right, m_scope);
        return named(names, negated, node, "everything but one value");
    }

    Verdict regex(Node node, Node body, bool negated)
    {
        const auto text = foldConstant(body["rexpr"]);
        const std::string *expression = text ? std::get_if<std::string>(&*text) : nullptr;
        const bool matchesAll = expression
            && (*expression == "" || *expression == "." || *expression == ".*" || *expression == "^"
                || *expression == ".+");
        if (matchesAll && !negated)
            return verdict(Reach::NotNull, node, unlessNullText);
        return named(false, negated, node, "everything that does not match");
    }

    Verdict membership(Node node, Node body, bool negated)
    {
        const std::string own = canonical(body["lexpr"]);
        for (const Node item : body["rexpr"].as("List")["items"])
            if (!negated && canonical(item) == own)
                return verdict(Reach::All, node);
        const Node values = body["rexpr"].as("List")["items"];
        const bool byFunction = values.count() > 0 && std::ranges::all_of(values, [&](Node value) {
            return namesByFunction(body["lexpr"], value, m_scope) || namesByText(body["lexpr"], value, m_scope);
        });
        const bool names = byFunction || (isBareColumn(body["lexpr"], m_scope) && areTelling(values))
            || std::ranges::all_of(values, [&](Node value) { return namesByRow(body["lexpr"], value, m_scope); });
        return named(names, negated, node, "everything but a few values");
    }

    Verdict pattern(Node node, Node body, bool negated)
    {
        const auto text = foldConstant(body["rexpr"]);
        const std::string *like = text ? std::get_if<std::string>(&*text) : nullptr;
        if (negated)
            return verdict(Reach::Wide, node, "everything that does not match");
        if (canonical(body["lexpr"]) == canonical(body["rexpr"]))
            return verdict(Reach::All, node);
        if (like && !like->empty() && like->find_first_not_of('%') == std::string::npos)
            return verdict(Reach::NotNull, node, unlessNullText);
        if (like && like->contains('%') && like->find_first_not_of("%_") == std::string::npos)
            return verdict(Reach::Wide, node, "nearly every text matches");
        const bool names =
            body["kind"].text() != "AEXPR_SIMILAR" && isBareColumn(body["lexpr"], m_scope) && hasPrefix(body["rexpr"]);
        return named(names, false, node, {});
    }

    Verdict distinct(Node node, Node body, bool differ)
    {
        const auto other = foldConstant(body["rexpr"]);
        if (!differ)
            return named(isBareColumn(body["lexpr"], m_scope) && isTelling(body["rexpr"]), false, node, {});
        if (other && std::holds_alternative<Null>(*other)) {
            const bool certain = isWholeRow(body["lexpr"], m_scope) || isSystemColumn(body["lexpr"]);
            return verdict(certain ? Reach::All : Reach::NotNull, node, unlessNullText);
        }
        return verdict(Reach::Wide, node, "everything but one value");
    }

    Verdict between(Node node, Node body, bool negated)
    {
        const std::string own = canonical(body["lexpr"]);
        const Node bounds = body["rexpr"].as("List")["items"];
        if (!negated && std::ranges::all_of(bounds, [&](Node bound) { return canonical(bound) == own; }))
            return verdict(Reach::All, node);
        const bool names = isBareColumn(body["lexpr"], m_scope) && bounds.count() == 2
            && isNarrowRange(*bounds.begin(), *++bounds.begin());
        return named(names, negated, node, "everything outside a range");
    }

    Verdict array(Node node, Node body, std::string_view name, bool negated)
    {
        const bool any = body["kind"].text() == "AEXPR_OP_ANY";
        const bool equal = name == "=";
        if (equal && any && std::ranges::any_of(body["rexpr"].as("A_ArrayExpr")["elements"], [&](Node item) {
                return canonical(item) == canonical(body["lexpr"]);
            }))
            return verdict(Reach::All, node);
        const bool names = equal && any && isBareColumn(body["lexpr"], m_scope) && isFixedArray(body["rexpr"]);
        if (const Node link = body["rexpr"].as("SubLink");
            any && equal && !negated && link["subLinkType"].text() == "ARRAY_SUBLINK")
            return judgeValue(node, body["lexpr"], link["subselect"], m_scope);
        return named(names, negated || !equal, node, "everything but a few values");
    }

    const RowScope &m_scope;
};

void collectConjuncts(Node condition, std::vector<Node> &parts)
{
    const Node junction = condition.as("BoolExpr");
    if (junction["boolop"].text() != "AND_EXPR")
        return parts.push_back(condition);
    for (const Node argument : junction["args"])
        collectConjuncts(argument, parts);
}

} // namespace

Verdict judge(Node condition, const RowScope &scope)
{
    if (!condition)
        return {Reach::All, {}, {}};
    return Judge(scope).judge(condition, false);
}

std::vector<Node> conjuncts(Node condition)
{
    std::vector<Node> parts;
    if (condition)
        collectConjuncts(condition, parts);
    return parts;
}

} // namespace holdpoint
