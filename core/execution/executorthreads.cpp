// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/executorthreads.h"

#include "core/execution/executionworker.h"
#include "core/execution/pulseworker.h"
#include "core/execution/revocationworker.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

ExecutorThreads::ExecutorThreads(const ExecutorConfig &config, FailpointHook failpoint)
{
    m_executions.setObjectName(u"executions"_s);
    m_revocations.setObjectName(u"revocations"_s);
    m_pulse.setObjectName(u"pulse"_s);
    launch(m_executions, new ExecutionWorker(config, std::move(failpoint)));
    launch(m_revocations, new RevocationWorker(config));
    launch(m_pulse, new PulseWorker(config));
}

ExecutorThreads::~ExecutorThreads()
{
    for (QThread *thread : {&m_executions, &m_revocations, &m_pulse}) {
        thread->requestInterruption();
        thread->quit();
    }
    for (QThread *thread : {&m_executions, &m_revocations, &m_pulse})
        thread->wait();
}

template <typename Worker> void ExecutorThreads::launch(QThread &thread, Worker *worker)
{
    worker->moveToThread(&thread);
    QObject::connect(&thread, &QThread::started, worker, &Worker::start);
    // On its own thread, where its connections belong.
    QObject::connect(&thread, &QThread::finished, worker, &QObject::deleteLater);
    thread.start();
}

} // namespace holdpoint
