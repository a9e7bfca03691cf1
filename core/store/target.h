// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/risklevel.h"

#include <QString>

#include <optional>

namespace holdpoint {

/// One production database, as the store describes it. Never holds a credential.
struct Target
{
    QString name;
    QString environment; ///< `production`, `staging`, …: shown in words in the environment bar
    QString replica; ///< libpq connection string of the read replica, without a password
    QString watch = {}; ///< the same of the primary, for a role that sees who holds locks; empty if there is none

    bool operator==(const Target &) const = default;
};

/// What the policy asks for at one level of one target.
struct PolicyRule
{
    QString target;
    RiskLevel level = RiskLevel::Critical;
    int approvers = 2;
    qint64 rowLimit = 0; ///< no execution may change more, whatever was approved
    double tolerance = 1.2; ///< an execution may change this times the approved figure …
    qint64 slack = 10; ///< … plus this many rows

    bool operator==(const PolicyRule &) const = default;
};

/// How many rows an execution may change: `ceil(approved × tolerance) + slack`, and never more than the rule's limit.
/// @param approved what the approver saw; nothing, for unknown, leaves the limit alone
qint64 rowCap(std::optional<qint64> approved, const PolicyRule &rule);

} // namespace holdpoint
