// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/inspection.h"

#include <string>
#include <vector>

namespace holdpoint {

/// How many rows a condition keeps, as far as its text tells. Ordered: the later, the more.
enum class Reach {
    Nothing, ///< none
    Bounded, ///< some that it names
    Wide, ///< open-ended or inverted: all but a few, as far as anybody knows
    Captured, ///< every row, if a column of the sub-select is really the outer one
    Vacuous, ///< every row: a sub-select that excludes none
    NotNull, ///< every row whose column is not NULL
    All, ///< every row
};

struct Verdict
{
    Reach reach = Reach::Bounded;
    Node at; ///< the part of the condition that says so
    std::string detail;
    bool byStatistics = false; ///< for Wide: nothing but the statistics says so
};

/// The relations that a condition is about.
struct RowScope
{
    const Inspection &inspection;
    std::string target; ///< the relation that is changed, without its schema
    std::vector<std::string> names; ///< what the rows' columns can be qualified with: aliases and relation names
};

/// Judges the WHERE of a row change. A null condition keeps everything.
Verdict judge(Node condition, const RowScope &scope);

/// How many rows a SELECT gives, of those that its relations hold.
Verdict judgeSelect(Node select, const Inspection &inspection);

/// Whether an item of a FROM clause is limited by itself: VALUES, a function, a filtered sub-select or WITH item.
Reach reachOfFromItem(Node item, const Inspection &inspection);

/// The names that the items of a FROM clause go by.
std::vector<std::string> fromNames(Node fromClause);

/// The parts of a condition that AND joins, nested ANDs taken apart.
std::vector<Node> conjuncts(Node condition);

} // namespace holdpoint
