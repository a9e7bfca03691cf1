// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/executorconfig.h"
#include "core/execution/log.h"
#include "core/execution/storelink.h"

#include <QMutex>
#include <QObject>

class QTimer;

namespace holdpoint {

/// Runs the trials that approvers ask for, one after the other, each in the sandbox of its target. On a thread of its
/// own: no trial ever holds up an execution or a revocation.
class TrialWorker final : public QObject
{
    Q_OBJECT
public:
    explicit TrialWorker(ExecutorConfig config);
    ~TrialWorker() override;

    /// To be called on the worker's thread, once.
    void start();
    /// Ends the trial that runs, and begins no other; from any thread. The store then says that it was interrupted.
    void stop();

private:
    struct Unrecorded
    {
        qint64 trial = 0;
        TrialResult result;
    };

    void work();
    void workOff(ExecutorStore &store);
    /// False if it has to be tried again.
    bool record(ExecutorStore &store);
    /// Keeps what stops the trial that runs. False once nothing may run any more.
    bool hold(std::shared_ptr<Canceller> canceller);

    ExecutorConfig m_config;
    StoreLink m_link;
    QTimer *m_timer;
    std::optional<Unrecorded> m_unrecorded;
    Complaint m_trouble;
    QMutex m_mutex; ///< over what follows
    std::shared_ptr<Canceller> m_canceller;
    bool m_stopped = false;
};

} // namespace holdpoint
