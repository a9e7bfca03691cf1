// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "app/ctl/interrupt.h"
#include "app/ctl/terminal.h"
#include "core/demo/agentatwork.h"
#include "core/demo/world.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <sys/prctl.h>

#include <csignal>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr std::chrono::seconds betweenSubmissions{45};

QString defaultDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation) + "/holdpoint/demo"_L1;
}

/// Another of our programs: beside this one, or on PATH.
std::expected<QString, Error> programBeside(const QString &name)
{
    const QString beside = QCoreApplication::applicationDirPath() + u'/' + name;
    const QString path = QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(name);
    if (path.isEmpty())
        return std::unexpected(Error{Error::Code::Invalid, u"the program %1 was not found"_s.arg(name),
            u"build or install it beside holdpointctl"_s});
    return path;
}

std::expected<double, Error> scaleFrom(const QString &text)
{
    bool isNumber = false;
    const double scale = text.toDouble(&isNumber);
    if (isNumber && scale > 0 && scale <= 100)
        return scale;
    return std::unexpected(
        Error{Error::Code::Invalid, u"the scale must be a number above 0, at most 100, not '%1'"_s.arg(text)});
}

void printHowToConnect(const World &world)
{
    const QProcessEnvironment environment = world.environment();
    printLine(u"To sign in from another terminal:"_s);
    for (const QString &name : {u"PGSERVICEFILE"_s, u"PGPASSFILE"_s})
        printLine(u"  export %1='%2'"_s.arg(name, environment.value(name).replace(u'\'', "'\\''"_L1)));
    printLine(u"  holdpoint --store service=holdpoint          the console, as maria\n"
              "  holdpointctl list --store service=holdpoint  what waits\n"
              "  psql service=prod-eu-replica                 the replica, as the consoles read it\n"
              "Ctrl+C stops everything."_s);
}

/// Everything of one demo that is not a server.
class Demo : public QObject
{
public:
    explicit Demo(World &world)
        : m_world(world)
        , m_agents([&world](const QString &agent) { return world.conninfo(u"holdpoint-"_s + agent); })
    {
        connect(&m_interrupt, &Interrupt::requested, this, [] { QCoreApplication::quit(); });
        connect(
            &m_agents, &AgentAtWork::submitted, this, [](qint64 action, const QString &agent, const QString &title) {
                printLine(u"  action %1  %2: %3"_s.arg(QString::number(action), agent, safeLine(title)));
            });
        connect(&m_agents, &AgentAtWork::refused, this, [](const QString &agent, const QString &why) {
            printLine(u"  %1 is refused: %2"_s.arg(agent, safeLine(why)));
        });
    }

    std::expected<void, Error> start()
    {
        return programBeside(u"holdpoint-executor"_s)
            .and_then([this](const QString &program) { return m_world.startExecutor(program); })
            .transform([this](QProcess *executor) {
                connect(executor, &QProcess::finished, this, [this] {
                    fail({Error::Code::Failed, u"the executor has ended"_s,
                        u"%1/executor.log says why"_s.arg(m_world.directory())});
                });
            })
            .and_then([this] { return m_agents.submitOpeningScenes(); })
            .transform([this](qsizetype) { m_agents.keepSubmitting(betweenSubmissions); });
    }

    std::expected<void, Error> openConsole()
    {
        return programBeside(u"holdpoint"_s).and_then([this](const QString &program) -> std::expected<void, Error> {
            m_console.setProcessEnvironment(m_world.environment());
            m_console.setProcessChannelMode(QProcess::ForwardedChannels);
            m_console.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
            m_console.setUnixProcessParameters(QProcess::UnixProcessFlag::ResetSignalHandlers);
            connect(&m_console, &QProcess::finished, this, [](int status, QProcess::ExitStatus how) {
                QCoreApplication::exit(how == QProcess::NormalExit ? status : ExitStatus::Error);
            });
            m_console.start(program, {u"--store"_s, m_world.conninfo(u"holdpoint"_s)});
            if (!m_console.waitForStarted())
                return std::unexpected(
                    Error{Error::Code::Failed, u"the console could not be started: %1"_s.arg(m_console.errorString())});
            return {};
        });
    }

    ~Demo() override
    {
        disconnect(&m_console, nullptr, this, nullptr);
        if (m_console.state() == QProcess::NotRunning)
            return;
        m_console.terminate();
        if (!m_console.waitForFinished(5000))
            m_console.kill();
    }
    Q_DISABLE_COPY_MOVE(Demo)

private:
    World &m_world;
    AgentAtWork m_agents;
    Interrupt m_interrupt;
    QProcess m_console;
};

} // namespace

int runDemo(const QStringList &arguments)
{
    CommandLine line(u"demo"_s,
        u"Runs private servers with an executor and agents at work, until it is interrupted or the console closes. "
        u"Each "
        "start makes everything afresh."_s);
    line.addFlag(u"console"_s, u"Open the console, signed in as the team lead maria."_s);
    line.addOption(u"directory"_s, u"path"_s, u"Where the servers live."_s, defaultDirectory());
    line.addOption(u"scale"_s, u"factor"_s, u"Size of the shop's data: 1 has 50,000 customers."_s, u"0.2"_s);
    if (const auto status = line.parse(arguments))
        return *status;
    const auto scale = scaleFrom(line.value(u"scale"_s));
    if (!scale)
        return fail(scale.error());
    printLine(u"Holdpoint's demo, starting afresh in %1"_s.arg(safeLine(line.value(u"directory"_s))));
    const auto world = World::create({.directory = line.value(u"directory"_s), .scale = *scale});
    if (!world)
        return fail(world.error());
    printLine(u"A store, a production primary with its streaming replica, and a sandbox run. The agents ask:"_s);
    Demo demo(**world);
    const auto started = demo.start().and_then(
        [&] { return line.isSet(u"console"_s) ? demo.openConsole() : std::expected<void, Error>(); });
    if (!started)
        return fail(started.error());
    if (!line.isSet(u"console"_s))
        printHowToConnect(**world);
    const int status = QCoreApplication::exec();
    printLine(u"stopping everything"_s);
    return status;
}

} // namespace holdpoint
