// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/demo/localcluster.h"

#include "core/database/connection.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QThread>

#include <csignal>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
constexpr int startTimeout = 30'000; // milliseconds
constexpr int stopTimeout = 20'000;
constexpr int pollInterval = 20;
constexpr int serverPort = 5432;

// A socket's path has at most 107 bytes, and lists and password files have characters of their own.
bool canHoldSocket(const QString &directory)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9/._-]{1,90}$"_s);
    return plain.match(directory).hasMatch();
}

// Everything of consequence is as in production; only what protects against a power cut is off.
QString settings(const QString &socketDirectory)
{
    return u"listen_addresses = ''\n"
           "unix_socket_directories = '%1'\n"
           "port = %2\n"
           "fsync = off\n"
           "wal_level = replica\n"
           "max_wal_senders = 6\n"
           "hot_standby = on\n"
           "track_commit_timestamp = on\n"
           "wal_receiver_status_interval = 1s\n"
           "max_prepared_transactions = 16\n"
           "max_connections = 80\n"
           "shared_buffers = 32MB\n"
           "password_encryption = 'scram-sha-256'\n"
           "timezone = 'UTC'\n"
           "logging_collector = off\n"
           "log_destination = 'stderr'\n"
           "log_line_prefix = '%m [%p] %q%u@%d %a '\n"
           "lc_messages = 'C'\n"_s.arg(socketDirectory, QString::number(serverPort));
}

Error failed(const QString &message, const QString &remedy = {})
{
    return {Error::Code::Failed, message, remedy};
}

// One entry of a password file; its fields are ours and hold no colon.
QByteArray passwordLine(const QString &host, const QString &user, const QString &password)
{
    return u"%1:%2:*:%3:%4\n"_s.arg(host, QString::number(serverPort), user, password).toUtf8();
}
} // namespace

LocalCluster::LocalCluster(const ServerAccount &account, const Options &options)
    : m_account(account)
    , m_options(options)
{
}

LocalCluster::~LocalCluster()
{
    if (m_server)
        std::ignore = stop(StopMode::Immediate);
}

std::expected<std::unique_ptr<LocalCluster>, Error> LocalCluster::create(const Options &options)
{
    const auto account = ServerAccount::find();
    if (!account)
        return std::unexpected(account.error());
    std::unique_ptr<LocalCluster> cluster(new LocalCluster(*account, options));
    const auto started = cluster->initialise().and_then([&] { return cluster->start(); });
    if (!started)
        return std::unexpected(started.error());
    return cluster;
}

std::expected<std::unique_ptr<LocalCluster>, Error> LocalCluster::createStandbyOf(
    LocalCluster &primary, const Options &options)
{
    std::unique_ptr<LocalCluster> cluster(new LocalCluster(primary.m_account, options));
    const auto started = cluster->copyFrom(primary).and_then([&] { return cluster->start(); }).and_then([&] {
        return cluster->waitUntilItStreams();
    });
    if (!started)
        return std::unexpected(started.error());
    return cluster;
}

std::expected<void, Error> LocalCluster::initialise()
{
    m_password = randomPassword();
    const QString passwordFile = m_options.directory + "/initial-password"_L1;
    const auto done = m_account.canReach(m_options.directory)
                          .and_then([&] { return m_account.makeDirectory(m_options.directory); })
                          .and_then([&] { return m_account.writeFile(passwordFile, m_password.toUtf8() + '\n'); })
                          .and_then([&] {
                              return m_account.run(u"initdb"_s,
                                  {u"--pgdata"_s, dataDirectory(), u"--username=postgres"_s, u"--pwfile"_s,
                                      passwordFile, u"--auth=scram-sha-256"_s, u"--encoding=UTF8"_s,
                                      u"--locale=C.UTF-8"_s, u"--no-sync"_s, u"--no-instructions"_s},
                                  plainEnvironment());
                          })
                          .and_then([&] { return configure(); });
    QFile::remove(passwordFile);
    return done;
}

std::expected<void, Error> LocalCluster::copyFrom(LocalCluster &primary)
{
    const QString user = u"replicator"_s;
    const QString password = randomPassword();
    const QString passwordFile = m_options.directory + "/replication-password"_L1;
    auto connection = Connection::open(primary.superuserConninfo(), u"demo"_s);
    if (!connection)
        return std::unexpected(connection.error());
    QProcessEnvironment environment = plainEnvironment();
    environment.insert(u"PGPASSFILE"_s, passwordFile);
    m_password = primary.m_password;
    return connection
        ->runScript(u"DO $$ BEGIN IF to_regrole('replicator') IS NULL THEN "
                    "CREATE ROLE replicator LOGIN REPLICATION; END IF; END $$"_s)
        .and_then([&] { return connection->setPassword(user, password); })
        .and_then([&] { return m_account.makeDirectory(m_options.directory); })
        .and_then([&] { return m_account.writeFile(passwordFile, passwordLine(primary.host(), user, password)); })
        .and_then([&] {
            return m_account.run(u"pg_basebackup"_s,
                {u"--pgdata"_s, dataDirectory(), u"--host"_s, primary.host(), u"--port"_s,
                    QString::number(primary.port()), u"--username"_s, user, u"--checkpoint=fast"_s,
                    u"--wal-method=stream"_s, u"--write-recovery-conf"_s, u"--no-password"_s, u"--no-sync"_s},
                environment);
        })
        .and_then([&] { return configure(); });
}

std::expected<void, Error> LocalCluster::configure()
{
    const QStringList rules =
        m_options.accessRules + QStringList{u"local all all scram-sha-256"_s, u"local replication all scram-sha-256"_s};
    return chooseHost()
        .and_then([&] { return m_account.makeDirectory(host()); })
        .and_then(
            [&] { return m_account.writeFile(dataDirectory() + "/postgresql.conf"_L1, settings(host()).toUtf8()); })
        .and_then(
            [&] { return m_account.writeFile(dataDirectory() + "/pg_hba.conf"_L1, rules.join(u'\n').toUtf8() + '\n'); })
        .and_then([&] {
            return writePrivateFile(
                m_options.directory + "/superuser-password"_L1, passwordLine(host(), u"postgres"_s, m_password));
        });
}

std::expected<void, Error> LocalCluster::chooseHost()
{
    m_host = m_options.directory + "/socket"_L1;
    if (canHoldSocket(m_host))
        return {};
    m_shortDirectory = std::make_unique<QTemporaryDir>(u"/tmp/holdpoint-XXXXXX"_s);
    m_host = m_shortDirectory->path();
    if (!m_shortDirectory->isValid())
        return std::unexpected(failed(u"no folder for a socket could be made in /tmp"_s));
    return {};
}

std::expected<void, Error> LocalCluster::start()
{
    if (isRunning())
        return {};
    return launch().and_then([&] { return waitUntilItAnswers(); });
}

std::expected<void, Error> LocalCluster::launch()
{
    const auto program = postgresProgram(u"postgres"_s);
    if (!program)
        return std::unexpected(program.error());
    QStringList line = m_account.command(*program, {u"-D"_s, dataDirectory()});
    m_server = std::make_unique<QProcess>();
    m_server->setProcessEnvironment(plainEnvironment());
    m_server->setWorkingDirectory(u"/"_s);
    m_server->setStandardInputFile(QProcess::nullDevice());
    m_server->setStandardOutputFile(logFile(), QProcess::Append);
    m_server->setProcessChannelMode(QProcess::MergedChannels);
    // A session of its own: Ctrl+C in the terminal is for us, and we stop the servers in their order.
    m_server->setUnixProcessParameters(QProcess::UnixProcessFlag::ResetSignalHandlers
        | QProcess::UnixProcessFlag::CloseFileDescriptors | QProcess::UnixProcessFlag::CreateNewSession);
    m_server->start(line.takeFirst(), line);
    if (!m_server->waitForStarted(startTimeout))
        return std::unexpected(failed(u"the server could not be started: %1"_s.arg(m_server->errorString())));
    return {};
}

std::expected<void, Error> LocalCluster::waitUntilItAnswers()
{
    const QDeadlineTimer deadline(startTimeout);
    Error last;
    while (!deadline.hasExpired()) {
        if (m_server->waitForFinished(pollInterval)) {
            // After a kill the old server's last process may hold its memory for a moment.
            if (!lastLogLines().contains("shared memory block"_L1))
                return std::unexpected(failed(u"the server ended at once: %1"_s.arg(lastLogLines())));
            if (const auto launched = launch(); !launched)
                return launched;
            continue;
        }
        const auto connection = Connection::open(superuserConninfo(), u"demo"_s);
        if (connection)
            return {};
        last = connection.error();
    }
    std::ignore = stop(StopMode::Immediate);
    return std::unexpected(failed(u"the server does not answer: %1"_s.arg(last.text())));
}

std::expected<void, Error> LocalCluster::waitUntilItStreams()
{
    auto connection = Connection::open(superuserConninfo(), u"demo"_s);
    if (!connection)
        return std::unexpected(connection.error());
    const QDeadlineTimer deadline(startTimeout);
    while (!deadline.hasExpired()) {
        const auto receivers = connection->run(u"SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming'"_s);
        if (!receivers || !receivers->isEmpty())
            return receivers.transform([](const Rows &) { });
        QThread::msleep(pollInterval);
    }
    return std::unexpected(failed(u"the standby does not stream: %1"_s.arg(lastLogLines())));
}

std::expected<void, Error> LocalCluster::stop(StopMode mode)
{
    return end(mode == StopMode::Fast ? SIGINT : SIGQUIT);
}

std::expected<void, Error> LocalCluster::kill()
{
    return end(SIGKILL);
}

std::expected<void, Error> LocalCluster::end(int signal)
{
    if (!isRunning())
        return {};
    ::kill(static_cast<pid_t>(m_server->processId()), signal);
    if (m_server->waitForFinished(stopTimeout))
        return {};
    m_server->kill();
    m_server->waitForFinished(stopTimeout);
    return std::unexpected(failed(u"the server did not stop in time and was killed"_s));
}

bool LocalCluster::isRunning() const
{
    // Without an event loop QProcess learns of an end only when asked to wait for it.
    return m_server && m_server->state() != QProcess::NotRunning && !m_server->waitForFinished(0);
}

qint64 LocalCluster::processId() const
{
    return isRunning() ? m_server->processId() : 0;
}

QString LocalCluster::host() const
{
    return m_host;
}

int LocalCluster::port() const
{
    return serverPort;
}

QString LocalCluster::superuserConninfo(const QString &database) const
{
    QString passwordFile = m_options.directory + "/superuser-password"_L1;
    passwordFile.replace(u'\\', "\\\\"_L1).replace(u'\'', "\\'"_L1);
    return u"host=%1 port=%2 user=postgres dbname=%3 passfile='%4'"_s.arg(
        host(), QString::number(port()), database, passwordFile);
}

QString LocalCluster::superuserPassword() const
{
    return m_password;
}

QString LocalCluster::logFile() const
{
    return m_options.directory + "/server.log"_L1;
}

QString LocalCluster::dataDirectory() const
{
    return m_options.directory + "/data"_L1;
}

QString LocalCluster::lastLogLines() const
{
    constexpr qint64 enough = 1000;
    QFile file(logFile());
    if (!file.open(QFile::ReadOnly))
        return {};
    file.seek(qMax(0, file.size() - enough));
    return QString::fromUtf8(file.readAll()).trimmed();
}

void endLeftoverServer(const QString &directory)
{
    const QString data = QFileInfo(directory + "/data"_L1).canonicalFilePath();
    QFile file(data + "/postmaster.pid"_L1);
    if (data.isEmpty() || !file.open(QFile::ReadOnly))
        return;
    const pid_t pid = file.readLine().trimmed().toInt();
    const QString workingDirectory = u"/proc/%1/cwd"_s.arg(pid);
    const QDeadlineTimer deadline(stopTimeout);
    // The number may be another process's by now; a server works in its data directory.
    while (pid > 1 && QFile::symLinkTarget(workingDirectory) == data && !deadline.hasExpired()) {
        ::kill(pid, SIGQUIT);
        QThread::msleep(pollInterval);
    }
}

} // namespace holdpoint
