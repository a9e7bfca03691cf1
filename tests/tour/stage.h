// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"
#include "core/demo/agentatwork.h"
#include "core/demo/world.h"
#include "core/store/action.h"
#include "tests/tour/camera.h"
#include "tests/tour/hands.h"
#include "tests/tour/transcript.h"

#include <QProcess>
#include <QTemporaryDir>

namespace holdpoint {

class Console;
class MainWindow;

/// What the tour is played on: real servers, a real executor, the real console, and other people beside it.
class Stage
{
public:
    struct Options
    {
        QString pictures; ///< folder; empty: none are taken
        double scale = 0.2;
    };

    explicit Stage(const Options &options);
    ~Stage();
    Q_DISABLE_COPY_MOVE(Stage)

    World &world() { return *m_world; }
    MainWindow &window();
    Hands &hands() { return *m_hands; }
    Patience &patience() { return m_patience; }
    Transcript &transcript() { return m_transcript; }
    void picture(const QString &name);
    /// What the window looked like when a step failed, if there is a window.
    void pictureOfFailure();
    int pictures() const { return m_camera->taken(); }

    void buildWorld();
    void startExecutor();
    void openConsole();

    /// A sign-in of somebody else, which must succeed.
    Connection signIn(const QString &service);
    /// The action as the store has it.
    Action action(qint64 id);
    /// Submits as the scene's agent; the action's number.
    qint64 submit(const Scene &scene);
    /// The demo's opening scene with this title.
    static Scene scene(const QString &title);
    /// A number from the production primary itself.
    qint64 onPrimary(const QString &expression);
    /// Waits until the store has the action in this state, and the window shows it.
    qint64 waitForState(qint64 action, ActionState state);

private:
    Options m_options;
    QTemporaryDir m_directory{QStringLiteral("/tmp/holdpoint-tour-XXXXXX")};
    Transcript m_transcript;
    Patience m_patience;
    std::unique_ptr<Camera> m_camera;
    std::unique_ptr<World> m_world;
    QProcess *m_executor = nullptr;
    std::unique_ptr<AgentAtWork> m_agents;
    std::unique_ptr<Console> m_console;
    std::unique_ptr<Hands> m_hands;
};

} // namespace holdpoint
