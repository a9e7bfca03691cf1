// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/actionstate.h"
#include "core/store/decision.h"
#include "core/store/target.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>

#include <optional>

namespace holdpoint {

/// One approval with everything the approver did: what they saw and what they typed.
struct SignedOff
{
    QString approver;
    RiskLevel level = RiskLevel::Critical; ///< as the approver saw it
    QString words; ///< exactly as typed
    Evidence evidence;
    QDateTime at;
    QByteArray salt; ///< of the seal that the ledger has of words and evidence

    bool operator==(const SignedOff &) const = default;
};

/// A released revision that this executor has taken on.
struct ClaimedAction
{
    qint64 id = 0;
    int revision = 0;
    QByteArray digest; ///< as the store has it; whoever runs the action computes it again
    QByteArray sql;
    QString target;
    QString agent;
    QString agentOwner;
    RiskLevel level = RiskLevel::Critical; ///< the highest level that was approved
    QList<SignedOff> approvals;
    QList<PolicyRule> policy; ///< one rule for each level, as it holds for the target now
    QDateTime expiresAt; ///< by the store's clock; from then on it must not be begun

    bool operator==(const ClaimedAction &) const = default;
};

/// How an execution ended, as it is reported to the store.
struct ExecutionReport
{
    ActionState outcome = ActionState::Unknown; ///< Executed, Failed, Blocked or Unknown
    std::optional<qint64> rowsChanged = {};
    std::optional<qint64> rowCap = {};
    QString detail = {};
};

/// A revision that this executor has taken on to try in its sandbox.
struct ClaimedTrial
{
    qint64 id = 0; ///< of the trial
    qint64 action = 0;
    int revision = 0;
    QByteArray digest; ///< as the store has it; whoever runs the trial computes it again
    QByteArray sql;
    QString target;

    bool operator==(const ClaimedTrial &) const = default;
};

/// One target where an agent still has to lose its access.
struct OpenRevocation
{
    qint64 id = 0;
    QString agent;
    QString target;
    int tries = 0;
    QDateTime requestedAt;

    bool operator==(const OpenRevocation &) const = default;
};

} // namespace holdpoint
