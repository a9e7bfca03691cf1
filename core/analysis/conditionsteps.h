// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/expression.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace holdpoint {

/// Something that may be one way or another in a row, whatever the rest of it is: `a` is NULL, `b < c`.
struct Part
{
    int states;
    bool isNull;
};

/// A condition, read once: each step knows which parts decide it.
struct Step
{
    enum class Kind { Fixed, And, Or, Not, IsUnknown, IsTruth, Comparison, Distinct, Atom };
    /// Whether an operand is NULL: a part, or known.
    struct Nullness
    {
        bool isNull = false;
        int part = -1;
    };

    Kind kind = Kind::Fixed;
    Truth truth = Truth::Unknown; ///< Fixed: its value; IsTruth: the wanted one
    bool negated = false;
    std::string_view name = {}; ///< Comparison: the operator
    Nullness left = {}, right = {};
    int part =
        -1; ///< Comparison, Distinct: the order of left and right, -1 if they are the same; Atom: whether it holds
    bool swapped = false; ///< the part is about right and left
    std::uint32_t parts = 0; ///< all that decide it, as bits
    std::vector<Step> arguments = {};
    std::size_t size = 1; ///< how many steps it is, with those of its arguments
};

/// A condition in steps, and the parts that they speak of by number.
struct ConditionSteps
{
    static constexpr std::size_t mostCombinations = 1024;
    static constexpr std::size_t mostParts = 10; ///< each has two states or more

    Step step;
    std::vector<Part> parts;
};

/// Reads a condition once, so that many combinations of its parts can be tried. Nothing if there are too many.
std::optional<ConditionSteps> stepsOf(Node condition);

} // namespace holdpoint
