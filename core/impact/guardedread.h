// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"
#include "core/database/transaction.h"
#include "core/impact/impact.h"

#include <chrono>
#include <memory>

namespace holdpoint {

/// What one question may cost the replica.
struct ReadLimits
{
    std::chrono::milliseconds planning{2000};
    std::chrono::milliseconds counting{5000};
    std::chrono::milliseconds showing{2000}; ///< of the first rows
    std::chrono::milliseconds lockWait{200};
    qint64 rows = 1'000'000; ///< counting stops here: "more than"
};

/// One read-only transaction on a standby with tight limits, for statements that nobody trusts. Rolls back.
///
/// The text goes behind words of ours and is never wrapped in brackets that it could close: whatever it holds, the
/// server sees one EXPLAIN or one cursor. A text that changes a setting cannot loosen the limits of what follows. A
/// session in which a limit was hit, or which was lost, is given up: the next question has a new one.
class GuardedRead
{
public:
    /// Refused by a server that is no standby, also by one that was promoted since it was last asked.
    static std::expected<GuardedRead, Error> begin(Connection &replica, const ReadLimits &limits);
    GuardedRead(GuardedRead &&) noexcept = default;
    GuardedRead &operator=(GuardedRead &&) = delete;
    ~GuardedRead();
    Q_DISABLE_COPY(GuardedRead)

    /// The plan of a SELECT as JSON; nothing of it runs but what the planner itself evaluates.
    std::expected<QByteArray, Error> explain(const QByteArray &select);
    /// The first rows of a SELECT and, where there are more, one beyond. Values longer than longestShown are cut there,
    /// on the server, to one character more.
    /// @param columns that it must have; any other number is an error
    std::expected<ForeignResult, Error> first(const QByteArray &select, qsizetype columns, qint64 rows);
    /// How many rows a SELECT gives, counted by running it up to the limit.
    std::expected<Figure, Error> count(const QByteArray &select);

private:
    GuardedRead(Connection &replica, const ReadLimits &limits, Transaction transaction);
    std::expected<ForeignResult, Error> fromCursor(
        const QByteArray &select, const QByteArray &command, std::chrono::milliseconds time);
    std::expected<ForeignResult, Error> send(const QByteArray &text);
    std::expected<void, Error> limitNext(std::chrono::milliseconds time);

    Connection *m_replica;
    ReadLimits m_limits;
    std::unique_ptr<Transaction> m_transaction;
    bool m_isSpent = false; ///< a limit was hit: nobody knows what the session still holds
};

/// Says no to what cannot be one reading statement: another first word than SELECT or WITH, a NUL, too long a text.
std::expected<QByteArray, Error> readingStatement(const QString &sql);

} // namespace holdpoint
