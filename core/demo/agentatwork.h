// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"
#include "core/demo/scenes.h"

#include <QObject>
#include <QSet>

#include <chrono>
#include <expected>
#include <functional>

class QTimer;

namespace holdpoint {

/// The agents of the demo: each submission signs in with its agent's own role, asks, and leaves. Waits for the store
/// on the thread that it lives on.
class AgentAtWork final : public QObject
{
    Q_OBJECT
public:
    /// @param storeOf the store's connection string for an agent's role, as in service=holdpoint-etl-agent
    explicit AgentAtWork(std::function<QString(const QString &agent)> storeOf, QObject *parent = nullptr);

    /// The number of the action.
    std::expected<qint64, Error> submit(const Scene &scene);
    /// Submits openingScenes() and stops at the first error; how many there are.
    std::expected<qsizetype, Error> submitOpeningScenes();
    /// Submits a laterScene() now and then, from the event loop. An agent that is refused, as it is once revoked, is
    /// not heard of again.
    void keepSubmitting(std::chrono::milliseconds interval);

Q_SIGNALS:
    void submitted(qint64 action, const QString &agent, const QString &title);
    void refused(const QString &agent, const QString &why);

private:
    void submitNext();

    std::function<QString(const QString &)> m_storeOf;
    QTimer *m_timer;
    QSet<QString> m_silenced;
    int m_next = 0;
};

} // namespace holdpoint
