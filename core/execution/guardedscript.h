// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/changecounter.h"
#include "core/execution/guardresult.h"

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

/// What a guarded run does whether its changes are kept or not: settings, one statement at a time between savepoints,
/// and the constraints at the end. It works in a transaction that is open; whoever opened it ends it. Each call gives
/// a result where the run is over.
class GuardedScript
{
public:
    GuardedScript(Connection &target, const GuardTimeouts &timeouts);

    std::optional<GuardResult> applySettings();
    std::optional<GuardResult> runStatement(ChangeCounter &counter, const QByteArray &sql);
    /// Deferred triggers change rows too, and would do so after the count.
    std::optional<GuardResult> settleConstraints();

    /// The command tag of the last statement that ran, as in `DELETE 3`.
    const QString &commandTag() const { return m_commandTag; }
    /// How long the server took for it.
    std::chrono::duration<double, std::milli> took() const { return m_took; }

private:
    std::expected<void, Error> send(const QByteArray &sql);
    std::optional<GuardResult> runReplacing(ChangeCounter &counter, const QByteArray &sql, const QList<qint64> &tables);

    Connection &m_target;
    GuardTimeouts m_timeouts;
    QString m_commandTag;
    std::chrono::duration<double, std::milli> m_took{};
};

} // namespace holdpoint
