// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

namespace holdpoint {

/// The moments of an execution at which a crash is told apart from one at any other. Tests stop there.
enum class Failpoint {
    AfterClaim, ///< the store says executing, the target knows nothing
    AfterMarker,
    AfterStatements,
    BeforeCommit, ///< every check has passed
    AfterCommit, ///< the target has it, the store does not know
    AfterRecord,
};

constexpr std::string_view toWord(Failpoint point)
{
    switch (point) {
    case Failpoint::AfterClaim:
        return "after-claim";
    case Failpoint::AfterMarker:
        return "after-marker";
    case Failpoint::AfterStatements:
        return "after-statements";
    case Failpoint::BeforeCommit:
        return "before-commit";
    case Failpoint::AfterCommit:
        return "after-commit";
    case Failpoint::AfterRecord:
        return "after-record";
    }
    return {};
}

/// Called at each of them, on the executing thread. Production passes none.
using FailpointHook = std::function<void(Failpoint)>;

} // namespace holdpoint
