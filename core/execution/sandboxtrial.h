// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"
#include "core/execution/executorconfig.h"
#include "core/store/claimedaction.h"
#include "core/store/trial.h"

namespace holdpoint {

/// Tries a revision in its target's sandbox, and says how far that sandbox can stand for the target. Waits for servers;
/// whatever is wrong is a result too.
/// @param connected is given what stops the trial, and says whether it may begin
TrialResult tryInSandbox(const ClaimedTrial &claim, const ExecutorConfig &config,
    const std::function<bool(std::shared_ptr<Canceller>)> &connected);

} // namespace holdpoint
