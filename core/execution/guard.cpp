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
constexpr int firstWithTransactionTimeout = 170000;

QString describe(const Error &error)
{
    return error.sqlState.isEmpty() ? error.text() : u"%1 (SQLSTATE %2)"_s.arg(error.text(), error.sqlState);
}

GuardResult failed(const Error &error)
{
    return {Kind::Failed, {}, describe(error)};
}

GuardResult blocked(const QString &why, std::optional<qint64> rows = {})
{
    return {Kind::Blocked, rows, why};
}

/// Of our own checks, not of a reviewed statement: without them nothing may be committed.
GuardResult notGuarded(const Error &error)
{
    return error.code == Error::Code::Unreachable ? failed(error) : blocked(describe(error));
}

const QString releaseSavepoint = u"RELEASE SAVEPOINT holdpoint_statement"_s;

// Again before every statement and before the count: a function may have changed them. A commit that the server has
// not written down could be lost after the store was told of it.
const QString pinned = u"SET LOCAL search_path = public; SET LOCAL synchronous_commit = on;"_s;

GuardResult escaped()
{
    return {Kind::Unknown, {}, u"a statement ended the transaction: part of it may have stayed on the target"_s};
}

/// Of a statement about our own savepoint, which is gone only with the transaction.
GuardResult savepointLost(const Error &error)
{
    return error.code == Error::Code::Unreachable ? failed(error) : escaped();
}

QString settings(const GuardTimeouts &timeouts, int serverVersion)
{
    QString script = pinned
        + u"SET LOCAL standard_conforming_strings = on;"
          "SET LOCAL lock_timeout = %1;"
          "SET LOCAL statement_timeout = %2;"
          "SET LOCAL idle_in_transaction_session_timeout = %3;"_s.arg(timeouts.lock.count())
              .arg(timeouts.statement.count())
              .arg(timeouts.idle.count());
    if (serverVersion >= firstWithTransactionTimeout)
        script += u"SET LOCAL transaction_timeout = %1;"_s.arg(timeouts.transaction.count());
    return script;
}

} // namespace

Guard::Guard(Connection &target, const GuardTimeouts &timeouts,
    std::function<std::expected<bool, Error>()> agentRevoked, FailpointHook failpoint)
    : m_target(target)
    , m_timeouts(timeouts)
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
        return failed(transaction.error());
    const MarkerKey key{release.action(), release.revision(), release.digest()};
    if (const auto stopped = prepare(key))
        return *stopped;
    reach(Failpoint::AfterMarker);
    auto counter = ChangeCounter::begin(m_target);
    if (!counter)
        return notGuarded(counter.error());
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
            return {Kind::Unsettled, changed, describe(committed.error())};
        return failed(committed.error());
    }
    reach(Failpoint::AfterCommit);
    return {Kind::Executed, changed, {}};
}

/// Settings and marker; a result where it ends already.
std::optional<GuardResult> Guard::prepare(const MarkerKey &key)
{
    if (auto set = m_target.runScript(settings(m_timeouts, m_target.serverVersion())); !set)
        return notGuarded(set.error());
    const auto placed = placeMarker(m_target, key);
    if (!placed) {
        if (placed.error().code == Error::Code::TimedOut)
            return GuardResult{Kind::Busy, {}, u"another executor is running this revision"_s};
        return notGuarded(placed.error());
    }
    if (!*placed)
        return GuardResult{Kind::AlreadyApplied, {}, {}};
    return {};
}

std::optional<GuardResult> Guard::runStatements(ChangeCounter &counter, const VerifiedRelease &release)
{
    for (const QByteArray &sql : release.statements())
        if (auto stopped = runStatement(counter, sql))
            return stopped;
    // Deferred triggers change rows too, and would do so after the count.
    if (auto set = m_target.runScript(u"SET CONSTRAINTS ALL IMMEDIATE;"_s + pinned); !set)
        return failed(set.error());
    return {};
}

std::optional<GuardResult> Guard::runStatement(ChangeCounter &counter, const QByteArray &sql)
{
    if (auto set = m_target.runScript(pinned + u"SAVEPOINT holdpoint_statement"_s); !set)
        return notGuarded(set.error());
    if (auto done = m_target.runForeign(sql); !done)
        return failed(done.error());
    if (!m_target.inHealthyTransaction())
        return escaped();
    const auto replaced = counter.replacedTables();
    if (!replaced)
        return notGuarded(replaced.error());
    if (!replaced->isEmpty())
        return runReplacing(counter, sql, *replaced);
    if (auto released = m_target.runScript(releaseSavepoint); !released)
        return savepointLost(released.error());
    return {};
}

/// The statement truncated, dropped or rewrote tables, which nothing counts afterwards: it is undone, what it would
/// take is counted under lock, and it runs again.
std::optional<GuardResult> Guard::runReplacing(
    ChangeCounter &counter, const QByteArray &sql, const QList<qint64> &tables)
{
    if (auto undone = m_target.runScript(u"ROLLBACK TO SAVEPOINT holdpoint_statement"_s); !undone)
        return savepointLost(undone.error());
    if (auto counted = counter.addWholeTables(tables); !counted)
        return notGuarded(counted.error());
    if (auto done = m_target.runForeign(sql); !done)
        return failed(done.error());
    const auto again = counter.replacedTables();
    if (!again)
        return notGuarded(again.error());
    for (const qint64 table : *again)
        if (!tables.contains(table))
            return blocked(u"a statement replaced other tables when it ran a second time"_s);
    if (auto accepted = counter.acceptReplaced(); !accepted)
        return notGuarded(accepted.error());
    if (auto released = m_target.runScript(releaseSavepoint); !released)
        return savepointLost(released.error());
    return {};
}

std::optional<GuardResult> Guard::checkCap(ChangeCounter &counter, const VerifiedRelease &release, qint64 &changed)
{
    const auto total = counter.total();
    if (!total)
        return notGuarded(total.error());
    changed = *total;
    if (changed <= release.rowCap())
        return {};
    const QLocale english(QLocale::English);
    return blocked(u"it would have changed %1 rows, cascades and triggers included; the release allows %2"_s.arg(
                       english.toString(changed), english.toString(release.rowCap())),
        changed);
}

/// Whatever can still stop it, right before COMMIT.
std::optional<GuardResult> Guard::checkLast(const MarkerKey &key, qint64 changed)
{
    const auto completed = completeMarker(m_target, key, changed);
    if (!completed)
        return notGuarded(completed.error());
    if (!*completed)
        return escaped();
    const auto revoked = m_agentRevoked();
    if (!revoked)
        return blocked(u"the store did not say whether the agent still has access: %1"_s.arg(revoked.error().text()));
    if (*revoked)
        return blocked(u"the agent was revoked while this ran"_s, changed);
    return {};
}

} // namespace holdpoint
