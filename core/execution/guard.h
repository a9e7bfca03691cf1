// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/changecounter.h"
#include "core/execution/failpoint.h"
#include "core/execution/marker.h"
#include "core/execution/verifiedrelease.h"

#include <chrono>

namespace holdpoint {

/// How long an execution may take and wait. The server enforces them.
struct GuardTimeouts
{
    std::chrono::milliseconds lock{5'000};
    std::chrono::milliseconds statement{300'000};
    std::chrono::milliseconds transaction{600'000}; ///< from PostgreSQL 17 on
    std::chrono::milliseconds idle{30'000}; ///< between two statements

    bool operator==(const GuardTimeouts &) const = default;
};

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
};

/// Runs one release in one transaction of its own: all of it, within its cap, or nothing.
class Guard
{
public:
    /// @param target a connection for this one run; a session that ran something before has a state of its own
    /// @param agentRevoked asks the store whether the agent was revoked; not to know counts as yes
    Guard(Connection &target, const GuardTimeouts &timeouts, std::function<std::expected<bool, Error>()> agentRevoked,
        FailpointHook failpoint);

    GuardResult run(const VerifiedRelease &release);

private:
    std::optional<GuardResult> prepare(const MarkerKey &key);
    std::optional<GuardResult> runStatement(ChangeCounter &counter, const QByteArray &sql);
    std::optional<GuardResult> runReplacing(ChangeCounter &counter, const QByteArray &sql, const QList<qint64> &tables);
    std::optional<GuardResult> runStatements(ChangeCounter &counter, const VerifiedRelease &release);
    std::optional<GuardResult> checkCap(ChangeCounter &counter, const VerifiedRelease &release, qint64 &changed);
    std::optional<GuardResult> checkLast(const MarkerKey &key, qint64 changed);
    void reach(Failpoint point) const;

    Connection &m_target;
    GuardTimeouts m_timeouts;
    std::function<std::expected<bool, Error>()> m_agentRevoked;
    FailpointHook m_failpoint;
};

} // namespace holdpoint
