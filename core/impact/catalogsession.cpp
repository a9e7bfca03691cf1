// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/catalogsession.h"

#include "core/catalog/catalogreader.h"
#include "core/database/connection.h"
#include "core/impact/replicacheck.h"

#include <QDeadlineTimer>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int mostAtOnce = 4;

std::expected<CatalogSnapshot, Error> readFrom(const QString &replica, const QString &target)
{
    auto connection = Connection::open(replica, u"catalog"_s);
    if (!connection)
        return std::unexpected(connection.error());
    return checkReplica(*connection).and_then([&] { return readCatalog(*connection, target); });
}

} // namespace

CatalogSession::CatalogSession(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(mostAtOnce);
}

void CatalogSession::request(const QString &target, const QString &replica)
{
    m_pool.start([this, target, replica] {
        const auto catalog = readFrom(replica, target);
        // The signal is queued to its receiver, which lives on the window's thread.
        Q_EMIT answered(target, catalog.value_or(CatalogSnapshot()), catalog ? QString() : catalog.error().text());
    });
}

bool CatalogSession::waitForDone(std::chrono::milliseconds patience)
{
    return m_pool.waitForDone(QDeadlineTimer(patience));
}

} // namespace holdpoint
