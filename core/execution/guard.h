// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/failpoint.h"
#include "core/execution/guardedscript.h"
#include "core/execution/marker.h"
#include "core/execution/verifiedrelease.h"

namespace holdpoint {

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
    std::optional<GuardResult> runStatements(ChangeCounter &counter, const VerifiedRelease &release);
    std::optional<GuardResult> checkCap(ChangeCounter &counter, const VerifiedRelease &release, qint64 &changed);
    std::optional<GuardResult> checkLast(const MarkerKey &key, qint64 changed);
    void reach(Failpoint point) const;

    Connection &m_target;
    GuardedScript m_script;
    std::function<std::expected<bool, Error>()> m_agentRevoked;
    FailpointHook m_failpoint;
};

} // namespace holdpoint
