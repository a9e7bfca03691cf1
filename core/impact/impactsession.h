// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/impact/impact.h"

#include <QMutex>
#include <QObject>

#include <atomic>
#include <stop_token>

namespace holdpoint {

/// What a person wants to know of one revision.
struct ImpactRequest
{
    qint64 action = 0;
    int revision = 0;
    Assessment assessment;
    QString replica; ///< connection string of the target's read replica
    QString watch = {}; ///< connection string of the primary, for who holds locks there; empty: nobody is asked
    QString target = {}; ///< its name, for advice
    QStringList sensitive = {}; ///< columns whose values nobody sees; see readPreview()
};

/// Asks replicas on a thread of its own. Only the newest request counts: an older one that still runs is stopped on
/// the server, and its answer is dropped.
///
/// Every request gets a connection of its own, so that nothing of one agent's text outlives its estimate.
class ImpactSession final : public QObject
{
    Q_OBJECT
public:
    explicit ImpactSession(QObject *parent = nullptr);

    /// Safe from any thread; returns at once.
    void request(const ImpactRequest &request);
    /// Stops what runs and wants no answer any more. Safe from any thread; returns at once.
    void stop();

Q_SIGNALS:
    /// Comes several times, with more each time; the last one is settled.
    void answered(qint64 action, int revision, const holdpoint::Impact &impact);

private:
    void serve(quint64 number, const ImpactRequest &request);
    bool isWanted(quint64 number) const;
    void stopRunning();

    std::atomic<quint64> m_newest = 0;
    QMutex m_mutex;
    std::stop_source m_running{std::nostopstate}; ///< of the request that is being served; guarded by m_mutex
};

} // namespace holdpoint
