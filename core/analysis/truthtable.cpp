// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/truthtable.h"

#include "core/analysis/expression.h"

#include <algorithm>
#include <map>

namespace holdpoint {

namespace {

constexpr std::size_t mostCombinations = 1024;

/// One combination of what the parts of a condition may be. Parts are found while evaluating and start at 0.
class Combination
{
public:
    int value(const std::string &part, int states)
    {
        const auto [found, isNew] = m_index.emplace(part, m_parts.size());
        if (isNew)
            m_parts.push_back({0, states, part.starts_with("null:")});
        return m_parts[found->second].value;
    }

    /// Whether an operand is NULL here. Constants are not.
    bool isNull(Node operand)
    {
        if (const auto constant = foldConstant(operand))
            return std::holds_alternative<Null>(*constant);
        return value("null:" + canonical(operand), 2) == 1;
    }

    bool next()
    {
        for (Part &part : m_parts) {
            if (++part.value < part.states)
                return true;
            part.value = 0;
        }
        return false;
    }

    bool anyNull() const
    {
        return std::ranges::any_of(m_parts, [](const Part &part) { return part.isNull && part.value == 1; });
    }

    std::size_t combinations() const
    {
        std::size_t count = 1;
        for (const Part &part : m_parts)
            count = std::min(count * static_cast<std::size_t>(part.states), mostCombinations + 1);
        return count;
    }

private:
    struct Part
    {
        int value;
        int states;
        bool isNull;
    };
    std::map<std::string, std::size_t> m_index;
    std::vector<Part> m_parts;
};

Truth truthOf(bool value)
{
    return value ? Truth::True : Truth::False;
}

Truth negation(Truth truth)
{
    return truth == Truth::Unknown ? truth : truthOf(truth == Truth::False);
}

class Evaluator
{
public:
    explicit Evaluator(Combination &combination)
        : m_now(combination)
    {
    }

    Truth condition(Node node)
    {
        if (const auto constant = foldConstant(node))
            if (const auto truth = asCondition(*constant))
                return *truth;
        const std::string_view type = node.type();
        const Node body = node.body();
        if (type == "BoolExpr")
            return junction(body);
        if (type == "NullTest")
            return truthOf(nullOf(body["arg"]) == (body["nulltesttype"].text() == "IS_NULL"));
        if (type == "BooleanTest")
            return booleanTest(body);
        if (type == "A_Expr")
            return comparison(node, body);
        return atom(node);
    }

private:
    // Every argument is evaluated, so that all parts are known after the first time.
    Truth junction(Node body)
    {
        const std::string_view operation = body["boolop"].text();
        bool anyTrue = false, anyFalse = false, anyUnknown = false;
        for (const Node argument : body["args"]) {
            const Truth truth = condition(argument);
            if (operation == "NOT_EXPR")
                return negation(truth);
            anyTrue = anyTrue || truth == Truth::True;
            anyFalse = anyFalse || truth == Truth::False;
            anyUnknown = anyUnknown || truth == Truth::Unknown;
        }
        if (operation == "AND_EXPR")
            return anyFalse ? Truth::False : anyUnknown ? Truth::Unknown : Truth::True;
        return anyTrue ? Truth::True : anyUnknown ? Truth::Unknown : Truth::False;
    }

    bool isCondition(Node node) const
    {
        const std::string_view type = node.type();
        if (type == "BoolExpr" || type == "NullTest" || type == "BooleanTest")
            return true;
        const std::string_view name = operatorName(node.as("A_Expr"));
        return name == "=" || name == "<>" || name == "<" || name == ">" || name == "<=" || name == ">=";
    }

    bool nullOf(Node operand)
    {
        if (isCondition(operand))
            return condition(operand) == Truth::Unknown;
        return m_now.isNull(operand);
    }

    Truth booleanTest(Node body)
    {
        const std::string_view kind = body["booltesttype"].text();
        const Truth truth = condition(body["arg"]);
        const Truth wanted
            = kind.ends_with("TRUE") ? Truth::True : kind.ends_with("FALSE") ? Truth::False : Truth::Unknown;
        return truthOf((truth == wanted) != kind.starts_with("IS_NOT"));
    }

    Truth comparison(Node node, Node body)
    {
        const std::string_view kind = body["kind"].text();
        if (kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT")
            return distinct(body, kind == "AEXPR_DISTINCT");
        if (kind == "AEXPR_IN" || kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE" || kind.ends_with("BETWEEN"))
            return membership(body);
        const std::string_view name = operatorName(body);
        if (kind != "AEXPR_OP" || !body["lexpr"] || !isCondition(node))
            return atom(node);
        // Both are asked: each call may add a part.
        const bool leftIsNull = m_now.isNull(body["lexpr"]), rightIsNull = m_now.isNull(body["rexpr"]);
        if (leftIsNull || rightIsNull)
            return Truth::Unknown;
        const int order = orderOf(body["lexpr"], body["rexpr"]);
        if (name == "=")
            return truthOf(order == 0);
        if (name == "<>")
            return truthOf(order != 0);
        return truthOf((name.ends_with("=") && order == 0) || order == (name.starts_with("<") ? -1 : 1));
    }

    /// -1, 0 or 1; the same part for `a < b` and `b > a`.
    int orderOf(Node left, Node right)
    {
        const std::string a = canonical(left), b = canonical(right);
        if (a == b)
            return 0;
        const int order = m_now.value("order:" + std::min(a, b) + '|' + std::max(a, b), 3) - 1;
        return a < b ? order : -order;
    }

    Truth distinct(Node body, bool wanted)
    {
        const bool leftNull = m_now.isNull(body["lexpr"]), rightNull = m_now.isNull(body["rexpr"]);
        const bool differ = leftNull || rightNull ? leftNull != rightNull : orderOf(body["lexpr"], body["rexpr"]) != 0;
        return truthOf(differ == wanted);
    }

    /// IN, LIKE, BETWEEN and their opposites: one part for both.
    Truth membership(Node body)
    {
        const std::string_view name = operatorName(body), kind = body["kind"].text();
        const bool negated = name == "<>" || name.starts_with("!") || kind.starts_with("AEXPR_NOT");
        const std::string test = kind.ends_with("BETWEEN") ? "between:" : std::string(kind) + ':';
        const bool within = m_now.value(test + canonical(body["lexpr"]) + '|' + canonical(body["rexpr"]), 2) == 1;
        return m_now.isNull(body["lexpr"]) ? Truth::Unknown : truthOf(within != negated);
    }

    Truth atom(Node node)
    {
        const bool isTrue = m_now.value("true:" + canonical(node), 2) == 1;
        return m_now.isNull(node) ? Truth::Unknown : truthOf(isTrue);
    }

    Combination &m_now;
};

} // namespace

Outcome outcomeOf(Node condition)
{
    Combination combination;
    bool always = true, unlessNull = true, never = true;
    do {
        const bool isTrue = Evaluator(combination).condition(condition) == Truth::True;
        if (combination.combinations() > mostCombinations)
            return Outcome::Depends;
        always = always && isTrue;
        unlessNull = unlessNull && (isTrue || combination.anyNull());
        never = never && !isTrue;
    } while ((always || unlessNull || never) && combination.next());
    if (always)
        return Outcome::AlwaysTrue;
    if (never)
        return Outcome::NeverTrue;
    return unlessNull ? Outcome::TrueUnlessNull : Outcome::Depends;
}

} // namespace holdpoint
