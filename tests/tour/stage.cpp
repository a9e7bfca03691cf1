// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/stage.h"

#include "app/console/console.h"
#include "core/assessment/analyzerclient.h"
#include "core/store/storeclient.h"
#include "ui/mainwindow.h"
#include "ui/queue/queuepage.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

template <typename T> T got(std::expected<T, Error> answer, const QString &what)
{
    require(answer.has_value(), answer ? QString() : u"%1: %2"_s.arg(what, answer.error().text()));
    return std::move(*answer);
}

} // namespace

Stage::Stage(const Options &options)
    : m_options(options)
    , m_camera(std::make_unique<Camera>(options.pictures))
{
}

Stage::~Stage() = default;

MainWindow &Stage::window()
{
    return m_console->window();
}

void Stage::picture(const QString &name)
{
    m_camera->take(window(), name);
}

void Stage::pictureOfFailure()
{
    if (m_console)
        picture(u"failed"_s);
}

void Stage::buildWorld()
{
    // The servers run as another user where the tour runs as root.
    QFile::setPermissions(m_directory.path(), QFile::Permissions(0x7011));
    m_world =
        got(World::create({.directory = m_directory.filePath(u"world"_s), .scale = m_options.scale}), u"the servers"_s);
    m_agents = std::make_unique<AgentAtWork>(
        [this](const QString &agent) { return m_world->conninfo(u"holdpoint-"_s + agent); });
}

void Stage::startExecutor()
{
    m_executor = got(
        m_world->startExecutor(QCoreApplication::applicationDirPath() + u"/holdpoint-executor"_s), u"the executor"_s);
}

void Stage::openConsole()
{
    m_console = std::make_unique<Console>(Console::Options{
        .store = {}, .analyzer = analyzerProgram(), .settingsPath = m_directory.filePath(u"console.ini"_s)});
    m_hands = std::make_unique<Hands>(window(), m_patience);
    m_console->start();
    window().resize(1280, 800);
    window().show();
    m_patience.settle();
}

Connection Stage::signIn(const QString &service)
{
    return got(Connection::open(m_world->conninfo(service), u"tour"_s), u"sign-in as "_s + service);
}

Action Stage::action(qint64 id)
{
    Connection connection = signIn(u"holdpoint-auditor"_s);
    return got(StoreClient(connection).action(id), u"action %1"_s.arg(id));
}

Scene Stage::scene(const QString &title)
{
    const QList<Scene> scenes = openingScenes();
    const auto found = std::ranges::find(scenes, title, &Scene::title);
    require(found != scenes.cend(), u"the demo has the scene “%1”"_s.arg(title));
    return *found;
}

qint64 Stage::submit(const Scene &scene)
{
    return got(m_agents->submit(scene), scene.title);
}

qint64 Stage::onPrimary(const QString &expression)
{
    Connection primary = signIn(u"prod-eu-admin"_s);
    return got(primary.run(u"SELECT (%1)::bigint AS n"_s.arg(expression)), expression).first().number(u"n"_s);
}

qint64 Stage::waitForState(qint64 id, ActionState state)
{
    const qint64 milliseconds = m_patience.until(u"action %1 is %2 in the window"_s.arg(id).arg(toText(state)), [&] {
        const Action *opened = m_hands->queue().openedAction();
        return opened && opened->id == id && opened->state == state;
    });
    require(action(id).state == state, u"action %1 is %2 in the store"_s.arg(id).arg(toText(state)));
    return milliseconds;
}

} // namespace holdpoint
