// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/weighing.h"

#include "core/analysis/canonical.h"
#include "core/analysis/catalog.h"
#include "core/analysis/columnfacts.h"
#include "core/analysis/shares.h"

#include <algorithm>
#include <cmath>

namespace holdpoint {

namespace {

/// A condition that only NULL fails: no condition if the columns are never NULL, as good as none if they rarely
/// are.
Verdict withKnownNulls(Verdict verdict)
{
    bool anyNull = false;
    double kept = 1;
    for (const Node column : columnsIn(verdict.at)) {
        const Nullness known = nullness(column);
        if (known == Nullness::Unknown)
            return verdict;
        anyNull = anyNull || known == Nullness::Possible;
        const auto &statistics = bindingOf(column)->column->statistics;
        kept *= known == Nullness::Possible && statistics && !bindingOf(column)->isOptional
            ? 1 - statistics->nullFraction
            : 1;
    }
    if (!anyNull)
        return {Reach::NotNull, verdict.at, "by what the catalogue says of its columns"};
    if (kept <= mostKept)
        return {Reach::Bounded, verdict.at, {}};
    return {Reach::Wide, verdict.at, "every row in which it is not NULL"};
}

/// Whether a condition is about boolean columns alone: its shape says nothing of how many rows it keeps.
bool asksBoolean(Node node)
{
    const auto columns = columnsIn(node);
    return !columns.empty() && std::ranges::all_of(columns, [](Node column) {
        const ColumnBinding *binding = bindingOf(column);
        return binding && binding->column && binding->column->type == "boolean";
    });
}

std::string percent(double share)
{
    return "about " + std::to_string(int(std::lround(share * 100))) + " % of them, by the statistics";
}

} // namespace

Verdict weighed(Verdict verdict, Node node, bool negated)
{
    if (verdict.reach == Reach::NotNull)
        verdict = withKnownNulls(std::move(verdict));
    const bool weighable = verdict.reach == Reach::Bounded || verdict.byStatistics || asksBoolean(node);
    if (!weighable || verdict.reach > Reach::Wide || verdict.reach == Reach::Nothing || (!negated && namesKey(node)))
        return verdict;
    const auto share = keptShare(node);
    if (!share)
        return verdict;
    const double kept = negated ? 1 - *share : *share;
    if (kept <= mostKept)
        return {Reach::Bounded, verdict.at, {}};
    return {Reach::Wide, node, percent(kept), true};
}

} // namespace holdpoint
