// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/impact.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

qint64 saturatingSum(qint64 a, qint64 b)
{
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    return a > most - b ? most : a + b;
}

/// An insert adds to the table; the share of what is there says nothing about it.
bool touchesMostOfItsTable(const EffectImpact &effect)
{
    const std::optional<qint64> rows = effect.best();
    return effect.verb != u"insert"_s && rows && effect.tableRows.rows && *rows > *effect.tableRows.rows / 2;
}

} // namespace

std::optional<qint64> EffectImpact::best() const
{
    if (exact.rows && exact.atLeast)
        return std::max(*exact.rows, estimate.rows.value_or(0));
    return exact.rows ? exact.rows : estimate.rows;
}

QString EffectImpact::bestKind() const
{
    if (exact.rows && !exact.atLeast && !atMost && outdatedBecause.isEmpty())
        return u"exact"_s;
    return best() ? u"estimate"_s : u"unknown"_s;
}

std::optional<qint64> Impact::totalRows() const
{
    const bool neverAsked = effects.isEmpty() && !at.isValid();
    if (!error.isEmpty() || neverAsked)
        return std::nullopt;
    qint64 total = 0;
    for (const EffectImpact &effect : effects) {
        const std::optional<qint64> rows = effect.best();
        if (!rows)
            return std::nullopt;
        total = saturatingSum(total, *rows);
        for (const ReachedImpact &reached : effect.reached) {
            // What nobody could count nobody has approved: the executor stops it.
            if (reached.action != Reached::Action::Refuse)
                total = saturatingSum(total, reached.rows.rows.value_or(0));
        }
    }
    return total;
}

bool Impact::hasUncounted() const
{
    const auto isUncounted = [](const ReachedImpact &reached) {
        return reached.action != Reached::Action::Refuse && (!reached.rows.rows || reached.rows.atLeast);
    };
    return std::ranges::any_of(
        effects, [&](const EffectImpact &effect) { return std::ranges::any_of(effect.reached, isUncounted); });
}

const EffectImpact *Impact::gravest() const
{
    const auto isLess = [](const EffectImpact &a, const EffectImpact &b) {
        constexpr qint64 unknown = std::numeric_limits<qint64>::max();
        return a.best().value_or(unknown) < b.best().value_or(unknown);
    };
    const auto found = std::ranges::max_element(effects, isLess);
    return found == effects.cend() ? nullptr : &*found;
}

RiskLevel raisedBy(RiskLevel level, const Impact &impact)
{
    const bool mayWrite = level != RiskLevel::Read || !impact.effects.isEmpty();
    const bool unknown = !impact.totalRows();
    if (mayWrite && (unknown || std::ranges::any_of(impact.effects, touchesMostOfItsTable)))
        return std::max(level, RiskLevel::Destructive);
    return level;
}

} // namespace holdpoint
