// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/truthtable.h"

#include "core/analysis/conditionsteps.h"

#include <array>

namespace holdpoint {

namespace {

/// What one combination gives each part.
using States = std::array<int, ConditionSteps::mostParts>;

Truth truthOf(bool value)
{
    return value ? Truth::True : Truth::False;
}

Truth negation(Truth truth)
{
    return truth == Truth::Unknown ? truth : truthOf(truth == Truth::False);
}

Truth both(Truth a, Truth b)
{
    if (a == Truth::False || b == Truth::False)
        return Truth::False;
    return a == Truth::Unknown || b == Truth::Unknown ? Truth::Unknown : Truth::True;
}

bool isNull(const Step::Nullness &operand, const States &now)
{
    return operand.part < 0 ? operand.isNull : now[static_cast<std::size_t>(operand.part)] == 1;
}

/// -1, 0 or 1.
int orderOf(const Step &step, const States &now)
{
    const int order = step.part < 0 ? 0 : now[static_cast<std::size_t>(step.part)] - 1;
    return step.swapped ? -order : order;
}

bool compares(std::string_view name, int order)
{
    if (name == "=")
        return order == 0;
    if (name == "<>")
        return order != 0;
    return (name.ends_with("=") && order == 0) || order == (name.starts_with("<") ? -1 : 1);
}

Truth valueOf(const Step &step, const States &now)
{
    switch (step.kind) {
    case Step::Kind::Fixed:
        return step.truth;
    case Step::Kind::And:
    case Step::Kind::Or: {
        const bool isAnd = step.kind == Step::Kind::And;
        Truth all = Truth::True; // a OR b is NOT (NOT a AND NOT b)
        for (const Step &argument : step.arguments)
            all = both(all, isAnd ? valueOf(argument, now) : negation(valueOf(argument, now)));
        return isAnd ? all : negation(all);
    }
    case Step::Kind::Not:
        return negation(valueOf(step.arguments.front(), now));
    case Step::Kind::IsUnknown: {
        const bool unknown =
            step.arguments.empty() ? isNull(step.left, now) : valueOf(step.arguments.front(), now) == Truth::Unknown;
        return truthOf(unknown != step.negated);
    }
    case Step::Kind::IsTruth:
        return truthOf((valueOf(step.arguments.front(), now) == step.truth) != step.negated);
    case Step::Kind::Comparison:
        if (isNull(step.left, now) || isNull(step.right, now))
            return Truth::Unknown;
        return truthOf(compares(step.name, orderOf(step, now)));
    case Step::Kind::Distinct: {
        const bool leftNull = isNull(step.left, now), rightNull = isNull(step.right, now);
        const bool differ = leftNull || rightNull ? leftNull != rightNull : orderOf(step, now) != 0;
        return truthOf(differ != step.negated);
    }
    case Step::Kind::Atom:
        break;
    }
    if (isNull(step.left, now))
        return Truth::Unknown;
    return truthOf((now[static_cast<std::size_t>(step.part)] == 1) != step.negated);
}

/// Which values a step can have, each with or without some part being NULL in that row.
class Reachable
{
public:
    void add(Truth truth, bool withNull) { m_bits |= 1U << (static_cast<unsigned>(truth) * 2 + (withNull ? 1 : 0)); }
    bool has(Truth truth, bool withNull) const
    {
        return m_bits >> (static_cast<unsigned>(truth) * 2 + (withNull ? 1 : 0)) & 1;
    }
    bool has(Truth truth) const { return has(truth, false) || has(truth, true); }

    template <typename Take> void each(const Take &take) const
    {
        for (const Truth truth : {Truth::False, Truth::True, Truth::Unknown})
            for (const bool withNull : {false, true})
                if (has(truth, withNull))
                    take(truth, withNull);
    }

    Reachable negated() const
    {
        Reachable result;
        each([&](Truth truth, bool withNull) { result.add(negation(truth), withNull); });
        return result;
    }

    /// Of an AND of two that share no part.
    Reachable with(const Reachable &other) const
    {
        Reachable result;
        each([&](Truth a, bool aNull) {
            other.each([&](Truth b, bool bNull) { result.add(both(a, b), aNull || bNull); });
        });
        return result;
    }

private:
    unsigned m_bits = 0;
};

/// Tries every combination of the parts that decide a step.
Reachable tried(const Step &step, const std::vector<Part> &parts, std::size_t &effort)
{
    Reachable result;
    States now{};
    const auto next = [&] {
        for (std::size_t part = 0; part < parts.size(); ++part)
            if (step.parts >> part & 1) {
                if (++now[part] < parts[part].states)
                    return true;
                now[part] = 0;
            }
        return false;
    };
    do {
        bool withNull = false;
        for (std::size_t part = 0; part < parts.size(); ++part)
            withNull = withNull || (parts[part].isNull && now[part] == 1);
        effort += step.size;
        result.add(valueOf(step, now), withNull);
    } while (next());
    return result;
}

/// The same without trying all of them together where the arguments of an AND or OR share no part.
Reachable reachable(const Step &step, const std::vector<Part> &parts, std::size_t &effort)
{
    if (step.kind == Step::Kind::Not)
        return reachable(step.arguments.front(), parts, effort).negated();
    if (step.kind != Step::Kind::And && step.kind != Step::Kind::Or)
        return tried(step, parts, effort);
    std::uint32_t seen = 0;
    for (const Step &argument : step.arguments) {
        if (seen & argument.parts)
            return tried(step, parts, effort);
        seen |= argument.parts;
    }
    const bool isAnd = step.kind == Step::Kind::And;
    Reachable all;
    all.add(Truth::True, false);
    for (const Step &argument : step.arguments) {
        const Reachable one = reachable(argument, parts, effort);
        all = all.with(isAnd ? one : one.negated());
    }
    return isAnd ? all : all.negated();
}

} // namespace

Outcome outcomeOf(Node condition)
{
    if (condition.isSpent())
        return Outcome::Depends;
    const auto steps = stepsOf(condition);
    if (!steps)
        return Outcome::Depends;
    std::size_t effort = 0;
    const Reachable values = reachable(steps->step, steps->parts, effort);
    condition.spend(effort);
    if (!values.has(Truth::False) && !values.has(Truth::Unknown))
        return Outcome::AlwaysTrue;
    if (!values.has(Truth::True))
        return Outcome::NeverTrue;
    const bool onlyNull = !values.has(Truth::False, false) && !values.has(Truth::Unknown, false);
    return onlyNull ? Outcome::TrueUnlessNull : Outcome::Depends;
}

} // namespace holdpoint
