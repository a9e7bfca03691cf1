// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/executorconfig.h"
#include "core/execution/storelink.h"

#include <QObject>

class QTimer;

namespace holdpoint {

/// Tells the store every three seconds that the executor lives, and ends what nobody decided in time. On a thread of
/// its own: an executor that is busy with a long statement, or with a target that does not answer, is alive.
class PulseWorker final : public QObject
{
    Q_OBJECT
public:
    explicit PulseWorker(const ExecutorConfig &config);
    ~PulseWorker() override;

    /// To be called on the worker's thread, once.
    void start();

private:
    void beat();

    StoreLink m_link;
    QStringList m_sandboxes;
    QTimer *m_timer;
};

} // namespace holdpoint
