// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"
#include "core/store/executorstore.h"

namespace holdpoint {

/// One thread's connection to the store, made again whenever it is gone.
class StoreLink
{
public:
    /// @param component see Connection::open()
    StoreLink(QString conninfo, QString executor, QString component);
    ~StoreLink();
    Q_DISABLE_COPY_MOVE(StoreLink)

    /// Also called for each notification of the store, on this thread. To be set before the first open().
    void setListener(std::function<void()> listener);

    /// The store, on a connection that answered a moment ago or is new.
    std::expected<ExecutorStore *, Error> open();
    /// The store's clock, which alone says what has expired.
    std::expected<QDateTime, Error> clock();
    /// Counts the connections that were made: whoever sees another number has missed notifications.
    int generation() const { return m_generation; }

private:
    std::expected<void, Error> connect();

    QString m_conninfo;
    QString m_executor;
    QString m_component;
    std::function<void()> m_listener;
    std::optional<Connection> m_connection;
    std::optional<ExecutorStore> m_store;
    int m_generation = 0;
};

} // namespace holdpoint
