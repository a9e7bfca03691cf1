// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/demo/credentials.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

Credentials::Credentials(const QString &directory)
    : m_directory(directory)
{
}

QString Credentials::password(const QString &server, const QString &role)
{
    QString &password = m_passwords[{server, role}];
    if (password.isEmpty())
        password = randomPassword();
    return password;
}

void Credentials::setPassword(const QString &server, const QString &role, const QString &password)
{
    m_passwords.insert({server, role}, password);
}

void Credentials::addService(const QString &service, const LocalCluster &cluster, const QString &database,
    const QString &role, const QString &server)
{
    const QString port = QString::number(cluster.port());
    m_services.append(service);
    m_serviceEntries.append(
        u"[%1]\nhost=%2\nport=%3\ndbname=%4\nuser=%5\n"_s.arg(service, cluster.host(), port, database, role));
    m_passwordEntries.append(u"%1:%2:%3:%4:%5\n"_s.arg(cluster.host(), port, database, role, password(server, role)));
}

std::expected<void, Error> Credentials::write() const
{
    return writePrivateFile(passwordFile(), m_passwordEntries.join(QString()).toUtf8()).and_then([this] {
        return writePrivateFile(serviceFile(), m_serviceEntries.join(u'\n').toUtf8());
    });
}

QString Credentials::serviceFile() const
{
    return m_directory + "/pg_service.conf"_L1;
}

QString Credentials::passwordFile() const
{
    return m_directory + "/passwords"_L1;
}

QStringList Credentials::services() const
{
    return m_services;
}

} // namespace holdpoint
