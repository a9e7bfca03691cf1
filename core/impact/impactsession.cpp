// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/impactsession.h"

#include "core/database/connection.h"
#include "core/impact/estimator.h"

#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace holdpoint {

ImpactSession::ImpactSession(QObject *parent)
    : QObject(parent)
{
}

void ImpactSession::request(const ImpactRequest &request)
{
    const quint64 number = ++m_newest;
    cancelRunning();
    QMetaObject::invokeMethod(
        this, [this, number, request] { serve(number, request); }, Qt::QueuedConnection);
}

void ImpactSession::cancelRunning()
{
    const QMutexLocker lock(&m_mutex);
    // Cancelling talks to the server, and the caller may be the thread that serves the window.
    if (m_running)
        QThreadPool::globalInstance()->start([running = m_running] { running->cancel(); });
}

bool ImpactSession::isWanted(quint64 number) const
{
    return number == m_newest;
}

void ImpactSession::serve(quint64 number, const ImpactRequest &request)
{
    if (!isWanted(number))
        return;
    const Impact impact = ask(number, request);
    {
        const QMutexLocker lock(&m_mutex);
        m_running.reset();
    }
    if (isWanted(number))
        Q_EMIT answered(request.action, request.revision, impact);
}

Impact ImpactSession::ask(quint64 number, const ImpactRequest &request)
{
    auto connection = Connection::open(request.replica, u"impact"_s);
    if (!connection)
        return {.effects = {}, .replicaLagSeconds = {}, .at = QDateTime::currentDateTimeUtc(),
            .error = connection.error().text()};
    {
        const QMutexLocker lock(&m_mutex);
        m_running = connection->canceller();
    }
    Estimator estimator(*connection);
    if (auto usable = estimator.check(); !usable)
        return {.effects = {}, .replicaLagSeconds = {}, .at = QDateTime::currentDateTimeUtc(),
            .error = usable.error().text()};
    if (!isWanted(number))
        return {};
    return estimator.estimate(request.assessment);
}

} // namespace holdpoint
