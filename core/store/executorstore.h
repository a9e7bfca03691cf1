// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"
#include "core/store/claimedaction.h"
#include "core/store/ledgerentry.h"
#include "core/store/trial.h"

#include <expected>
#include <optional>

namespace holdpoint {

class Connection;

/// The store, for an executor. Every call waits for the server. Only what this executor claimed can it finish.
class ExecutorStore
{
public:
    /// @param connection is not owned, must outlive this object and be used on its own thread only
    /// @param name tells the executors of one role apart
    ExecutorStore(Connection &connection, const QString &name);

    /// The next released action of one of the targets that this executor serves, now executing here; nothing if none
    /// waits. No other executor gets it.
    std::expected<std::optional<ClaimedAction>, Error> claim(const QStringList &targets);
    /// What this executor claimed and did not finish: after a crash, the marker on the target decides each.
    std::expected<QList<ClaimedAction>, Error> unfinished();
    std::expected<void, Error> finish(qint64 action, int revision, const ExecutionReport &report);

    /// The next trial of one of the targets of which this executor has a sandbox; nothing if none waits. To ask is to
    /// say that none is running here: one that was begun before is lost.
    std::expected<std::optional<ClaimedTrial>, Error> claimTrial(const QStringList &targets);
    std::expected<void, Error> finishTrial(qint64 trial, const TrialResult &result);

    /// What the ledger says about the approvals of a revision, oldest first.
    std::expected<QList<LedgerEntry>, Error> approvalsOnRecord(qint64 action, int revision);

    std::expected<bool, Error> isRevoked(const QString &agent);
    std::expected<QList<OpenRevocation>, Error> openRevocations();
    /// @param milliseconds how long the step took
    std::expected<void, Error> recordRevocationStep(qint64 revocation, const QString &target, const QString &step,
        bool done, double milliseconds, const QString &detail);
    /// Counts a try that failed and keeps its error.
    std::expected<void, Error> revocationTry(qint64 revocation, const QString &target, const QString &error);
    /// Refused while no step is recorded or one of them is not done.
    std::expected<void, Error> confirmRevocation(qint64 revocation, const QString &target);

    /// @param sandboxes the targets of which this executor has one
    std::expected<void, Error> heartbeat(const QString &version, const QStringList &sandboxes);
    /// Ends what nobody decided in time; the number of actions.
    std::expected<int, Error> expireDue();

private:
    std::expected<void, Error> call(const QString &sql, const QVariantList &values);

    Connection &m_connection;
    QString m_name;
};

} // namespace holdpoint
