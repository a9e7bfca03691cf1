// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"
#include "core/store/receipt.h"

#include <expected>
#include <functional>

namespace holdpoint {

/// Ends one agent's access to one target, and proves it by trying to sign in as the agent.
///
/// The steps are those of ReceiptStep, in its order, each committed on its own and reported when it is over; a step
/// that fails does not keep the later ones from being tried. Safe to repeat: every call does everything again. Nobody
/// else's session is touched. Waits for the server; up to ten seconds for sessions that will not go.
///
/// @param conninfo where the target is and how the revoker signs in; see targetsetup.h for what it may
/// @param report is called on this thread, once for each step
/// @returns the first failure; success means that every step is done. A role that does not exist has no access.
std::expected<void, Error> endAccess(
    const QString &conninfo, const QString &agent, const std::function<void(const ReceiptStep &)> &report);

} // namespace holdpoint
