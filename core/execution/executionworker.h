// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/executorconfig.h"
#include "core/execution/log.h"
#include "core/execution/storelink.h"

#include <QObject>

class QTimer;

namespace holdpoint {

/// Claims released actions, runs each under guard, and records how it ended. Nothing is ever run a second time on the
/// ground that time passed: the target's marker decides.
///
/// Lives on a thread of its own, with an event loop, and waits there for servers. A store that is away or
/// busy delays the record of an outcome, and loses none.
class ExecutionWorker final : public QObject
{
    Q_OBJECT
public:
    ExecutionWorker(ExecutorConfig config, FailpointHook failpoint);
    ~ExecutionWorker() override;

    /// To be called on the worker's thread, once.
    void start();

private:
    /// A claim that is not over.
    struct Open
    {
        ClaimedAction claim;
        bool attempted = false; ///< something may have reached the target: the marker is asked first
        bool mayRun = true; ///< if the marker says that it was not applied
    };
    struct Unrecorded
    {
        qint64 action;
        int revision;
        ExecutionReport report;
    };

    void work();
    void workOff(ExecutorStore &store);
    void recover(ExecutorStore &store);
    bool isKnown(const ClaimedAction &claim) const;
    void claimAndRun(ExecutorStore &store);
    /// The outcome, or nothing where it stays open.
    void attempt(Open open);
    std::optional<ExecutionReport> attemptOnce(Open &open);
    std::optional<ExecutionReport> settleOpen(Open &open, const TargetAccess &access);
    std::optional<ExecutionReport> runGuarded(Open &open, const TargetAccess &access);
    std::optional<ExecutionReport> reportOf(const GuardResult &result, qint64 cap, Open &open) const;
    std::optional<ExecutionReport> neverApplied(Open &open);
    std::expected<bool, Error> isRevoked(const QString &agent);
    void recordAll(ExecutorStore &store);
    bool record(ExecutorStore &store, const Unrecorded &each);
    void reach(Failpoint point) const;

    ExecutorConfig m_config;
    FailpointHook m_failpoint;
    StoreLink m_link;
    QTimer *m_timer;
    int m_recoveredGeneration = 0;
    bool m_storeAway = false;
    QList<Open> m_open;
    QList<Unrecorded> m_unrecorded;
    Complaint m_notClaimed;
    Complaint m_notRecovered;
    Complaint m_notRecorded;
};

} // namespace holdpoint
