// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/executionworker.h"

#include "core/assessment/analyzerclient.h"
#include "core/catalog/catalogreader.h"

#include <QThread>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

namespace {

constexpr auto pollInterval = 1s;
constexpr auto analysisPatience = 10s;
constexpr auto catalogLockWait = 10s;
const QString component = u"executor"_s;

ExecutionReport blocked(const QString &why)
{
    return {ActionState::Blocked, {}, {}, why};
}

ExecutionReport failed(const QString &why)
{
    return {ActionState::Failed, {}, {}, why};
}

ExecutionReport unknown(const QString &why)
{
    return {ActionState::Unknown, {}, {}, why};
}

/// Nobody can tell yet; asking again may.
bool passes(const Error &error)
{
    return error.code == Error::Code::Unreachable || error.code == Error::Code::TimedOut
        || error.code == Error::Code::SignInRefused;
}

/// The store's word that the action has ended otherwise. Whatever else it says may be about the store alone; as long
/// as its row says executing, the outcome is all that keeps the action from being run again.
bool isOver(ExecutorStore &store, qint64 action, const Error &error)
{
    if (error.sqlState == "HP001"_L1)
        return true;
    if (error.sqlState != "HP002"_L1)
        return false;
    const auto open = store.unfinished();
    return open && std::ranges::none_of(*open, [action](const ClaimedAction &each) { return each.id == action; });
}

MarkerKey keyOf(const ClaimedAction &claim)
{
    return {claim.id, claim.revision, claim.digest};
}

} // namespace

ExecutionWorker::ExecutionWorker(ExecutorConfig config, FailpointHook failpoint)
    : m_config(std::move(config))
    , m_failpoint(std::move(failpoint))
    , m_link(m_config.store, m_config.name, component)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &ExecutionWorker::work);
}

ExecutionWorker::~ExecutionWorker() = default;

void ExecutionWorker::start()
{
    // Only the timer is set off here: the notification comes from inside the connection that work() may replace.
    m_link.setListener([this] { m_timer->start(0ms); });
    work();
}

void ExecutionWorker::reach(Failpoint point) const
{
    if (m_failpoint)
        m_failpoint(point);
}

void ExecutionWorker::work()
{
    const auto store = m_link.open();
    if (store)
        workOff(**store);
    if (!store && !m_storeAway)
        qCWarning(executorLog).noquote() << "the store is away:" << store.error().text();
    if (store && m_storeAway)
        qCInfo(executorLog).noquote() << "the store is back";
    m_storeAway = !store;
    m_timer->start(pollInterval);
}

void ExecutionWorker::workOff(ExecutorStore &store)
{
    recordAll(store);
    if (m_recoveredGeneration != m_link.generation())
        recover(store);
    for (Open &open : std::exchange(m_open, {}))
        attempt(std::move(open));
    claimAndRun(store);
}

/// What this executor, or one of its name before it, claimed and never finished.
void ExecutionWorker::recover(ExecutorStore &store)
{
    const auto claims = store.unfinished();
    if (!claims) {
        m_notRecovered.say(u"the store does not say what was left unfinished: %1"_s.arg(claims.error().text()));
        return;
    }
    m_notRecovered.settle();
    for (const ClaimedAction &claim : *claims)
        if (!isKnown(claim)) {
            qCInfo(executorLog).noquote() << u"action %1/%2 was left unfinished"_s.arg(claim.id).arg(claim.revision);
            m_open.append({claim, true, true});
        }
    m_recoveredGeneration = m_link.generation();
}

bool ExecutionWorker::isKnown(const ClaimedAction &claim) const
{
    return std::ranges::any_of(m_open, [&](const Open &open) { return open.claim.id == claim.id; })
        || std::ranges::any_of(m_unrecorded, [&](const Unrecorded &each) { return each.action == claim.id; });
}

void ExecutionWorker::claimAndRun(ExecutorStore &store)
{
    // An outcome that cannot be recorded means that the store is away or busy: nothing new is begun then.
    while (m_unrecorded.isEmpty() && !QThread::currentThread()->isInterruptionRequested()) {
        const auto claim = store.claim(m_config.targets.keys());
        if (!claim || !*claim)
            return;
        reach(Failpoint::AfterClaim);
        attempt({**claim, false, true});
    }
}

void ExecutionWorker::attempt(Open open)
{
    const auto report = attemptOnce(open);
    const qint64 action = open.claim.id;
    const int revision = open.claim.revision;
    if (!report) {
        m_open.append(std::move(open));
        return;
    }
    qCInfo(executorLog).noquote() << u"action %1/%2 for %3: %4"_s.arg(action).arg(revision).arg(
        open.claim.target, toText(report->outcome));
    m_unrecorded.append({action, revision, *report});
    if (const auto store = m_link.open())
        recordAll(**store);
}

std::optional<ExecutionReport> ExecutionWorker::attemptOnce(Open &open)
{
    const auto access = m_config.targets.constFind(open.claim.target);
    if (access == m_config.targets.cend()) {
        const QString why = u"this executor's configuration has no target %1"_s.arg(open.claim.target);
        return open.attempted ? unknown(why) : blocked(why);
    }
    if (open.attempted)
        if (auto report = settleOpen(open, *access); report || open.attempted)
            return report;
    return runGuarded(open, *access);
}

/// Asks the marker. Afterwards `attempted` is false if nothing was applied and it may run.
std::optional<ExecutionReport> ExecutionWorker::settleOpen(Open &open, const TargetAccess &access)
{
    auto target = Connection::open(access.write, component);
    if (!target)
        return {};
    const auto marker = settle(*target, keyOf(open.claim));
    if (!marker)
        return passes(marker.error()) ? std::nullopt : std::optional(unknown(marker.error().text()));
    if (*marker && (*marker)->digest != open.claim.digest)
        return unknown(u"the target's marker stands for another text"_s);
    if (*marker)
        return ExecutionReport{ActionState::Executed, (*marker)->rowsChanged, {}, {}};
    return neverApplied(open);
}

/// The target knows nothing of it, and no earlier try can still commit.
std::optional<ExecutionReport> ExecutionWorker::neverApplied(Open &open)
{
    if (!open.mayRun)
        return failed(u"the connection was lost during COMMIT, and the target kept nothing; nothing changed"_s);
    const auto now = m_link.clock();
    if (!now)
        return {};
    if (open.claim.expiresAt <= *now)
        return failed(u"it was claimed, did not run, and has expired since; nothing changed"_s);
    open.attempted = false;
    return {};
}

std::optional<ExecutionReport> ExecutionWorker::runGuarded(Open &open, const TargetAccess &access)
{
    const auto record = m_link.open().and_then(
        [&](ExecutorStore *store) { return store->approvalsOnRecord(open.claim.id, open.claim.revision); });
    if (!record) {
        // Nothing has happened yet, and nothing will until the store is back.
        open.attempted = true;
        return {};
    }
    auto target = Connection::open(access.write, component);
    if (!target)
        return failed(u"%1; nothing changed"_s.arg(target.error().text()));
    // Read afresh: what the text means may have changed since it was approved.
    const auto catalog =
        readCatalog(*target, open.claim.target, {.withStatistics = false, .lockWait = catalogLockWait});
    if (!catalog)
        return failed(u"the target's catalogue cannot be read: %1; nothing changed"_s.arg(catalog.error().text()));
    const auto release = VerifiedRelease::verify(open.claim, *record,
        [&](const QByteArray &sql) { return analyseAndWait(m_config.analyzer, sql, analysisPatience, *catalog); });
    if (!release)
        return blocked(release.error().text());
    Guard guard(*target, access.timeouts, [this, &open] { return isRevoked(open.claim.agent); }, m_failpoint);
    return reportOf(guard.run(*release), release->rowCap(), open);
}

std::optional<ExecutionReport> ExecutionWorker::reportOf(const GuardResult &result, qint64 cap, Open &open) const
{
    using Kind = GuardResult::Kind;
    switch (result.kind) {
    case Kind::Executed:
        return ExecutionReport{ActionState::Executed, result.rowsChanged, cap, result.detail};
    case Kind::Failed:
        return ExecutionReport{ActionState::Failed, result.rowsChanged, cap, result.detail};
    case Kind::Blocked:
        return ExecutionReport{ActionState::Blocked, result.rowsChanged, cap, result.detail};
    case Kind::Unknown:
        return ExecutionReport{ActionState::Unknown, result.rowsChanged, cap, result.detail};
    case Kind::Unsettled:
        open.mayRun = false;
        break;
    case Kind::AlreadyApplied:
    case Kind::Busy:
        break;
    }
    open.attempted = true;
    return {};
}

std::expected<bool, Error> ExecutionWorker::isRevoked(const QString &agent)
{
    return m_link.open().and_then([&](ExecutorStore *store) { return store->isRevoked(agent); });
}

void ExecutionWorker::recordAll(ExecutorStore &store)
{
    for (const Unrecorded &each : std::exchange(m_unrecorded, {}))
        if (!record(store, each))
            m_unrecorded.append(each);
}

/// False if it has to be tried again.
bool ExecutionWorker::record(ExecutorStore &store, const Unrecorded &each)
{
    if (const auto done = store.finish(each.action, each.revision, each.report); !done) {
        m_notRecorded.say(u"the store does not take the outcome of action %1/%2: %3"_s.arg(each.action)
                .arg(each.revision)
                .arg(done.error().text()));
        if (!isOver(store, each.action, done.error()))
            return false;
    }
    m_notRecorded.settle();
    reach(Failpoint::AfterRecord);
    return true;
}

} // namespace holdpoint
