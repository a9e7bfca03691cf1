// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/actionstate.h"

#include <QString>
#include <QStringList>

namespace holdpoint {

/// What has to be true before a decision may be sent. Defaults block.
struct DecisionFacts
{
    bool linkLive = false;
    ActionState state = ActionState::Expired;
    bool expired = true;
    bool userOwnsAgent = true;
    bool userHasApproved = true;
    bool awaitingStore = true; ///< a decision was sent and not answered
    // What follows matters to approving alone.
    bool assessed = false;
    bool catalogSettled = false;
    bool impactSettled = false;
    bool textComplete = false;
    bool rested = false; ///< the action has been on screen for half a second
};

/// Why this person cannot decide at all now, in one line; empty if they can.
QString decisionBlocker(const DecisionFacts &facts);
/// Why this person cannot approve now, whatever they type; empty if they can.
QString approvalBlocker(const DecisionFacts &facts);

} // namespace holdpoint
