// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/executorconfig.h"
#include "core/execution/log.h"
#include "core/execution/storelink.h"

#include <QDeadlineTimer>
#include <QObject>

class QTimer;

namespace holdpoint {

/// Ends the access of revoked agents on one target, and tries for ever: a revocation is over when it is confirmed.
///
/// Lives on a thread of its own, with an event loop, so that neither an execution nor another target delays it.
class RevocationWorker final : public QObject
{
    Q_OBJECT
public:
    /// @param target empty for every target that the configuration lacks: there, all it can do is to say so
    RevocationWorker(ExecutorConfig config, QString target);
    ~RevocationWorker() override;

    /// To be called on the worker's thread, once.
    void start();

private:
    using Key = std::pair<qint64, QString>; ///< revocation and target

    void work();
    bool isMine(const OpenRevocation &revocation) const;
    void workOff(const QList<OpenRevocation> &open);
    void endOne(const OpenRevocation &revocation);
    std::expected<void, Error> endAndRecord(const OpenRevocation &revocation);
    std::expected<void, Error> onStore(const std::function<std::expected<void, Error>(ExecutorStore &)> &call);

    ExecutorConfig m_config;
    QString m_target;
    StoreLink m_link;
    QTimer *m_timer;
    Complaint m_notTold;
    QHash<Key, int> m_failures; ///< in a row, since this executor started
    QHash<Key, QDeadlineTimer> m_notBefore;
};

} // namespace holdpoint
