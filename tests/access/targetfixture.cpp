// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/access/targetfixture.h"

#include "core/access/targetsetup.h"
#include "core/database/quoting.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
constexpr QFile::Permissions reachable =
    QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
}

std::expected<std::unique_ptr<TargetFixture>, Error> TargetFixture::create()
{
    std::unique_ptr<TargetFixture> fixture(new TargetFixture);
    QFile::setPermissions(fixture->m_directory.path(), reachable);
    auto cluster = LocalCluster::create({.directory = fixture->m_directory.filePath(u"primary"_s),
        // For a proof that cannot be had: the server refuses this one before it looks at the role.
        .accessRules = {u"local all shut-out reject"_s}});
    if (!cluster)
        return std::unexpected(cluster.error());
    fixture->m_cluster = std::move(*cluster);
    auto postgres = Connection::open(fixture->m_cluster->superuserConninfo(), u"test"_s);
    if (!postgres)
        return std::unexpected(postgres.error());
    if (auto made = postgres->runScript(u"CREATE DATABASE shop"_s); !made)
        return std::unexpected(made.error());
    Connection superuser = fixture->superuser();
    const auto prepared =
        prepareTarget(superuser, {.writer = u"writer"_s, .revoker = u"revoker"_s, .reader = u"reader"_s})
            .and_then([&] { return fixture->givePassword(superuser, u"writer"_s); })
            .and_then([&] { return fixture->givePassword(superuser, u"revoker"_s); })
            .and_then([&] { return fixture->givePassword(superuser, u"reader"_s); });
    if (!prepared)
        return std::unexpected(prepared.error());
    return fixture;
}

QString TargetFixture::conninfo(const QString &role, const QString &database) const
{
    return u"host=%1 port=%2 dbname=%3 user=%4 passfile='%5'"_s.arg(
        m_cluster->host(), QString::number(m_cluster->port()), database, role, m_directory.filePath(u"passwords"_s));
}

Connection TargetFixture::connect(const QString &role, const QString &database) const
{
    auto connection = Connection::open(conninfo(role, database), u"test"_s);
    if (!connection)
        qFatal("%ls", qUtf16Printable(connection.error().text()));
    return std::move(*connection);
}

Connection TargetFixture::superuser() const
{
    auto connection = Connection::open(m_cluster->superuserConninfo(u"shop"_s), u"test"_s);
    if (!connection)
        qFatal("%ls", qUtf16Printable(connection.error().text()));
    return std::move(*connection);
}

std::expected<void, Error> TargetFixture::addAgent(const QString &agent)
{
    Connection connection = superuser();
    return addAgentRole(connection, agent, u"revoker"_s).and_then([&] { return givePassword(connection, agent); });
}

std::expected<void, Error> TargetFixture::addLogin(const QString &role)
{
    Connection connection = superuser();
    return connection.runScript(u"CREATE ROLE %1 LOGIN"_s.arg(quotedIdentifier(role))).and_then([&] {
        return givePassword(connection, role);
    });
}

std::expected<void, Error> TargetFixture::givePassword(Connection &superuser, const QString &role)
{
    const QString password = u"secret-of-"_s + role;
    QFile file(m_directory.filePath(u"passwords"_s));
    if (!file.open(QIODevice::Append) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return std::unexpected(Error{Error::Code::Failed, file.errorString()});
    file.write(u"*:*:*:%1:%2\n"_s.arg(role, password).toUtf8());
    return superuser.setPassword(role, password);
}

} // namespace holdpoint
