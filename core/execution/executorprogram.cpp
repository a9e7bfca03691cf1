// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/executorprogram.h"

#include "core/database/connection.h"
#include "core/execution/executorthreads.h"
#include "core/execution/log.h"
#include "core/store/storeclient.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int cannotBegin = 2;

int fail(const QString &line)
{
    std::fprintf(stderr, "holdpoint-executor: %s\n", qPrintable(line));
    return cannotBegin;
}

/// A descriptor that becomes readable when somebody asks the program to end. To be called before any thread starts,
/// as they inherit what is blocked here.
int stopSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

/// A store that is away may come back; one that refuses us, or is of another version, needs a person.
std::expected<void, Error> checkStore(const QString &conninfo)
{
    auto connection = Connection::open(conninfo, u"executor"_s);
    if (!connection && connection.error().code == Error::Code::Unreachable) {
        qCWarning(executorLog).noquote() << "the store is away:" << connection.error().text();
        return {};
    }
    if (!connection)
        return std::unexpected(connection.error());
    return StoreClient(*connection).checkVersion().transform([](auto &&) { });
}

int serve(const ExecutorConfig &config, FailpointHook failpoint)
{
    const int descriptor = stopSignals();
    QSocketNotifier stop(descriptor, QSocketNotifier::Read);
    QObject::connect(&stop, &QSocketNotifier::activated, qApp, &QCoreApplication::quit);
    if (const auto fit = checkStore(config.store); !fit)
        return fail(fit.error().text());
    qCInfo(executorLog).noquote() << u"%1 serves %2"_s.arg(
        config.name, QStringList(config.targets.keys()).join(u", "_s));
    {
        const ExecutorThreads threads(config, std::move(failpoint));
        QCoreApplication::exec();
        qCInfo(executorLog) << "stopping";
    }
    ::close(descriptor);
    return 0;
}

} // namespace

int runExecutor(int argc, char **argv, FailpointHook failpoint)
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"holdpoint-executor"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(HOLDPOINT_VERSION));
    qSetMessagePattern(u"%{time yyyy-MM-ddTHH:mm:ss.zzzZ} %{type} %{message}"_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Runs released actions on their targets, each in one guarded transaction, and ends the access of revoked "
        "agents.\n\nThe configuration file:\n\n"_s
        + ExecutorConfig::sample());
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption configOption(
        u"config"_s, u"The configuration file."_s, u"FILE"_s, u"/etc/holdpoint/executor.ini"_s);
    parser.addOption(configOption);
    if (!parser.parse(QCoreApplication::arguments()))
        return fail(parser.errorText() + u" – see --help"_s);
    if (parser.isSet(u"help"_s))
        parser.showHelp();
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    if (!parser.positionalArguments().isEmpty())
        return fail(u"unexpected argument '%1' – see --help"_s.arg(parser.positionalArguments().constFirst()));
    const auto config = ExecutorConfig::read(parser.value(configOption));
    if (!config)
        return fail(config.error().text());
    return serve(*config, std::move(failpoint));
}

} // namespace holdpoint
