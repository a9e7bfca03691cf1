// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/demo/world.h"

#include "core/access/targetsetup.h"
#include "core/database/connection.h"
#include "core/store/setup.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include <sys/prctl.h>

#include <algorithm>
#include <array>
#include <csignal>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
constexpr int loadTimeout = 300'000; // milliseconds
constexpr int executorTimeout = 10'000;

const QString storeServer = u"store"_s;
const QString primaryServer = u"primary"_s;
const QString replicaServer = u"replica"_s;
const QString sandboxServer = u"sandbox"_s;
const QString component = u"demo"_s;

constexpr double sandboxShare = 0.25;
constexpr double smallestScale = 0.01;

const QString writer = u"holdpoint_writer"_s;
const QString revoker = u"holdpoint_revoker"_s;
const QString reader = u"holdpoint_reader"_s;
const QString watcher = u"holdpoint_console_watch"_s;
const QString shopOwner = u"app_owner"_s;

struct Person
{
    QString role;
    QString name;
    QString service;
};
const std::array approvers{Person{u"maria"_s, u"Maria Sommer"_s, u"holdpoint"_s},
    Person{u"jonas"_s, u"Jonas Weber"_s, u"holdpoint-jonas"_s},
    Person{u"lena"_s, u"Lena Okafor"_s, u"holdpoint-lena"_s}};
const QString auditor = u"vera"_s;
const QString executor = u"executor"_s;

struct DemoAgent
{
    QString role;
    QString owner;
};
const std::array agents{DemoAgent{u"cleanup-bot"_s, u"jonas"_s}, DemoAgent{u"etl-agent"_s, u"lena"_s},
    DemoAgent{u"support-agent"_s, u"lena"_s}};

Error failed(const QString &message)
{
    return {Error::Code::Failed, message};
}

QByteArray executorConfigurationText()
{
    return "[executor]\n"
           "name = demo\n"
           "store = service=holdpoint-executor\n"
           "\n"
           "[target-prod-eu]\n"
           "write = service=prod-eu-write\n"
           "revoke = service=prod-eu-revoke\n"
           "sandbox = service=prod-eu-sandbox\n";
}

std::expected<void, Error> loadShop(const LocalCluster &cluster, double scale)
{
    QFile schema(u":/holdpoint/demo/schema.sql"_s);
    const auto psql = postgresProgram(u"psql"_s);
    if (!psql || !schema.open(QFile::ReadOnly))
        return std::unexpected(psql ? failed(u"the shop's data are missing from this build"_s) : psql.error());
    QProcess process;
    process.setProcessEnvironment(plainEnvironment());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(*psql,
        {u"-Xq"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-v"_s, u"scale=%1"_s.arg(scale), u"-d"_s,
            cluster.superuserConninfo(u"shop"_s), u"-f"_s, u"-"_s});
    process.write(schema.readAll());
    process.closeWriteChannel();
    if (!process.waitForFinished(loadTimeout) || process.exitStatus() != QProcess::NormalExit
        || process.exitCode() != 0)
        return std::unexpected(
            failed(u"the shop's data could not be loaded: %1"_s.arg(QString::fromUtf8(process.readAll()).trimmed())));
    return {};
}

std::expected<void, Error> createDatabase(const LocalCluster &cluster, const QString &name)
{
    auto connection = Connection::open(cluster.superuserConninfo(), component);
    if (!connection)
        return std::unexpected(connection.error());
    return connection->runScript(u"CREATE DATABASE "_s + name);
}
} // namespace

World::World(const Options &options)
    : m_options(options)
    , m_lock(options.directory + "/lock"_L1)
    , m_credentials(options.directory)
{
    // A server may run for months; only its end makes the lock stale.
    m_lock.setStaleLockTime(0);
}

World::~World()
{
    for (const std::unique_ptr<QProcess> &process : m_executors) {
        process->terminate();
        if (!process->waitForFinished(executorTimeout)) {
            process->kill();
            process->waitForFinished(executorTimeout);
        }
    }
}

std::expected<std::unique_ptr<World>, Error> World::create(const Options &options)
{
    Options absolute = options;
    absolute.directory = QDir(options.directory).absolutePath();
    std::unique_ptr<World> world(new World(absolute));
    const auto made = world->takeDirectory()
                          .and_then([&] { return world->makeServers(); })
                          .and_then([&] { return world->prepareStore(); })
                          .and_then([&] { return world->prepareProduction(); })
                          .and_then([&] { return world->makeReplica(); })
                          .and_then([&] { return world->makeSandbox(); })
                          .and_then([&] { return world->writeFiles(); });
    if (!made)
        return std::unexpected(made.error());
    return world;
}

std::expected<void, Error> World::takeDirectory()
{
    const QString &directory = m_options.directory;
    const auto reachable =
        ServerAccount::find().and_then([&](const auto &account) { return account.canReach(directory); });
    if (!reachable)
        return reachable;
    if (!QDir().mkpath(directory))
        return std::unexpected(failed(u"the folder %1 cannot be made"_s.arg(directory)));
    if (!m_lock.tryLock())
        return std::unexpected(Error{Error::Code::Conflict, u"another demo runs in %1"_s.arg(directory),
            u"stop it first, or name another folder"_s});
    for (const QString &server : {storeServer, primaryServer, replicaServer, sandboxServer}) {
        endLeftoverServer(serverDirectory(server));
        if (!QDir(serverDirectory(server)).removeRecursively())
            return std::unexpected(failed(u"the folder %1 cannot be removed"_s.arg(serverDirectory(server))));
    }
    return {};
}

std::expected<void, Error> World::makeServers()
{
    auto store = LocalCluster::create({.directory = serverDirectory(storeServer)});
    if (!store)
        return std::unexpected(store.error());
    m_store = std::move(*store);
    auto primary = LocalCluster::create(
        {.directory = serverDirectory(primaryServer), .accessRules = {u"local all %1 reject"_s.arg(reader)}});
    if (!primary)
        return std::unexpected(primary.error());
    m_primary = std::move(*primary);
    m_credentials.setPassword(storeServer, u"postgres"_s, m_store->superuserPassword());
    m_credentials.setPassword(primaryServer, u"postgres"_s, m_primary->superuserPassword());
    return {};
}

std::expected<void, Error> World::prepareStore()
{
    return createDatabase(*m_store, u"holdpoint"_s).and_then([this]() -> std::expected<void, Error> {
        auto admin = Connection::open(m_store->superuserConninfo(u"holdpoint"_s), component);
        if (!admin)
            return std::unexpected(admin.error());
        if (const auto version = migrate(*admin); !version)
            return std::unexpected(version.error());
        return addPeople(*admin).and_then([&] {
            return addTarget(
                *admin, {.name = u"prod-eu"_s, .environment = u"production"_s, .replica = u"service=prod-eu-replica"_s})
                .and_then([&] { return setTargetWatch(*admin, u"prod-eu"_s, u"service=prod-eu-watch"_s); });
        });
    });
}

std::expected<void, Error> World::addPeople(Connection &admin)
{
    const auto withService = [&](const QString &role, const QString &service) {
        return setPassword(admin, storeServer, role).transform([&] {
            m_credentials.addService(service, *m_store, u"holdpoint"_s, role, storeServer);
        });
    };
    for (const Person &person : approvers) {
        const auto added = addApprover(admin, person.role, person.name).and_then([&] {
            return withService(person.role, person.service);
        });
        if (!added)
            return added;
    }
    for (const DemoAgent &agent : agents) {
        const auto added = addAgent(admin, agent.role, agent.owner).and_then([&] {
            return withService(agent.role, u"holdpoint-"_s + agent.role);
        });
        if (!added)
            return added;
    }
    m_credentials.addService(u"holdpoint-admin"_s, *m_store, u"holdpoint"_s, u"postgres"_s, storeServer);
    return addExecutor(admin, executor)
        .and_then([&] { return withService(executor, u"holdpoint-executor"_s); })
        .and_then([&] { return addAuditor(admin, auditor); })
        .and_then([&] { return withService(auditor, u"holdpoint-auditor"_s); });
}

std::expected<void, Error> World::prepareProduction()
{
    const auto loaded =
        createDatabase(*m_primary, u"shop"_s).and_then([this] { return loadShop(*m_primary, m_options.scale); });
    if (!loaded)
        return loaded;
    auto superuser = Connection::open(m_primary->superuserConninfo(u"shop"_s), component);
    if (!superuser)
        return std::unexpected(superuser.error());
    if (const auto prepared =
            prepareTarget(*superuser, {.writer = writer, .revoker = revoker, .reader = reader, .owners = {shopOwner}});
        !prepared)
        return prepared;
    for (const DemoAgent &agent : agents) {
        const auto added = addAgentRole(*superuser, agent.role, revoker).and_then([&] {
            return setPassword(*superuser, primaryServer, agent.role);
        });
        if (!added)
            return added;
        m_credentials.addService(u"prod-eu-"_s + agent.role, *m_primary, u"shop"_s, agent.role, primaryServer);
    }
    m_credentials.addService(u"prod-eu-admin"_s, *m_primary, u"shop"_s, u"postgres"_s, primaryServer);
    m_credentials.addService(u"prod-eu-write"_s, *m_primary, u"shop"_s, writer, primaryServer);
    m_credentials.addService(u"prod-eu-revoke"_s, *m_primary, u"shop"_s, revoker, primaryServer);
    m_credentials.addService(u"prod-eu-watch"_s, *m_primary, u"shop"_s, watcher, primaryServer);
    return superuser->runScript(u"CREATE ROLE %1 LOGIN; GRANT holdpoint_watcher TO %1"_s.arg(watcher))
        .and_then([&] { return setPassword(*superuser, primaryServer, watcher); })
        .and_then([&] { return setPassword(*superuser, primaryServer, writer); })
        .and_then([&] { return setPassword(*superuser, primaryServer, revoker); })
        .and_then([&] { return setPassword(*superuser, primaryServer, reader); });
}

std::expected<void, Error> World::makeReplica()
{
    auto replica = LocalCluster::createStandbyOf(*m_primary, {.directory = serverDirectory(replicaServer)});
    if (!replica)
        return std::unexpected(replica.error());
    m_replica = std::move(*replica);
    m_credentials.addService(u"prod-eu-replica"_s, *m_replica, u"shop"_s, reader, primaryServer);
    return {};
}

/// The same schema and the same rights as production, and fewer rows.
std::expected<void, Error> World::makeSandbox()
{
    auto cluster = LocalCluster::create({.directory = serverDirectory(sandboxServer)});
    if (!cluster)
        return std::unexpected(cluster.error());
    m_sandbox = std::move(*cluster);
    m_credentials.setPassword(sandboxServer, u"postgres"_s, m_sandbox->superuserPassword());
    const auto loaded = createDatabase(*m_sandbox, u"shop"_s).and_then([this] {
        return loadShop(*m_sandbox, std::max(m_options.scale * sandboxShare, smallestScale));
    });
    if (!loaded)
        return loaded;
    auto superuser = Connection::open(m_sandbox->superuserConninfo(u"shop"_s), component);
    if (!superuser)
        return std::unexpected(superuser.error());
    m_credentials.addService(u"prod-eu-sandbox"_s, *m_sandbox, u"shop"_s, writer, sandboxServer);
    m_credentials.addService(u"prod-eu-sandbox-admin"_s, *m_sandbox, u"shop"_s, u"postgres"_s, sandboxServer);
    // So that a trial can tell which triggers fired.
    return superuser->runScript(u"ALTER DATABASE shop SET track_functions = 'all'"_s)
        .and_then([&] {
            return prepareTarget(
                *superuser, {.writer = writer, .revoker = revoker, .reader = reader, .owners = {shopOwner}});
        })
        .and_then([&] { return setPassword(*superuser, sandboxServer, writer); });
}

std::expected<void, Error> World::writeFiles()
{
    return m_credentials.write()
        .and_then([this] { return writePrivateFile(executorConfiguration(), executorConfigurationText()); })
        .transform([this] {
            qputenv("PGSERVICEFILE", QFile::encodeName(m_credentials.serviceFile()));
            qputenv("PGPASSFILE", QFile::encodeName(m_credentials.passwordFile()));
        });
}

std::expected<void, Error> World::setPassword(Connection &admin, const QString &server, const QString &role)
{
    return admin.setPassword(role, m_credentials.password(server, role));
}

QString World::serverDirectory(const QString &server) const
{
    return m_options.directory + u'/' + server;
}

QString World::conninfo(const QString &service) const
{
    return u"service="_s + service;
}

QProcessEnvironment World::environment() const
{
    QProcessEnvironment environment = plainEnvironment();
    environment.insert(u"PGSERVICEFILE"_s, m_credentials.serviceFile());
    environment.insert(u"PGPASSFILE"_s, m_credentials.passwordFile());
    return environment;
}

QString World::executorConfiguration() const
{
    return m_options.directory + "/executor.ini"_L1;
}

std::expected<QProcess *, Error> World::startExecutor(const QString &program, const QProcessEnvironment &extra)
{
    QProcessEnvironment whole = environment();
    whole.insert(extra);
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(whole);
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardOutputFile(m_options.directory + "/executor.log"_L1, QProcess::Append);
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setUnixProcessParameters(QProcess::UnixProcessFlag::ResetSignalHandlers
        | QProcess::UnixProcessFlag::CloseFileDescriptors | QProcess::UnixProcessFlag::CreateNewSession);
    process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
    process->start(program, {u"--config"_s, executorConfiguration()});
    if (!process->waitForStarted(executorTimeout))
        return std::unexpected(failed(u"the executor could not be started: %1"_s.arg(process->errorString())));
    m_executors.push_back(std::move(process));
    return m_executors.back().get();
}

} // namespace holdpoint
