// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/impactsession.h"

#include "core/database/connection.h"
#include "core/impact/estimator.h"
#include "core/impact/lockholders.h"

#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

Impact ask(const ImpactRequest &request, const std::stop_token &stop, const Estimator::Progress &progress)
{
    auto connection = Connection::open(request.replica, u"impact"_s);
    if (!connection)
        return {.effects = {},
            .replicaLagSeconds = {},
            .at = QDateTime::currentDateTimeUtc(),
            .error = connection.error().text()};
    Estimator::Limits limits;
    limits.sensitive = request.sensitive;
    return Estimator(*connection, limits).estimate(request.assessment, stop, progress);
}

/// The figures do not wait for the primary.
Impact beforeHolders(Impact impact)
{
    impact.settled = false;
    impact.holdersUnknownBecause = u"the primary is still being asked"_s;
    return impact;
}

/// Asks the primary, on a connection of its own, who is in the way.
void addHolders(Impact &impact, const ImpactRequest &request)
{
    if (request.watch.isEmpty()) {
        impact.holdersUnknownBecause =
            u"no watch connection is set for this target: holdpointctl target watch %1 CONNINFO"_s.arg(request.target);
        return;
    }
    const QList<TableLock> locks = locksOf(request.assessment);
    if (locks.isEmpty()) {
        impact.holders = QList<LockHolder>();
        return;
    }
    auto connection = Connection::open(request.watch, u"watch"_s);
    const auto holders = connection ? lockHolders(*connection, locks) : std::unexpected(connection.error());
    if (holders)
        impact.holders = *holders;
    else
        impact.holdersUnknownBecause = holders.error().text();
}

} // namespace

ImpactSession::ImpactSession(QObject *parent)
    : QObject(parent)
{
}

void ImpactSession::request(const ImpactRequest &request)
{
    const quint64 number = ++m_newest;
    stopRunning();
    QMetaObject::invokeMethod(this, [this, number, request] { serve(number, request); }, Qt::QueuedConnection);
}

void ImpactSession::stop()
{
    ++m_newest;
    stopRunning();
}

void ImpactSession::stopRunning()
{
    const QMutexLocker lock(&m_mutex);
    // Stopping talks to the server, and the caller may be the thread that serves the window.
    if (m_running.stop_possible())
        QThreadPool::globalInstance()->start([running = m_running]() mutable { running.request_stop(); });
}

bool ImpactSession::isWanted(quint64 number) const
{
    return number == m_newest;
}

void ImpactSession::serve(quint64 number, const ImpactRequest &request)
{
    std::stop_source running;
    {
        // A newer request either finds this one to stop, or is found here to be wanted instead.
        const QMutexLocker lock(&m_mutex);
        if (!isWanted(number))
            return;
        m_running = running;
    }
    const auto answer = [&](const Impact &impact) {
        if (isWanted(number))
            Q_EMIT answered(request.action, request.revision, impact);
    };
    Impact impact = ask(request, running.get_token(), answer);
    if (isWanted(number)) {
        if (!request.watch.isEmpty())
            answer(beforeHolders(impact));
        addHolders(impact, request);
    }
    {
        const QMutexLocker lock(&m_mutex);
        m_running = std::stop_source(std::nostopstate);
    }
    answer(impact);
}

} // namespace holdpoint
