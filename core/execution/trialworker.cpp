// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/trialworker.h"

#include "core/execution/sandboxtrial.h"

#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

namespace {

constexpr auto pollInterval = 1s;

QString outcomeText(const TrialResult &result)
{
    switch (result.outcome) {
    case TrialResult::Outcome::Ran:
        return u"ran"_s;
    case TrialResult::Outcome::Failed:
        return u"failed"_s;
    case TrialResult::Outcome::Refused:
        return u"was refused"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

TrialWorker::TrialWorker(ExecutorConfig config)
    : m_config(std::move(config))
    , m_link(m_config.store, m_config.name, u"trials"_s)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &TrialWorker::work);
}

TrialWorker::~TrialWorker() = default;

void TrialWorker::start()
{
    // Only the timer is set off here: the notification comes from inside the connection that work() may replace.
    m_link.setListener([this] { m_timer->start(0ms); });
    work();
}

void TrialWorker::stop()
{
    const QMutexLocker lock(&m_mutex);
    m_stopped = true;
    if (m_canceller)
        m_canceller->cancel();
}

bool TrialWorker::hold(std::shared_ptr<Canceller> canceller)
{
    const QMutexLocker lock(&m_mutex);
    m_canceller = std::move(canceller);
    return !m_stopped;
}

void TrialWorker::work()
{
    if (const auto store = m_link.open())
        workOff(**store);
    m_timer->start(pollInterval);
}

void TrialWorker::workOff(ExecutorStore &store)
{
    // To ask for the next one is to give up this one.
    if (m_unrecorded && !record(store))
        return;
    while (hold({})) {
        const auto claim = store.claimTrial(m_config.sandboxes());
        if (!claim)
            m_trouble.say(u"the store gives no trial: %1"_s.arg(claim.error().text()));
        if (!claim || !*claim)
            return;
        const ClaimedTrial &trial = **claim;
        const TrialResult result = tryInSandbox(
            trial, m_config, [this](std::shared_ptr<Canceller> canceller) { return hold(std::move(canceller)); });
        if (!hold({}))
            return;
        qCInfo(executorLog).noquote() << u"trial %1 of action %2/%3 in the sandbox of %4 %5"_s.arg(trial.id)
                                             .arg(trial.action)
                                             .arg(trial.revision)
                                             .arg(trial.target, outcomeText(result));
        m_unrecorded = Unrecorded{trial.id, result};
        if (!record(store))
            return;
    }
}

bool TrialWorker::record(ExecutorStore &store)
{
    const auto done = store.finishTrial(m_unrecorded->trial, m_unrecorded->result);
    if (done) {
        m_unrecorded.reset();
        m_trouble.settle();
        return true;
    }
    const Error &error = done.error();
    m_trouble.say(u"the store does not take the result of trial %1: %2"_s.arg(m_unrecorded->trial).arg(error.text()));
    // The store's word that the trial has ended otherwise.
    if (error.sqlState == "HP001"_L1 || error.sqlState == "HP002"_L1)
        m_unrecorded.reset();
    // What it said is too much for the store; that it was too much is not.
    if (error.code == Error::Code::Invalid && m_unrecorded) {
        m_unrecorded->result = {};
        m_unrecorded->result.detail = u"it was tried, and the store does not take the result: "_s + error.text();
    }
    return !m_unrecorded;
}

} // namespace holdpoint
