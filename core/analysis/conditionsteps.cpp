// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/conditionsteps.h"

#include <algorithm>
#include <map>
#include <string>

namespace holdpoint {

namespace {

/// Reads a condition into steps, and finds its parts on the way.
class Reader
{
public:
    Step condition(Node node)
    {
        if (const auto constant = foldConstant(node))
            if (const auto truth = asCondition(*constant))
                return {.kind = Step::Kind::Fixed, .truth = *truth};
        const std::string_view type = node.type();
        const Node body = node.body();
        if (type == "BoolExpr")
            return junction(body);
        if (type == "NullTest")
            return nullTest(body);
        if (type == "BooleanTest")
            return booleanTest(body);
        if (type == "A_Expr")
            return comparison(node, body);
        return atom("true:" + canonical(node), nullness(node), false);
    }

    std::vector<Part> takeParts() { return std::move(m_parts); }
    std::size_t effort() const { return m_effort; }
    bool tooMany() const { return m_combinations > ConditionSteps::mostCombinations; }

private:
    int part(const std::string &name, int states)
    {
        constexpr std::size_t effortOfName = 32;
        m_effort += effortOfName + name.size();
        const auto [found, isNew] = m_index.emplace(name, static_cast<int>(m_parts.size()));
        if (isNew) {
            m_parts.push_back({states, name.starts_with("null:")});
            m_combinations =
                std::min(m_combinations * static_cast<std::size_t>(states), ConditionSteps::mostCombinations + 1);
        }
        return found->second;
    }

    /// Constants are NULL or not for good.
    Step::Nullness nullness(Node operand)
    {
        if (const auto constant = foldConstant(operand))
            return {std::holds_alternative<Null>(*constant)};
        return {false, part("null:" + canonical(operand), 2)};
    }

    /// Notes what decides a step, once nothing is added to it any more.
    static Step closed(Step step)
    {
        for (const int part : {step.left.part, step.right.part, step.part})
            if (part >= 0 && part < static_cast<int>(ConditionSteps::mostParts))
                step.parts |= 1U << part;
        for (const Step &argument : step.arguments) {
            step.parts |= argument.parts;
            step.size += argument.size;
        }
        return step;
    }

    Step junction(Node body)
    {
        const std::string_view operation = body["boolop"].text();
        Step step;
        step.kind = operation == "AND_EXPR" ? Step::Kind::And
            : operation == "NOT_EXPR"       ? Step::Kind::Not
                                            : Step::Kind::Or;
        for (const Node argument : body["args"]) {
            step.arguments.push_back(condition(argument));
            if (tooMany())
                break; // nobody asks any more
        }
        return closed(std::move(step));
    }

    static bool isCondition(Node node)
    {
        const std::string_view type = node.type();
        if (type == "BoolExpr" || type == "NullTest" || type == "BooleanTest")
            return true;
        const std::string_view name = operatorName(node.as("A_Expr"));
        return name == "=" || name == "<>" || name == "<" || name == ">" || name == "<=" || name == ">=";
    }

    Step nullTest(Node body)
    {
        const Node operand = body["arg"];
        Step step{.kind = Step::Kind::IsUnknown, .negated = body["nulltesttype"].text() != "IS_NULL"};
        if (isCondition(operand))
            step.arguments.push_back(condition(operand));
        else
            step.left = nullness(operand);
        return closed(std::move(step));
    }

    Step booleanTest(Node body)
    {
        const std::string_view kind = body["booltesttype"].text();
        Step step{.kind = Step::Kind::IsTruth, .negated = kind.starts_with("IS_NOT")};
        step.truth = kind.ends_with("TRUE") ? Truth::True : kind.ends_with("FALSE") ? Truth::False : Truth::Unknown;
        step.arguments.push_back(condition(body["arg"]));
        return closed(std::move(step));
    }

    Step comparison(Node node, Node body)
    {
        const std::string_view kind = body["kind"].text();
        if (kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT")
            return ordered({.kind = Step::Kind::Distinct, .negated = kind != "AEXPR_DISTINCT"}, body);
        if (kind == "AEXPR_IN" || kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE" || kind.ends_with("BETWEEN"))
            return membership(body);
        if (kind != "AEXPR_OP" || !body["lexpr"] || !isCondition(node))
            return atom("true:" + canonical(node), nullness(node), false);
        return ordered({.kind = Step::Kind::Comparison, .name = operatorName(body)}, body);
    }

    /// One part for `a < b` and `b > a`.
    Step ordered(Step step, Node body)
    {
        step.left = nullness(body["lexpr"]);
        step.right = nullness(body["rexpr"]);
        const std::string a = canonical(body["lexpr"]), b = canonical(body["rexpr"]);
        step.swapped = b < a;
        if (a != b && !step.left.isNull && !step.right.isNull)
            step.part = part("order:" + std::min(a, b) + '|' + std::max(a, b), 3);
        return closed(std::move(step));
    }

    /// IN, LIKE, BETWEEN and their opposites: one part for both.
    Step membership(Node body)
    {
        const std::string_view name = operatorName(body), kind = body["kind"].text();
        const bool negated = name == "<>" || name.starts_with("!") || kind.starts_with("AEXPR_NOT");
        const std::string test = kind.ends_with("BETWEEN") ? "between:" : std::string(kind) + ':';
        return atom(test + canonical(body["lexpr"]) + '|' + canonical(body["rexpr"]), nullness(body["lexpr"]), negated);
    }

    Step atom(const std::string &name, Step::Nullness null, bool negated)
    {
        Step step{.kind = Step::Kind::Atom, .negated = negated, .left = null};
        step.part = part(name, 2);
        return closed(std::move(step));
    }

    std::map<std::string, int> m_index;
    std::vector<Part> m_parts;
    std::size_t m_combinations = 1;
    std::size_t m_effort = 0;
};

} // namespace

std::optional<ConditionSteps> stepsOf(Node condition)
{
    Reader reader;
    Step step = reader.condition(condition);
    condition.spend(reader.effort());
    if (reader.tooMany())
        return std::nullopt;
    return ConditionSteps{std::move(step), reader.takeParts()};
}

} // namespace holdpoint
