// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/guardedscript.h"

#include "core/database/connection.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int firstWithTransactionTimeout = 170000;

const QString releaseSavepoint = u"RELEASE SAVEPOINT holdpoint_statement"_s;

// Again before every statement and before the count: a function may have changed them. A commit that the server has
// not written down could be lost after the store was told of it.
const QString pinned = u"SET LOCAL search_path = public; SET LOCAL synchronous_commit = on;"_s;

/// Of a statement about our own savepoint, which is gone only with the transaction.
GuardResult savepointLost(const Error &error)
{
    return error.code == Error::Code::Unreachable ? GuardResult::failed(error) : GuardResult::escaped();
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

GuardedScript::GuardedScript(Connection &target, const GuardTimeouts &timeouts)
    : m_target(target)
    , m_timeouts(timeouts)
{
}

std::optional<GuardResult> GuardedScript::applySettings()
{
    if (auto set = m_target.runScript(settings(m_timeouts, m_target.serverVersion())); !set)
        return GuardResult::notGuarded(set.error());
    return {};
}

std::optional<GuardResult> GuardedScript::settleConstraints()
{
    if (auto set = m_target.runScript(u"SET CONSTRAINTS ALL IMMEDIATE;"_s + pinned); !set)
        return GuardResult::failed(set.error());
    return {};
}

std::expected<void, Error> GuardedScript::send(const QByteArray &sql)
{
    const auto start = std::chrono::steady_clock::now();
    return m_target.runForeign(sql).transform([&](const ForeignResult &answer) {
        m_took = std::chrono::steady_clock::now() - start;
        m_commandTag = answer.commandTag;
    });
}

std::optional<GuardResult> GuardedScript::runStatement(ChangeCounter &counter, const QByteArray &sql)
{
    if (auto set = m_target.runScript(pinned + u"SAVEPOINT holdpoint_statement"_s); !set)
        return GuardResult::notGuarded(set.error());
    if (auto done = send(sql); !done)
        return GuardResult::failed(done.error());
    if (!m_target.inHealthyTransaction())
        return GuardResult::escaped();
    const auto replaced = counter.replacedTables();
    if (!replaced)
        return GuardResult::notGuarded(replaced.error());
    if (!replaced->isEmpty())
        return runReplacing(counter, sql, *replaced);
    if (auto released = m_target.runScript(releaseSavepoint); !released)
        return savepointLost(released.error());
    return {};
}

/// The statement truncated, dropped or rewrote tables, which nothing counts afterwards: it is undone, what it would
/// take is counted under lock, and it runs again.
std::optional<GuardResult> GuardedScript::runReplacing(
    ChangeCounter &counter, const QByteArray &sql, const QList<qint64> &tables)
{
    if (auto undone = m_target.runScript(u"ROLLBACK TO SAVEPOINT holdpoint_statement"_s); !undone)
        return savepointLost(undone.error());
    if (auto counted = counter.addWholeTables(tables); !counted)
        return GuardResult::notGuarded(counted.error());
    if (auto done = send(sql); !done)
        return GuardResult::failed(done.error());
    const auto again = counter.replacedTables();
    if (!again)
        return GuardResult::notGuarded(again.error());
    for (const qint64 table : *again)
        if (!tables.contains(table))
            return GuardResult::blocked(u"a statement replaced other tables when it ran a second time"_s);
    if (auto accepted = counter.acceptReplaced(); !accepted)
        return GuardResult::notGuarded(accepted.error());
    if (auto released = m_target.runScript(releaseSavepoint); !released)
        return savepointLost(released.error());
    return {};
}

} // namespace holdpoint
