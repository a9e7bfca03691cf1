// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/storelink.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

StoreLink::StoreLink(QString conninfo, QString executor, QString component)
    : m_conninfo(std::move(conninfo))
    , m_executor(std::move(executor))
    , m_component(std::move(component))
{
}

StoreLink::~StoreLink() = default;

void StoreLink::setListener(std::function<void()> listener)
{
    m_listener = std::move(listener);
}

std::expected<ExecutorStore *, Error> StoreLink::open()
{
    if (!m_connection || !m_connection->run(u"SELECT 1"_s))
        if (auto connected = connect(); !connected)
            return std::unexpected(connected.error());
    return &*m_store;
}

std::expected<QDateTime, Error> StoreLink::clock()
{
    return open()
        .and_then([this](ExecutorStore *) { return m_connection->run(u"SELECT clock_timestamp() AS now"_s); })
        .transform([](const Rows &rows) { return rows.constFirst().time(u"now"_s); });
}

std::expected<void, Error> StoreLink::connect()
{
    m_store.reset();
    m_connection.reset();
    auto connection = Connection::open(m_conninfo, m_component);
    if (!connection)
        return std::unexpected(connection.error());
    if (m_listener)
        if (auto listening =
                connection->listen(u"holdpoint"_s, [listener = m_listener](const QString &) { listener(); });
            !listening)
            return listening;
    m_connection = std::move(*connection);
    m_store.emplace(*m_connection, m_executor);
    ++m_generation;
    return {};
}

} // namespace holdpoint
