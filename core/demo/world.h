// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/demo/credentials.h"

#include <QLockFile>

#include <vector>

namespace holdpoint {

class Connection;

/// A company of our own, on real servers: a store, a production primary with a streaming standby, a smaller sandbox,
/// the people and the agents, and a sign-in for each of them. The demo shows it, and integration tests work on it.
///
///   role                 signs in with the service              may
///   maria, jonas, lena   holdpoint, holdpoint-jonas, …-lena     decide; jonas owns cleanup-bot, lena the other agents
///   vera                 holdpoint-auditor                      read everything
///   cleanup-bot, etl-agent, support-agent   holdpoint-<agent>   submit
///   executor             holdpoint-executor                     claim and finish
///   postgres             holdpoint-admin, prod-eu-admin         everything, on the store and on the primary
///   postgres             prod-eu-sandbox-admin                  everything, on the sandbox
///   holdpoint_reader     prod-eu-replica                        read the standby; the primary rejects it
///   holdpoint_writer     prod-eu-write                          change rows of the primary
///   holdpoint_writer     prod-eu-sandbox                        the same on the sandbox
///   holdpoint_revoker    prod-eu-revoke                         end an agent's access to the primary
///   each agent           prod-eu-<agent>                        read the primary
///
/// Made and used on one thread, as LocalCluster is. Everything stops in the destructor.
class World
{
public:
    struct Options
    {
        QString directory; ///< what an earlier world left in it is removed; anything else is left alone
        double scale = 0.01; ///< of the shop's data: 1 has 50,000 customers; the sandbox has a quarter
    };

    /// Takes a few seconds. Sets PGSERVICEFILE and PGPASSFILE of this process too, so that
    /// `Connection::open(u"service=holdpoint"_s, …)` works.
    static std::expected<std::unique_ptr<World>, Error> create(const Options &options);
    ~World();
    Q_DISABLE_COPY_MOVE(World)

    LocalCluster &store() { return *m_store; }
    LocalCluster &primary() { return *m_primary; }
    LocalCluster &replica() { return *m_replica; }
    LocalCluster &sandbox() { return *m_sandbox; }

    /// libpq connection string of one of the services above.
    QString conninfo(const QString &service) const;
    /// What a program needs to sign in: this process's environment and the two files.
    QProcessEnvironment environment() const;
    QString directory() const { return m_options.directory; }
    /// The executor's configuration: `holdpoint-executor --config FILE`.
    QString executorConfiguration() const;

    /// Starts the executor; its output goes to executor.log. The world owns the process, and ends it with itself.
    /// @param environment added to environment()
    std::expected<QProcess *, Error> startExecutor(
        const QString &program, const QProcessEnvironment &environment = QProcessEnvironment());

private:
    explicit World(const Options &options);

    std::expected<void, Error> takeDirectory();
    std::expected<void, Error> makeServers();
    std::expected<void, Error> prepareStore();
    std::expected<void, Error> addPeople(Connection &admin);
    std::expected<void, Error> prepareProduction();
    std::expected<void, Error> makeReplica();
    std::expected<void, Error> makeSandbox();
    std::expected<void, Error> writeFiles();
    std::expected<void, Error> setPassword(Connection &admin, const QString &server, const QString &role);
    QString serverDirectory(const QString &server) const;

    Options m_options;
    QLockFile m_lock;
    Credentials m_credentials;
    std::unique_ptr<LocalCluster> m_store;
    std::unique_ptr<LocalCluster> m_primary;
    std::unique_ptr<LocalCluster> m_replica;
    std::unique_ptr<LocalCluster> m_sandbox;
    std::vector<std::unique_ptr<QProcess>> m_executors;
};

} // namespace holdpoint
