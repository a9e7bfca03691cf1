// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/console/console.h"
#include "core/assessment/analyzerclient.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLoggingCategory>

#include <cstdio>
#include <cstdlib>
#include <expected>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int usageError = 2;

/// What is typed and signed here must not lie in a core file, nor be read by another process of the same user.
void closeToOthers()
{
    const rlimit none{};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

/// The store's connection string as the command line and the environment have it; nothing where the program is to end
/// with a message. Read before there is a window system, so that --help and mistakes need none.
std::expected<QString, int> readCommandLine(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"holdpoint"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(HOLDPOINT_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Approve, or stop, what AI agents want to run on production PostgreSQL."_s);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption store(u"store"_s,
        u"Connection string of the store, as in service=holdpoint; without it, PGSERVICE, or the sign-in page."_s,
        u"conninfo"_s);
    parser.addOption(store);
    if (!parser.parse(QCoreApplication::arguments()) || !parser.positionalArguments().isEmpty()) {
        const QString why = parser.positionalArguments().isEmpty()
            ? parser.errorText()
            : u"'%1' is no option."_s.arg(parser.positionalArguments().constFirst());
        std::fprintf(stderr, "holdpoint: %s See holdpoint --help.\n", qUtf8Printable(why));
        return std::unexpected(usageError);
    }
    if (parser.isSet(help) || parser.isSet(version)) {
        std::puts(qUtf8Printable(parser.isSet(help) ? parser.helpText() : u"holdpoint "_s + QStringLiteral(HOLDPOINT_VERSION)));
        return std::unexpected(EXIT_SUCCESS);
    }
    if (parser.isSet(store))
        return parser.value(store);
    return qEnvironmentVariableIsSet("PGSERVICE") ? u"service="_s + qEnvironmentVariable("PGSERVICE") : QString();
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

} // namespace

int main(int argc, char *argv[])
{
    closeToOthers();
    const auto store = readCommandLine(argc, argv);
    if (!store)
        return store.error();
    if (!hasDisplay()) {
        std::fputs("holdpoint: there is no display. Set DISPLAY or WAYLAND_DISPLAY, or use holdpointctl.\n", stderr);
        return usageError;
    }
    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(u"Holdpoint"_s);
    QApplication::setDesktopFileName(u"holdpoint"_s);
    // The driver tells every failure to the log as well as to us, and a query's text is nobody's business there.
    QLoggingCategory::setFilterRules(u"qt.sql.*=false"_s);
    holdpoint::installStyle(application);
    holdpoint::Console console({.store = *store, .analyzer = holdpoint::analyzerProgram(), .settingsPath = {}});
    console.start();
    console.window().show();
    return QApplication::exec();
}
