// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/executorconfig.h"
#include "core/execution/storelink.h"

#include <QDeadlineTimer>
#include <QObject>

class QTimer;

namespace holdpoint {

/// Ends the access of revoked agents on every target, and tries for ever: a revocation is over when it is confirmed.
///
/// Lives on a thread of its own, with an event loop, so that no execution delays it.
class RevocationWorker final : public QObject
{
    Q_OBJECT
public:
    explicit RevocationWorker(ExecutorConfig config);
    ~RevocationWorker() override;

    /// To be called on the worker's thread, once.
    void start();

private:
    using Key = std::pair<qint64, QString>; ///< revocation and target

    void work();
    void workOff(const QList<OpenRevocation> &open);
    void endOne(const OpenRevocation &revocation);
    std::expected<void, Error> endAndRecord(const OpenRevocation &revocation);
    std::expected<void, Error> onStore(const std::function<std::expected<void, Error>(ExecutorStore &)> &call);

    ExecutorConfig m_config;
    StoreLink m_link;
    QTimer *m_timer;
    QHash<Key, int> m_failures; ///< in a row, since this executor started
    QHash<Key, QDeadlineTimer> m_notBefore;
};

} // namespace holdpoint
