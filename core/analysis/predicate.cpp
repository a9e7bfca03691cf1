// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/predicate.h"

#include "core/analysis/expression.h"
#include "core/analysis/names.h"
#include "core/analysis/subselect.h"
#include "core/analysis/truthtable.h"

#include <algorithm>
#include <array>

namespace holdpoint {

namespace {

bool isSystemColumn(Node operand)
{
    static constexpr std::array names{"ctid", "tableoid", "xmin", "xmax", "cmin", "cmax"};
    const auto parts = columnParts(operand);
    return !parts.empty() && std::ranges::contains(names, parts.back());
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

/// What is left of a verdict under NOT, for conditions that are not constant.
Verdict bounded(bool negated, Node at, std::string_view detail)
{
    return negated ? verdict(Reach::Wide, at, std::string(detail)) : verdict(Reach::Bounded, at);
}

std::string columnOf(Node operand)
{
    return dotted(columnParts(operand));
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
        if (const auto constant = foldConstant(node))
            if (const auto truth = asCondition(*constant))
                return verdict((*truth == Truth::True) != negated && *truth != Truth::Unknown ? Reach::All : Reach::Nothing, node);
        if (!dependsOnRow(node, m_scope))
            return verdict(readsRelation(node) ? Reach::Vacuous : Reach::All, node);
        const Outcome outcome = outcomeOf(node);
        if (outcome == (negated ? Outcome::NeverTrue : Outcome::AlwaysTrue))
            return verdict(outcome == Outcome::NeverTrue ? Reach::NotNull : Reach::All, node);
        if (outcome == (negated ? Outcome::AlwaysTrue : Outcome::NeverTrue))
            return verdict(Reach::Nothing, node);
        if (outcome == Outcome::TrueUnlessNull && !negated)
            return verdict(unlessNull(node), node);
        return node.type() == "BoolExpr" ? junction(node.body(), negated) : leaf(node, negated);
    }

private:
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
        if (keepsLeast && closedRange(body["args"], verdicts))
            return verdict(Reach::Bounded, *body["args"].begin());
        return keepsLeast ? *std::ranges::min_element(verdicts, {}, &Verdict::reach)
                          : *std::ranges::max_element(verdicts, {}, &Verdict::reach);
    }

    /// `a >= x AND a < y`: each is open-ended, both together are not.
    static bool closedRange(Node arguments, const std::vector<Verdict> &verdicts)
    {
        std::vector<std::string> below, above;
        std::size_t index = 0;
        for (const Node argument : arguments) {
            const Node expression = argument.as("A_Expr");
            const std::string_view name = operatorName(expression);
            if (verdicts[index++].reach != Reach::Wide || name.empty() || name == "<>")
                continue;
            if (name.front() == '<' || name.front() == '>') {
                const bool columnLeft = argument.as("A_Expr")["lexpr"].type() == "ColumnRef";
                const std::string column = canonical(expression[columnLeft ? "lexpr" : "rexpr"]);
                ((name.front() == '<') == columnLeft ? below : above).push_back(column);
            }
        }
        return std::ranges::any_of(below, [&](const std::string &column) { return std::ranges::contains(above, column); });
    }

    Verdict leaf(Node node, bool negated)
    {
        const std::string_view type = node.type();
        if (type == "A_Expr")
            return expression(node, node.body(), negated);
        if (type == "NullTest")
            return nullTest(node, node.body(), negated);
        if (type == "BooleanTest" && node.body()["booltesttype"].text() == "IS_NOT_UNKNOWN")
            return verdict(negated ? Reach::Bounded : Reach::NotNull, node, columnOf(node.body()["arg"]));
        if (type == "SubLink")
            return judgeSubLink(node, negated, m_scope);
        if (type == "TypeCast")
            return judge(node.body()["arg"], negated);
        return verdict(Reach::Bounded, node);
    }

    Verdict nullTest(Node node, Node body, bool negated)
    {
        const bool isNull = (body["nulltesttype"].text() == "IS_NULL") != negated;
        if (isNull)
            return verdict(Reach::Bounded, node);
        const bool certain = isSystemColumn(body["arg"]) || isWholeRow(body["arg"], m_scope);
        return verdict(certain ? Reach::All : Reach::NotNull, node, columnOf(body["arg"]));
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
        return verdict(Reach::Bounded, node);
    }

    Verdict comparison(Node node, Node body, std::string_view name, bool negated)
    {
        if (name != "=" && (isSystemColumn(body["lexpr"]) || isSystemColumn(body["rexpr"])))
            return verdict(Reach::All, node);
        if (name == "=")
            return bounded(negated, node, "everything but one value");
        if (name == "<>")
            return bounded(!negated, node, "everything but one value");
        if (name == "<" || name == ">" || name == "<=" || name == ">=")
            return verdict(Reach::Wide, node, "one end is open");
        if (name == "~" || name == "~*" || name == "!~" || name == "!~*")
            return regex(node, body, negated != name.starts_with("!"));
        return bounded(negated, node, "everything else");
    }

    Verdict regex(Node node, Node body, bool negated)
    {
        const auto text = foldConstant(body["rexpr"]);
        const std::string *expression = text ? std::get_if<std::string>(&*text) : nullptr;
        const bool matchesAll
            = expression && (*expression == "" || *expression == "." || *expression == ".*" || *expression == "^" || *expression == ".+");
        if (matchesAll && !negated)
            return verdict(Reach::NotNull, node, columnOf(body["lexpr"]));
        return bounded(negated, node, "everything that does not match");
    }

    Verdict membership(Node node, Node body, bool negated)
    {
        const std::string own = canonical(body["lexpr"]);
        for (const Node item : body["rexpr"].as("List")["items"])
            if (!negated && canonical(item) == own)
                return verdict(Reach::All, node);
        return bounded(negated, node, "everything but a few values");
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
            return verdict(Reach::NotNull, node, columnOf(body["lexpr"]));
        if (like && like->contains('%') && like->find_first_not_of("%_") == std::string::npos)
            return verdict(Reach::Wide, node, "nearly every text matches");
        return verdict(Reach::Bounded, node);
    }

    Verdict distinct(Node node, Node body, bool differ)
    {
        const auto other = foldConstant(body["rexpr"]);
        if (!differ)
            return verdict(Reach::Bounded, node);
        if (other && std::holds_alternative<Null>(*other)) {
            const bool certain = isWholeRow(body["lexpr"], m_scope) || isSystemColumn(body["lexpr"]);
            return verdict(certain ? Reach::All : Reach::NotNull, node, columnOf(body["lexpr"]));
        }
        return verdict(Reach::Wide, node, "everything but one value");
    }

    Verdict between(Node node, Node body, bool negated)
    {
        const std::string own = canonical(body["lexpr"]);
        const Node bounds = body["rexpr"].as("List")["items"];
        if (!negated && std::ranges::all_of(bounds, [&](Node bound) { return canonical(bound) == own; }))
            return verdict(Reach::All, node);
        return bounded(negated, node, "everything outside a range");
    }

    Verdict array(Node node, Node body, std::string_view name, bool negated)
    {
        const bool any = body["kind"].text() == "AEXPR_OP_ANY";
        const bool equal = name == "=";
        if (equal && any && std::ranges::any_of(body["rexpr"].as("A_ArrayExpr")["elements"],
                [&](Node item) { return canonical(item) == canonical(body["lexpr"]); }))
            return verdict(Reach::All, node);
        return equal ? bounded(negated, node, "everything but a few values")
                     : verdict(Reach::Wide, node, "everything but a few values");
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
