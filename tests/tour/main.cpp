// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/acts.h"
#include "ui/theme.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

/// Qt's offscreen platform says for every dialog what it cannot do.
void passOn(QtMsgType, const QMessageLogContext &, const QString &message)
{
    if (!message.contains(u"propagateSizeHints"_s))
        std::fprintf(stderr, "%s\n", qUtf8Printable(message));
}

void play(Stage &stage)
{
    Transcript &transcript = stage.transcript();
    transcript.act(u"Setting the stage"_s);
    stage.buildWorld();
    transcript.say(u"a store, a production primary with its streaming replica, and a sandbox are running"_s);
    stage.startExecutor();
    stage.openConsole();

    playSignIn(stage);
    const Cast cast = playQueueFills(stage);
    playWrite(stage, cast);
    playCritical(stage, cast);
    playTrial(stage, cast);
    playRejection(stage, cast);
    playChangesRequested(stage, cast);
    playRowCap(stage, cast);
    playHostileText(stage, cast);
    playLostLink(stage);
    playKillSwitch(stage, cast);
    playRecord(stage);
    transcript.say(
        u"%1 pictures; the window's thread was never busy longer than %2 ms at a stretch"_s.arg(stage.pictures())
            .arg(stage.patience().longestStall().count()));
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler(passOn);
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"holdpoint"_s);
    QApplication::setApplicationDisplayName(u"Holdpoint"_s);
    installStyle(application);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Plays Holdpoint's main job from end to end, on real servers and without a display."_s);
    parser.addHelpOption();
    const QCommandLineOption pictures(u"pictures"_s, u"Write a picture of every page and state into DIR."_s, u"DIR"_s);
    parser.addOption(pictures);
    parser.process(application);

    Stage stage({.pictures = parser.value(pictures)});
    try {
        play(stage);
    } catch (const StepFailed &failure) {
        stage.pictureOfFailure();
        std::fflush(stdout);
        std::fprintf(stderr, "holdpoint-tour: failed in “%s”: %s\n", qUtf8Printable(stage.transcript().currentAct()),
            failure.what());
        return 1;
    }
    std::printf("\nAll of it worked, in %.1f s.\n", stage.transcript().seconds());
    return 0;
}
