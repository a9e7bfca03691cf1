// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/executorconfig.h"

#include <QThread>

#include <memory>
#include <vector>

namespace holdpoint {

class TrialWorker;

/// The executor's threads: executions, pulse, trials where there is a sandbox, and revocations on each target. Each has
/// connections of its own and shares nothing.
class ExecutorThreads
{
public:
    /// @param failpoint see Failpoint; production passes none
    explicit ExecutorThreads(const ExecutorConfig &config, FailpointHook failpoint = {});
    /// Waits until each thread has finished what it is at: the transaction that runs, the target that is being asked.
    ~ExecutorThreads();
    Q_DISABLE_COPY_MOVE(ExecutorThreads)

private:
    template <typename Worker> void launch(const QString &name, Worker *worker);

    std::vector<std::unique_ptr<QThread>> m_threads;
    TrialWorker *m_trials = nullptr; ///< goes with its thread
};

} // namespace holdpoint
