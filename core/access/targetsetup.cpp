// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/access/targetsetup.h"

#include "core/database/connection.h"
#include "core/database/quoting.h"
#include "core/database/transaction.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

// Memberships with options of their own, and with it the rule that only ADMIN may change a role, came with 16.
constexpr int oldestServer = 160000;

QString resource(const QString &name)
{
    QFile file(u":/holdpoint/target/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("a resource is missing from this build: %ls", qUtf16Printable(name));
    return QString::fromUtf8(file.readAll());
}

std::expected<void, Error> checkServer(const Connection &connection)
{
    if (connection.serverVersion() < oldestServer)
        return std::unexpected(Error{
            Error::Code::WrongVersion, u"a target needs PostgreSQL 16 or newer"_s, u"upgrade the server first"_s});
    return {};
}

std::expected<void, Error> ensureLogin(Connection &connection, const QString &role)
{
    const auto found = connection.run(u"SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = ?"_s, {role});
    if (!found)
        return std::unexpected(found.error());
    if (found->isEmpty())
        return connection.runScript(u"CREATE ROLE %1 LOGIN"_s.arg(quotedIdentifier(role)));
    if (found->first().flag(u"rolsuper"_s))
        return std::unexpected(Error{Error::Code::Refused, u"%1 is a superuser, and nothing could hold it"_s.arg(role),
            u"name a role that is none"_s});
    return {};
}

/// Runs each with `%1` standing for the role.
std::expected<void, Error> runFor(Connection &connection, const QString &role, const QStringList &statements)
{
    for (const QString &statement : statements)
        if (auto done = connection.runScript(statement.arg(quotedIdentifier(role))); !done)
            return done;
    return {};
}

std::expected<void, Error> prepareWriter(Connection &connection, const TargetRoles &roles)
{
    QStringList statements{
        u"GRANT pg_read_all_data, pg_write_all_data, holdpoint_target_writer TO %1 WITH INHERIT TRUE"_s};
    for (const QString &owner : roles.owners)
        statements.append(u"GRANT %1 TO %2 WITH INHERIT TRUE"_s.arg(quotedIdentifier(owner), u"%1"_s));
    return ensureLogin(connection, roles.writer).and_then([&] { return runFor(connection, roles.writer, statements); });
}

std::expected<void, Error> prepareRevoker(Connection &connection, const QString &revoker)
{
    return ensureLogin(connection, revoker).and_then([&] {
        return runFor(connection, revoker,
            {u"ALTER ROLE %1 CREATEROLE"_s,
                u"GRANT pg_signal_backend, pg_read_all_stats, holdpoint_target_revoker TO %1 WITH INHERIT TRUE"_s,
                u"GRANT holdpoint_agent_read TO %1 WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"_s});
    });
}

std::expected<void, Error> prepareReader(Connection &connection, const QString &reader)
{
    return ensureLogin(connection, reader).and_then([&] {
        return runFor(connection, reader,
            {u"GRANT holdpoint_target_reader, pg_read_all_stats TO %1 WITH INHERIT TRUE"_s,
                // Whose transactions tell how old a figure is; what is in it, this role may read in the tables anyway.
                u"GRANT SELECT ON pg_catalog.pg_statistic TO %1"_s,
                u"ALTER ROLE %1 SET default_transaction_read_only = on"_s,
                // A role cannot set this one itself, nor loosen it: a sort of an agent's must not fill the replica's
                // disk.
                u"ALTER ROLE %1 SET temp_file_limit = '64MB'"_s});
    });
}

} // namespace

std::expected<void, Error> prepareTarget(Connection &superuser, const TargetRoles &roles)
{
    if (auto fit = checkServer(superuser); !fit)
        return fit;
    auto transaction = Transaction::begin(superuser);
    if (!transaction)
        return std::unexpected(transaction.error());
    return superuser.runScript(resource(u"prepare.sql"_s))
        .and_then([&] { return prepareWriter(superuser, roles); })
        .and_then([&] { return prepareRevoker(superuser, roles.revoker); })
        .and_then([&] { return prepareReader(superuser, roles.reader); })
        .and_then([&] { return transaction->commit(); });
}

std::expected<void, Error> addAgentRole(Connection &superuser, const QString &agent, const QString &revoker)
{
    if (auto fit = checkServer(superuser); !fit)
        return fit;
    auto transaction = Transaction::begin(superuser);
    if (!transaction)
        return std::unexpected(transaction.error());
    const QString to = quotedIdentifier(revoker);
    return ensureLogin(superuser, agent)
        .and_then([&] {
            // SET, so that the revoker can end what only the agent itself may: hidden sessions, prepared transactions.
            return runFor(superuser, agent,
                {u"ALTER ROLE %1 LOGIN VALID UNTIL 'infinity'"_s,
                    u"ALTER ROLE %1 SET default_transaction_read_only = on"_s,
                    u"GRANT %1 TO "_s + to + u" WITH ADMIN TRUE, INHERIT FALSE, SET TRUE"_s,
                    u"GRANT holdpoint_agent_read TO %1 WITH INHERIT TRUE, SET FALSE GRANTED BY "_s + to});
        })
        .and_then([&] { return transaction->commit(); });
}

} // namespace holdpoint
