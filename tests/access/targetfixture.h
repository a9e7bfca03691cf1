// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"
#include "core/demo/localcluster.h"

namespace holdpoint {

/// One real server with a prepared target database `shop`, its roles and agents, and a password for each of them.
class TargetFixture
{
public:
    static std::expected<std::unique_ptr<TargetFixture>, Error> create();

    LocalCluster &cluster() { return *m_cluster; }
    /// Connection string of a role; its password comes from a file.
    QString conninfo(const QString &role, const QString &database = QStringLiteral("shop")) const;
    Connection connect(const QString &role, const QString &database = QStringLiteral("shop")) const;
    Connection superuser() const;
    /// Makes an agent's role, or gives it back its access, and its password.
    std::expected<void, Error> addAgent(const QString &agent);
    /// Makes a login of the team, or any other, with a password.
    std::expected<void, Error> addLogin(const QString &role);

private:
    TargetFixture() = default;
    std::expected<void, Error> givePassword(Connection &superuser, const QString &role);

    QTemporaryDir m_directory{QStringLiteral("/tmp/holdpoint-test-XXXXXX")};
    std::unique_ptr<LocalCluster> m_cluster;
};

} // namespace holdpoint
