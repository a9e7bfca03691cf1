// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/guardedread.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype longestStatement = 4 * 1024 * 1024;

Error refusal(const QString &message)
{
    return {Error::Code::Refused, message, {}, {}};
}

/// As a superuser alone may set it, unless he has granted the right to.
constexpr auto limitTempFiles = "SELECT set_config('temp_file_limit', '65536', true)"
                                " WHERE has_parameter_privilege('temp_file_limit', 'SET')"_L1;

/// Row security would silently hide rows from the reading role that the writing one sees: with it off, the server
/// refuses instead, and the figure is unknown.
constexpr auto fixedSettings = "SET LOCAL search_path = public, pg_temp;"
                               "SET LOCAL row_security = off;"
                               "SET LOCAL standard_conforming_strings = on;"
                               "SET LOCAL work_mem = '16MB';"
                               "SET LOCAL hash_mem_multiplier = 1;"
                               "SET LOCAL cursor_tuple_fraction = 1;"
                               "SET LOCAL max_parallel_workers_per_gather = 0;"
                               "SET LOCAL jit = off;"_L1;

} // namespace

std::expected<QByteArray, Error> readingStatement(const QString &sql)
{
    static const QRegularExpression reading(u"^(select|with)\\b"_s, QRegularExpression::CaseInsensitiveOption);
    if (!reading.match(sql).hasMatch())
        return std::unexpected(refusal(u"what would tell its rows is no SELECT"_s));
    if (sql.contains(QChar::Null))
        return std::unexpected(refusal(u"the statement holds a NUL"_s));
    QByteArray bytes = sql.toUtf8();
    if (bytes.size() > longestStatement)
        return std::unexpected(refusal(u"the statement is longer than 4 MiB"_s));
    return bytes;
}

GuardedRead::GuardedRead(Connection &replica, const ReadLimits &limits, Transaction transaction)
    : m_replica(&replica)
    , m_limits(limits)
    , m_transaction(std::make_unique<Transaction>(std::move(transaction)))
{
}

GuardedRead::~GuardedRead()
{
    if (!m_transaction)
        return;
    m_transaction.reset();
    // The one thing that a reading statement can leave behind in a session.
    (void)m_replica->run(u"SELECT pg_advisory_unlock_all()"_s);
}

std::expected<GuardedRead, Error> GuardedRead::begin(Connection &replica, const ReadLimits &limits)
{
    auto transaction = Transaction::begin(replica, u"ISOLATION LEVEL REPEATABLE READ READ ONLY"_s);
    if (!transaction)
        return std::unexpected(transaction.error());
    GuardedRead read(replica, limits, std::move(*transaction));
    if (auto limited = read.limitNext(limits.planning); !limited)
        return std::unexpected(limited.error());
    const auto standby = replica.run(u"SELECT pg_is_in_recovery() AS standby"_s);
    if (!standby)
        return std::unexpected(standby.error());
    if (!standby->first().flag(u"standby"_s))
        return std::unexpected(Error{Error::Code::Refused, u"the server given as replica is a primary"_s,
            u"give the target the address of a standby"_s, {}});
    return read;
}

std::expected<void, Error> GuardedRead::limitNext(std::chrono::milliseconds time)
{
    const QString times = u"SET LOCAL statement_timeout = %1; SET LOCAL lock_timeout = %2;"_s.arg(time.count())
                              .arg(m_limits.lockWait.count());
    if (auto set = m_replica->runScript(times + fixedSettings); !set)
        return set;
    if (auto set = m_replica->run(limitTempFiles); !set)
        return std::unexpected(set.error());
    return {};
}

std::expected<QByteArray, Error> GuardedRead::explain(const QByteArray &select)
{
    const auto answer = m_replica->runForeign("EXPLAIN (ANALYZE OFF, FORMAT JSON) " + select);
    if (!answer)
        return std::unexpected(answer.error());
    QByteArray plan;
    for (const auto &row : answer->rows)
        plan += row.isEmpty() ? QByteArray() : row.first().value_or(QByteArray());
    return plan;
}

std::expected<ForeignResult, Error> GuardedRead::fromCursor(
    const QByteArray &select, const QByteArray &command, std::chrono::milliseconds time)
{
    if (auto limited = limitNext(m_limits.planning); !limited)
        return std::unexpected(limited.error());
    const auto declared = m_replica->runForeign("DECLARE holdpoint_rows NO SCROLL CURSOR FOR " + select);
    if (!declared)
        return std::unexpected(declared.error());
    return limitNext(time)
        .and_then([&] { return m_replica->runForeign(command + " holdpoint_rows"); })
        .and_then([&](const ForeignResult &result) {
            return m_replica->runForeign("CLOSE holdpoint_rows").transform([&](const ForeignResult &) {
                return result;
            });
        });
}

std::expected<ForeignResult, Error> GuardedRead::first(const QByteArray &select, qint64 rows)
{
    return fromCursor(select, "FETCH FORWARD " + QByteArray::number(rows + 1) + " FROM", m_limits.showing);
}

std::expected<Figure, Error> GuardedRead::count(const QByteArray &select)
{
    const auto moved =
        fromCursor(select, "MOVE FORWARD " + QByteArray::number(m_limits.rows + 1) + " IN", m_limits.counting);
    if (!moved)
        return std::unexpected(moved.error());
    const bool more = moved->rowsByTag > m_limits.rows;
    return Figure{.rows = more ? m_limits.rows : moved->rowsByTag, .atLeast = more, .unknownBecause = {}};
}

} // namespace holdpoint
