// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/demo/serveraccount.h"

#include <QTemporaryDir>

#include <memory>

class QProcess;

namespace holdpoint {

/// A real PostgreSQL server of our own: on a Unix socket and no network port, SCRAM for everybody.
///
/// Made and used on one thread, which needs no event loop but must outlive it: the server is stopped by the
/// destructor, and by the kernel when the thread ends in any other way. Every call waits, at most half a minute.
class LocalCluster
{
public:
    enum class StopMode {
        Fast, ///< sessions are ended, everything is written
        Immediate, ///< as in a crash, but in order: the next start recovers
    };

    struct Options
    {
        QString directory; ///< for the server alone; must not exist or be empty
        QStringList accessRules = {}; ///< lines of pg_hba.conf that come before the one that lets everybody try
    };

    /// Makes a server, starts it, and returns once it answers.
    static std::expected<std::unique_ptr<LocalCluster>, Error> create(const Options &options);
    /// The same for a hot standby that streams from `primary`, and has the same roles and passwords. A primary has one
    /// at a time: another one's sign-in replaces the first one's.
    static std::expected<std::unique_ptr<LocalCluster>, Error> createStandbyOf(
        LocalCluster &primary, const Options &options);

    ~LocalCluster();
    Q_DISABLE_COPY_MOVE(LocalCluster)

    /// Starts it again, on the same socket. Nothing happens if it runs.
    std::expected<void, Error> start();
    std::expected<void, Error> stop(StopMode mode);
    /// kill -9 of the server's main process; its other processes notice and end.
    std::expected<void, Error> kill();

    bool isRunning() const;
    /// Process id of the main process, 0 while it does not run.
    qint64 processId() const;
    /// Where its socket is: libpq's `host`.
    QString host() const;
    /// libpq's `port`.
    int port() const;
    /// Connection string of the superuser `postgres`; the password comes from a file that it names.
    QString superuserConninfo(const QString &database = QStringLiteral("postgres")) const;
    /// The superuser's password, for whoever writes a password file.
    QString superuserPassword() const;
    QString logFile() const;

private:
    LocalCluster(const ServerAccount &account, const Options &options);

    QString dataDirectory() const;
    std::expected<void, Error> chooseHost();
    std::expected<void, Error> initialise();
    std::expected<void, Error> copyFrom(LocalCluster &primary);
    std::expected<void, Error> configure();
    std::expected<void, Error> launch();
    std::expected<void, Error> waitUntilItAnswers();
    std::expected<void, Error> waitUntilItStreams();
    std::expected<void, Error> end(int signal);
    QString lastLogLines() const;

    ServerAccount m_account;
    Options m_options;
    QString m_host;
    std::unique_ptr<QTemporaryDir> m_shortDirectory; ///< where the socket is if the server's own directory cannot be
    QString m_password;
    std::unique_ptr<QProcess> m_server;
};

/// Ends a server that a process which is gone left behind in `directory`, if there is one.
void endLeftoverServer(const QString &directory);

} // namespace holdpoint
