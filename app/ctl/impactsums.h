// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/impact/impact.h"

namespace holdpoint {

/// What was asked of which text.
struct AskedImpact
{
    Assessment assessment;
    Impact impact;
};

/// The figures of one statement: those of its effects together.
struct StatementImpact
{
    const Statement *statement = nullptr;
    QList<const EffectImpact *> effects;
    Figure estimate; ///< the planner's, or what the text itself says
    Figure exact;
    Figure tableRows; ///< of every table that it changes
    QStringList unknownBecause; ///< why a figure is missing, its cascades' included; empty: every one is known
};

/// One for each statement, in their order.
QList<StatementImpact> byStatement(const AskedImpact &asked);

/// Whether something may change that has no figure at all, neither counted nor estimated.
bool hasUnknown(const AskedImpact &asked);

} // namespace holdpoint
