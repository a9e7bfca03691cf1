// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/guardedread.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype longestStatement = 4 * 1024 * 1024;

/// An error may quote what a text has made, however long that is.
constexpr qsizetype longestMessage = 1000;

Error refusal(const QString &message)
{
    return {Error::Code::Refused, message, {}, {}};
}

/// As a superuser alone may set it, unless he has granted the right to.
constexpr auto limitTempFiles = "SELECT set_config('temp_file_limit', '65536', true)"
                                " WHERE has_parameter_privilege('temp_file_limit', 'SET')";

/// Row security would silently hide rows from the reading role that the writing one sees: with it off, the server
/// refuses instead, and the figure is unknown.
constexpr auto fixedSettings = "SET LOCAL search_path = public, pg_temp;"
                               "SET LOCAL row_security = off;"
                               "SET LOCAL standard_conforming_strings = on;"
                               "SET LOCAL work_mem = '16MB';"
                               "SET LOCAL hash_mem_multiplier = 1;"
                               "SET LOCAL cursor_tuple_fraction = 1;"
                               "SET LOCAL max_parallel_workers_per_gather = 0;"
                               "SET LOCAL jit = off;";

/// A text that the server has read as one SELECT by itself has no bracket that could close the one before it.
QByteArray cut(const QByteArray &select, qsizetype columns)
{
    QByteArrayList names, values;
    for (qsizetype column = 1; column <= columns; ++column) {
        names.append("c" + QByteArray::number(column));
        values.append("pg_catalog.left(" + names.last() + "::text, " + QByteArray::number(longestShown + 1) + ')');
    }
    return "SELECT " + values.join(", ") + " FROM (\n" + select + "\n) AS shown(" + names.join(", ") + ')';
}

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
    if (m_isSpent || !m_replica->isOpen()) {
        // Where that fails, the next question says so.
        (void)m_replica->reopen();
        return;
    }
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
    return m_replica->runScript(times + QLatin1StringView(fixedSettings) + QLatin1StringView(limitTempFiles));
}

std::expected<ForeignResult, Error> GuardedRead::send(const QByteArray &text)
{
    auto answer = m_replica->runForeign(text);
    if (!answer) {
        m_isSpent = m_isSpent || answer.error().code == Error::Code::TimedOut;
        if (QString &message = answer.error().message; message.size() > longestMessage)
            message = message.first(longestMessage) + u'…';
    }
    return answer;
}

std::expected<QByteArray, Error> GuardedRead::explain(const QByteArray &select)
{
    const auto answer = send("EXPLAIN (ANALYZE OFF, FORMAT JSON) " + select);
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
    const auto declared = send("DECLARE holdpoint_rows NO SCROLL CURSOR FOR " + select);
    if (!declared)
        return std::unexpected(declared.error());
    return limitNext(time)
        .and_then([&] { return send(command + " holdpoint_rows"); })
        .and_then([&](const ForeignResult &result) {
            return send("CLOSE holdpoint_rows").transform([&](const ForeignResult &) { return result; });
        });
}

std::expected<ForeignResult, Error> GuardedRead::first(const QByteArray &select, qsizetype columns, qint64 rows)
{
    // FETCH 0 runs nothing, and tells the columns.
    const auto shape = fromCursor(select, "FETCH 0 FROM", m_limits.showing);
    if (!shape)
        return shape;
    if (shape->columns.size() != columns)
        return std::unexpected(refusal(u"the rows have other columns than the catalogue said"_s));
    return fromCursor(
        cut(select, columns), "FETCH FORWARD " + QByteArray::number(rows + 1) + " FROM", m_limits.showing);
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
