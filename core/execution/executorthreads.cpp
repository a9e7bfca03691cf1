// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/executorthreads.h"

#include "core/execution/executionworker.h"
#include "core/execution/pulseworker.h"
#include "core/execution/revocationworker.h"
#include "core/execution/trialworker.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

ExecutorThreads::ExecutorThreads(const ExecutorConfig &config, FailpointHook failpoint)
{
    launch(u"executions"_s, new ExecutionWorker(config, std::move(failpoint)));
    launch(u"pulse"_s, new PulseWorker(config));
    launch(u"revocations elsewhere"_s, new RevocationWorker(config, {}));
    for (const QString &target : config.targets.keys())
        launch(u"revocations on "_s + target, new RevocationWorker(config, target));
    if (config.sandboxes().isEmpty())
        return;
    m_trials = new TrialWorker(config);
    launch(u"trials"_s, m_trials);
}

ExecutorThreads::~ExecutorThreads()
{
    // Nobody waits for a trial: nothing of it stays anyway.
    if (m_trials)
        m_trials->stop();
    for (const auto &thread : m_threads) {
        thread->requestInterruption();
        thread->quit();
    }
    for (const auto &thread : m_threads)
        thread->wait();
}

template <typename Worker> void ExecutorThreads::launch(const QString &name, Worker *worker)
{
    auto thread = std::make_unique<QThread>();
    thread->setObjectName(name);
    worker->moveToThread(thread.get());
    QObject::connect(thread.get(), &QThread::started, worker, &Worker::start);
    // On its own thread, where its connections belong.
    QObject::connect(thread.get(), &QThread::finished, worker, &QObject::deleteLater);
    thread->start();
    m_threads.push_back(std::move(thread));
}

} // namespace holdpoint
