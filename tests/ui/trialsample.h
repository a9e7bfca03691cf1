// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/action.h"
#include "core/store/trial.h"

namespace holdpoint::sample {

/// A trial of the action that is waiting, running or lost.
Trial trialOf(const Action &action, TrialState state);
/// One that ran: three statements, cascades, a trigger; the sandbox is as it should be.
Trial trialThatRan(const Action &action);
/// One in a sandbox with an empty table and another schema.
Trial trialThatProvesNothing(const Action &action);
/// One whose second statement the server refused.
Trial trialThatFailed(const Action &action);
/// One that was not tried.
Trial trialThatWasRefused(const Action &action, const QString &why);

} // namespace holdpoint::sample
