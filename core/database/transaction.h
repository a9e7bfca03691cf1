// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"

namespace holdpoint {

/// A transaction that rolls back unless commit() was called.
class Transaction
{
public:
    /// @param mode what follows BEGIN, as in `READ ONLY ISOLATION LEVEL REPEATABLE READ`
    static std::expected<Transaction, Error> begin(Connection &connection, const QString &mode = {});
    Transaction(Transaction &&other) noexcept;
    ~Transaction();
    Q_DISABLE_COPY(Transaction)
    Transaction &operator=(Transaction &&) = delete;

    std::expected<void, Error> commit();

private:
    explicit Transaction(Connection &connection);
    Connection *m_connection;
};

} // namespace holdpoint
