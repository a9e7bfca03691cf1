// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <optional>

namespace holdpoint {

/// How a guarded run ended.
struct GuardResult
{
    enum class Kind {
        Executed,
        AlreadyApplied, ///< an earlier run of the same revision had committed; `rowsChanged` is what that one noted
        Failed, ///< the target refused a statement, or went away; nothing changed
        Blocked, ///< the guard stopped it; nothing changed
        Busy, ///< another executor is at it; nothing was tried
        Unsettled, ///< the link broke during COMMIT: settle() decides
        Unknown, ///< a statement got out of the transaction, which its kind should have ruled out: a person must look
    };
    Kind kind = Kind::Unsettled;
    std::optional<qint64> rowsChanged; ///< of a blocked run: what would have changed
    QString detail;
    std::optional<Error> error = {}; ///< of a failed run: what the server said

    static GuardResult failed(const Error &error);
    static GuardResult blocked(const QString &why, std::optional<qint64> rows = {});
    /// Of our own checks, not of a reviewed statement: without them nothing may be committed.
    static GuardResult notGuarded(const Error &error);
    static GuardResult escaped();
};

} // namespace holdpoint
