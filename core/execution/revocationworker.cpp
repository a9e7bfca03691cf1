// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/revocationworker.h"

#include "core/access/revocation.h"

#include <QThread>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

namespace {

constexpr auto pollInterval = 500ms;
constexpr std::chrono::milliseconds shortestWait = 500ms;
constexpr std::chrono::milliseconds longestWait = 10s;

std::chrono::milliseconds waitAfter(int failures)
{
    return std::min(longestWait, shortestWait * (1 << std::min(failures - 1, 5)));
}

} // namespace

RevocationWorker::RevocationWorker(ExecutorConfig config, QString target)
    : m_config(std::move(config))
    , m_target(std::move(target))
    , m_link(m_config.store, m_config.name, u"revoker"_s)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &RevocationWorker::work);
}

RevocationWorker::~RevocationWorker() = default;

void RevocationWorker::start()
{
    m_link.setListener([this] { m_timer->start(0ms); });
    work();
}

void RevocationWorker::work()
{
    const auto open = m_link.open().and_then([](ExecutorStore *store) { return store->openRevocations(); });
    if (open) {
        m_notTold.settle();
        workOff(*open);
    } else {
        m_notTold.say(u"the store does not say who is to be revoked: %1"_s.arg(open.error().text()));
    }
    m_timer->start(pollInterval);
}

bool RevocationWorker::isMine(const OpenRevocation &revocation) const
{
    return m_target.isEmpty() ? !m_config.targets.contains(revocation.target) : revocation.target == m_target;
}

void RevocationWorker::workOff(const QList<OpenRevocation> &open)
{
    // An agent that could not be ended often may keep us waiting: the others go first.
    QList<OpenRevocation> ordered = open;
    std::ranges::stable_sort(ordered, {}, &OpenRevocation::tries);
    for (const OpenRevocation &revocation : std::as_const(ordered)) {
        if (QThread::currentThread()->isInterruptionRequested())
            return;
        const Key key{revocation.id, revocation.target};
        if (!isMine(revocation))
            continue;
        if (!m_notBefore.contains(key) || m_notBefore.value(key).hasExpired())
            endOne(revocation);
    }
}

void RevocationWorker::endOne(const OpenRevocation &revocation)
{
    const Key key{revocation.id, revocation.target};
    const auto ended = endAndRecord(revocation);
    if (ended) {
        qCInfo(executorLog).noquote() << u"%1 has no access to %2 any more"_s.arg(revocation.agent, revocation.target);
        m_failures.remove(key);
        m_notBefore.remove(key);
        return;
    }
    qCWarning(executorLog).noquote() << u"%1 is NOT revoked yet on %2: %3"_s.arg(
        revocation.agent, revocation.target, ended.error().text());
    m_notBefore[key].setRemainingTime(waitAfter(++m_failures[key]));
    // The store may be what is away; then the next try counts.
    std::ignore = onStore([&](ExecutorStore &store) {
        return store.revocationTry(revocation.id, revocation.target, ended.error().text());
    });
}

std::expected<void, Error> RevocationWorker::endAndRecord(const OpenRevocation &revocation)
{
    const auto access = m_config.targets.constFind(revocation.target);
    if (access == m_config.targets.cend())
        return std::unexpected(Error{Error::Code::Invalid,
            u"the executor %1 has no target %2 in its configuration"_s.arg(m_config.name, revocation.target),
            u"add [target-%1] to it"_s.arg(revocation.target)});
    std::expected<void, Error> recorded;
    const auto ended = endAccess(access->revoke, revocation.agent, [&](const ReceiptStep &step) {
        // The record must not hold up the revocation: without it the try fails in the end, and everything is repeated.
        if (recorded)
            recorded = onStore([&](ExecutorStore &store) {
                return store.recordRevocationStep(
                    revocation.id, revocation.target, step.step, step.done, step.milliseconds, step.detail);
            });
    });
    if (!ended)
        return ended;
    return recorded.and_then([&] {
        return onStore([&](ExecutorStore &store) { return store.confirmRevocation(revocation.id, revocation.target); });
    });
}

std::expected<void, Error> RevocationWorker::onStore(
    const std::function<std::expected<void, Error>(ExecutorStore &)> &call)
{
    return m_link.open().and_then([&](ExecutorStore *store) { return call(*store); });
}

} // namespace holdpoint
