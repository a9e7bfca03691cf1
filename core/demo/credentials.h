// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/demo/localcluster.h"

#include <QHash>

namespace holdpoint {

/// The sign-ins of a private world, kept as libpq wants them: a service file and a password file.
class Credentials
{
public:
    /// The files are written into `directory`, which must exist.
    explicit Credentials(const QString &directory);

    /// The password of a role, made up at the first question; roles of different servers have different ones.
    QString password(const QString &server, const QString &role);
    /// Takes a password that was made elsewhere.
    void setPassword(const QString &server, const QString &role, const QString &password);

    /// Adds a service: this role, on this cluster. A standby has its primary's roles: `server` is then the primary's.
    void addService(const QString &service, const LocalCluster &cluster, const QString &database, const QString &role,
        const QString &server);

    std::expected<void, Error> write() const;
    QString serviceFile() const;
    QString passwordFile() const;
    QStringList services() const;

private:
    QString m_directory;
    QHash<std::pair<QString, QString>, QString> m_passwords;
    QStringList m_serviceEntries;
    QStringList m_passwordEntries;
    QStringList m_services;
};

} // namespace holdpoint
