// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/demo/agentatwork.h"

#include "core/database/connection.h"
#include "core/store/storeclient.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
const QString target = u"prod-eu"_s;
}

AgentAtWork::AgentAtWork(std::function<QString(const QString &)> storeOf, QObject *parent)
    : QObject(parent)
    , m_storeOf(std::move(storeOf))
    , m_timer(new QTimer(this))
{
    connect(m_timer, &QTimer::timeout, this, &AgentAtWork::submitNext);
}

std::expected<qint64, Error> AgentAtWork::submit(const Scene &scene)
{
    auto connection = Connection::open(m_storeOf(scene.agent), u"agent"_s);
    if (!connection)
        return std::unexpected(connection.error());
    const auto result = StoreClient(*connection).submit(target, scene.sql, scene.title, scene.reason);
    if (!result)
        return std::unexpected(result.error());
    Q_EMIT submitted(result->action, scene.agent, scene.title);
    return result->action;
}

std::expected<qsizetype, Error> AgentAtWork::submitOpeningScenes()
{
    const QList<Scene> scenes = openingScenes();
    for (const Scene &scene : scenes)
        if (const auto action = submit(scene); !action)
            return std::unexpected(action.error());
    return scenes.size();
}

void AgentAtWork::keepSubmitting(std::chrono::milliseconds interval)
{
    m_timer->start(interval);
}

void AgentAtWork::submitNext()
{
    const Scene scene = laterScene(m_next++);
    if (m_silenced.contains(scene.agent))
        return;
    const auto action = submit(scene);
    if (action || action.error().code == Error::Code::Unreachable)
        return;
    m_silenced.insert(scene.agent);
    Q_EMIT refused(scene.agent, action.error().message);
}

} // namespace holdpoint
