// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/guard.h"

#include "core/database/connection.h"
#include "core/database/transaction.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Kind = GuardResult::Kind;

} // namespace

Guard::Guard(Connection &target, const GuardTimeouts &timeouts,
    std::function<std::expected<bool, Error>()> agentRevoked, FailpointHook failpoint)
    : m_target(target)
    , m_script(target, timeouts)
    , m_agentRevoked(std::move(agentRevoked))
    , m_failpoint(std::move(failpoint))
{
}

void Guard::reach(Failpoint point) const
{
    if (m_failpoint)
        m_failpoint(point);
}

GuardResult Guard::run(const VerifiedRelease &release)
{
    auto transaction = Transaction::begin(m_target, u"ISOLATION LEVEL READ COMMITTED READ WRITE"_s);
    if (!transaction)
        return GuardResult::failed(transaction.error());
    const MarkerKey key{release.action(), release.revision(), release.digest()};
    if (const auto stopped = prepare(key))
        return *stopped;
    reach(Failpoint::AfterMarker);
    auto counter = ChangeCounter::begin(m_target);
    if (!counter)
        return GuardResult::notGuarded(counter.error());
    if (const auto stopped = runStatements(*counter, release))
        return *stopped;
    reach(Failpoint::AfterStatements);
    qint64 changed = 0;
    if (const auto stopped = checkCap(*counter, release, changed))
        return *stopped;
    if (const auto stopped = checkLast(key, changed))
        return *stopped;
    reach(Failpoint::BeforeCommit);
    if (const auto committed = transaction->commit(); !committed) {
        if (committed.error().code == Error::Code::Unreachable)
            return {Kind::Unsettled, changed, GuardResult::failed(committed.error()).detail};
        return GuardResult::failed(committed.error());
    }
    reach(Failpoint::AfterCommit);
    return {Kind::Executed, changed, {}};
}

/// Settings and marker; a result where it ends already.
std::optional<GuardResult> Guard::prepare(const MarkerKey &key)
{
    if (auto stopped = m_script.applySettings())
        return stopped;
    const auto placed = placeMarker(m_target, key);
    if (!placed) {
        if (placed.error().code == Error::Code::TimedOut)
            return GuardResult{Kind::Busy, {}, u"another executor is running this revision"_s};
        return GuardResult::notGuarded(placed.error());
    }
    if (!*placed)
        return GuardResult{Kind::AlreadyApplied, {}, {}};
    return {};
}

std::optional<GuardResult> Guard::runStatements(ChangeCounter &counter, const VerifiedRelease &release)
{
    for (const QByteArray &sql : release.statements())
        if (auto stopped = m_script.runStatement(counter, sql))
            return stopped;
    return m_script.settleConstraints();
}

std::optional<GuardResult> Guard::checkCap(ChangeCounter &counter, const VerifiedRelease &release, qint64 &changed)
{
    const auto total = counter.total();
    if (!total)
        return GuardResult::notGuarded(total.error());
    changed = *total;
    if (changed <= release.rowCap())
        return {};
    const QLocale english(QLocale::English);
    return GuardResult::blocked(
        u"it would have changed %1 rows, cascades and triggers included; the release allows %2"_s.arg(
            english.toString(changed), english.toString(release.rowCap())),
        changed);
}

/// Whatever can still stop it, right before COMMIT.
std::optional<GuardResult> Guard::checkLast(const MarkerKey &key, qint64 changed)
{
    const auto completed = completeMarker(m_target, key, changed);
    if (!completed)
        return GuardResult::notGuarded(completed.error());
    if (!*completed)
        return GuardResult::escaped();
    const auto revoked = m_agentRevoked();
    if (!revoked)
        return GuardResult::blocked(
            u"the store did not say whether the agent still has access: %1"_s.arg(revoked.error().text()));
    if (*revoked)
        return GuardResult::blocked(u"the agent was revoked while this ran"_s, changed);
    return {};
}

} // namespace holdpoint
