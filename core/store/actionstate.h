// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace holdpoint {

/// Where an action is on its way; the moves between them are rows of the store's table `transition`.
enum class ActionState {
    Pending,
    Approved, ///< some approvals are there, the quorum is not
    ChangesRequested,
    Released,
    Executing,
    Executed,
    Failed,
    Blocked, ///< a guard stopped it; nothing changed
    Unknown, ///< a person must look
    Rejected,
    Withdrawn,
    Expired,
    Revoked,
};

/// The store's word: `pending`, `changes_requested`, …
QString toWord(ActionState state);
/// For people: "pending", "changes requested", …
QString toText(ActionState state);
std::optional<ActionState> actionStateFromWord(QStringView word);

/// True while a person can still decide.
bool isOpen(ActionState state);
/// True once nothing more will happen.
bool isFinal(ActionState state);

} // namespace holdpoint
