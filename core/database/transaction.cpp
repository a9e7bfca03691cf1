// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

Transaction::Transaction(Connection &connection)
    : m_connection(&connection)
{
}

Transaction::Transaction(Transaction &&other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
{
}

Transaction::~Transaction()
{
    // A failure here means that the link is gone, and then the server rolls back by itself.
    if (m_connection)
        (void)m_connection->run(u"ROLLBACK"_s);
}

std::expected<Transaction, Error> Transaction::begin(Connection &connection, const QString &mode)
{
    if (auto begun = connection.run(u"BEGIN "_s + mode); !begun)
        return std::unexpected(begun.error());
    return Transaction(connection);
}

std::expected<void, Error> Transaction::commit()
{
    Connection *connection = std::exchange(m_connection, nullptr);
    // PostgreSQL answers COMMIT of a failed transaction with success and rolls back.
    const bool healthy = connection->inHealthyTransaction();
    if (auto done = connection->run(healthy ? u"COMMIT"_s : u"ROLLBACK"_s); !done)
        return std::unexpected(done.error());
    if (!healthy)
        return std::unexpected(Error{Error::Code::Failed, u"the transaction had failed and was rolled back"_s, {}, {}});
    return {};
}

} // namespace holdpoint
