// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/risklevel.h"
#include "core/store/actionstate.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>

#include <optional>

namespace holdpoint {

/// One approval of an action's current revision. What was typed stays hidden until the action is decided.
struct Approval
{
    QString approver;
    RiskLevel level = RiskLevel::Critical; ///< as the approver saw it
    QDateTime at;

    bool operator==(const Approval &) const = default;
};

/// How the execution ended.
struct Outcome
{
    std::optional<qint64> rowsChanged; ///< everything that changed, cascades and triggers included
    std::optional<qint64> rowCap; ///< what the release allowed
    QString detail; ///< error text, or why a guard stopped it
    QDateTime at;

    bool operator==(const Outcome &) const = default;
};

/// An agent's request with its current revision, as the store shows it to approvers.
struct Action
{
    qint64 id = 0;
    int revision = 0;
    QByteArray digest; ///< SHA-256 of `sql`, 32 bytes
    QString agent;
    QString agentOwner; ///< the person responsible for the agent; may not approve
    QString target;
    QString title; ///< the agent's words: untrusted
    QString reason; ///< the agent's words: untrusted
    QByteArray sql; ///< the bytes as submitted; may be anything
    ActionState state = ActionState::Pending;
    QDateTime submittedAt; ///< of the current revision
    QDateTime expiresAt;
    QList<Approval> approvals; ///< of the current revision
    QString closingReason; ///< of the person who rejected, asked for changes, withdrew or revoked
    QString decidedBy; ///< who rejected or asked for changes; empty otherwise
    std::optional<Outcome> outcome;
    qint64 changeNumber = 0; ///< the ledger entry that last touched it

    bool operator==(const Action &) const = default;
};

} // namespace holdpoint
