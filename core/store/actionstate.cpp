// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/actionstate.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr std::array words{
    std::pair{ActionState::Pending, "pending"_L1},
    std::pair{ActionState::Approved, "approved"_L1},
    std::pair{ActionState::ChangesRequested, "changes_requested"_L1},
    std::pair{ActionState::Released, "released"_L1},
    std::pair{ActionState::Executing, "executing"_L1},
    std::pair{ActionState::Executed, "executed"_L1},
    std::pair{ActionState::Failed, "failed"_L1},
    std::pair{ActionState::Blocked, "blocked"_L1},
    std::pair{ActionState::Unknown, "unknown"_L1},
    std::pair{ActionState::Rejected, "rejected"_L1},
    std::pair{ActionState::Withdrawn, "withdrawn"_L1},
    std::pair{ActionState::Expired, "expired"_L1},
    std::pair{ActionState::Revoked, "revoked"_L1},
};

} // namespace

QString toWord(ActionState state)
{
    for (const auto &[candidate, word] : words)
        if (candidate == state)
            return word;
    Q_UNREACHABLE_RETURN({});
}

QString toText(ActionState state)
{
    return toWord(state).replace(u'_', u' ');
}

std::optional<ActionState> actionStateFromWord(QStringView word)
{
    for (const auto &[state, candidate] : words)
        if (candidate == word)
            return state;
    return std::nullopt;
}

bool isOpen(ActionState state)
{
    return state == ActionState::Pending || state == ActionState::Approved;
}

bool isFinal(ActionState state)
{
    switch (state) {
    case ActionState::Executed:
    case ActionState::Failed:
    case ActionState::Blocked:
    case ActionState::Rejected:
    case ActionState::Withdrawn:
    case ActionState::Expired:
    case ActionState::Revoked:
        return true;
    case ActionState::Pending:
    case ActionState::Approved:
    case ActionState::ChangesRequested:
    case ActionState::Released:
    case ActionState::Executing:
    case ActionState::Unknown:
        break;
    }
    return false;
}

} // namespace holdpoint
