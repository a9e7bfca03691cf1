// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/assessment/catalogstate.h"
#include "core/impact/impact.h"
#include "core/store/action.h"
#include "core/store/decision.h"
#include "core/store/target.h"
#include "core/store/trial.h"

#include <optional>

namespace holdpoint {

/// What is known of trying the revision in the sandbox.
struct TrialReview
{
    std::optional<Trial> newest;
    bool asked = false; ///< the store has not answered yet
    QString refused; ///< what the store said to the last try to ask for one
    QString impossible; ///< why none is to be had now; empty: it can be asked for

    /// Whether a person can ask for one now.
    bool canAsk() const { return !asked && impossible.isEmpty() && !(newest && newest->isUnfinished()); }
    bool operator==(const TrialReview &) const = default;
};

/// All that is known of the revision a person looks at.
struct Review
{
    Action action;
    std::optional<Assessment> assessment; ///< nothing: not answered yet
    CatalogState catalog; ///< what the assessment was made with
    std::optional<Impact> impact; ///< nothing: not all figures are in yet
    std::optional<Impact> arriving; ///< what is known until then
    std::optional<Impact> firstImpact; ///< as it was when this revision was first opened here
    QList<PolicyRule> policies;
    TrialReview trial = {};

    /// The assessment's level, raised by the impact and by the policy's row limit; critical while unknown.
    RiskLevel level() const;
    /// The policy's limit for writes, if this is a write, and known to touch more rows than that.
    std::optional<qint64> exceededLimit() const;
};

/// What the words are made of. Whatever is not known becomes `unknown`, never 0.
Evidence evidenceOf(const Review &review);

/// The rule of a target, or of every target; nothing if the policy has neither.
std::optional<PolicyRule> ruleFor(const QList<PolicyRule> &policies, const QString &target, RiskLevel level);

} // namespace holdpoint
