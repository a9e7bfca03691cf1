// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/decision/review.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// Where the replica has nothing to say, the text still has.
void takeFromText(Evidence &evidence, const Assessment &assessment)
{
    const Statement *gravest = assessment.gravest();
    if (!gravest)
        return;
    if (gravest->effects.isEmpty()) {
        evidence.verb = gravest->kind.section(u' ', 0, 0).toLower();
        evidence.table = gravest->relations.value(0);
        return;
    }
    const Effect &effect = gravest->effects.constFirst();
    evidence.verb = effect.verb;
    evidence.table = effect.table;
    evidence.count = effect.rows;
    evidence.countKind = effect.rows ? u"exact"_s : u"unknown"_s;
}

} // namespace

RiskLevel Review::level() const
{
    if (!assessment)
        return RiskLevel::Critical;
    const RiskLevel raised = impact ? raisedBy(assessment->level, *impact) : assessment->level;
    return exceededLimit() ? std::max(raised, RiskLevel::Destructive) : raised;
}

std::optional<qint64> Review::exceededLimit() const
{
    if (!assessment || assessment->level != RiskLevel::Write || !impact)
        return std::nullopt;
    const std::optional<PolicyRule> rule = ruleFor(policies, action.target, RiskLevel::Write);
    const std::optional<qint64> total = impact->totalRows();
    return rule && total && *total > rule->rowLimit ? std::optional(rule->rowLimit) : std::nullopt;
}

Evidence evidenceOf(const Review &review)
{
    Evidence evidence;
    evidence.level = review.level();
    evidence.target = review.action.target;
    evidence.countKind = u"unknown"_s;
    if (!review.assessment)
        return evidence;
    if (review.impact)
        evidence.totalRows = review.impact->totalRows();
    const EffectImpact *gravest = review.impact ? review.impact->gravest() : nullptr;
    if (!gravest) {
        takeFromText(evidence, *review.assessment);
        return evidence;
    }
    evidence.verb = gravest->verb;
    evidence.table = gravest->table;
    evidence.count = gravest->best();
    evidence.countKind = gravest->bestKind();
    return evidence;
}

std::optional<PolicyRule> ruleFor(const QList<PolicyRule> &policies, const QString &target, RiskLevel level)
{
    for (const QString &name : {target, u"*"_s}) {
        const auto found = std::ranges::find_if(
            policies, [&](const PolicyRule &rule) { return rule.target == name && rule.level == level; });
        if (found != policies.cend())
            return *found;
    }
    return std::nullopt;
}

} // namespace holdpoint
