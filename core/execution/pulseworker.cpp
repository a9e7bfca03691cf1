// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/pulseworker.h"

#include "core/execution/log.h"

#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

PulseWorker::PulseWorker(const ExecutorConfig &config)
    : m_link(config.store, config.name, u"pulse"_s)
    , m_sandboxes(config.sandboxes())
    , m_timer(new QTimer(this))
{
    m_timer->setInterval(3s);
    connect(m_timer, &QTimer::timeout, this, &PulseWorker::beat);
}

PulseWorker::~PulseWorker() = default;

void PulseWorker::start()
{
    beat();
    m_timer->start();
}

void PulseWorker::beat()
{
    const auto store = m_link.open();
    if (!store)
        return;
    if (auto heard = (*store)->heartbeat(QStringLiteral(HOLDPOINT_VERSION), m_sandboxes); !heard)
        qCWarning(executorLog).noquote() << "the store does not take the heartbeat:" << heard.error().text();
    if (const auto expired = (*store)->expireDue(); expired && *expired > 0)
        qCInfo(executorLog).noquote() << u"%1 actions expired"_s.arg(*expired);
}

} // namespace holdpoint
