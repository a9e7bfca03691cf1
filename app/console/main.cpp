// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/console/console.h"
#include "core/assessment/analyzerclient.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLoggingCategory>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

/// What is typed and signed here must not lie in a core file, nor be read by another process of the same user.
void closeToOthers()
{
    const rlimit none{};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

} // namespace

int main(int argc, char *argv[])
{
    closeToOthers();
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"holdpoint"_s);
    QApplication::setApplicationDisplayName(u"Holdpoint"_s);
    QApplication::setApplicationVersion(QStringLiteral(HOLDPOINT_VERSION));
    QApplication::setDesktopFileName(u"holdpoint"_s);
    // The driver tells every failure to the log as well as to us, and a query's text is nobody's business there.
    QLoggingCategory::setFilterRules(u"qt.sql.*=false"_s);
    holdpoint::installStyle(application);

    QCommandLineParser parser;
    parser.setApplicationDescription(u"Approve, or stop, what AI agents want to run on production PostgreSQL."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption store(u"store"_s,
        u"Connection string of the store, as in service=holdpoint; without it, PGSERVICE, or the sign-in page."_s,
        u"conninfo"_s);
    parser.addOption(store);
    if (!parser.parse(QApplication::arguments()) || !parser.positionalArguments().isEmpty()) {
        qCritical("holdpoint: %s; holdpoint --help prints the options",
            qUtf8Printable(parser.positionalArguments().isEmpty() ? parser.errorText()
                                                                  : u"nothing but options is understood"_s));
        return 2;
    }
    parser.process(application);

    QString conninfo = parser.value(store);
    if (conninfo.isEmpty() && qEnvironmentVariableIsSet("PGSERVICE"))
        conninfo = u"service="_s + qEnvironmentVariable("PGSERVICE");
    holdpoint::Console console({.store = conninfo, .analyzer = holdpoint::analyzerProgram(), .settingsPath = {}});
    console.start();
    console.window().show();
    return QApplication::exec();
}
