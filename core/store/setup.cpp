// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/setup.h"

#include "core/database/connection.h"
#include "core/database/transaction.h"
#include "core/store/migration.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

// Any number will do; all that set up a store take the same one.
constexpr qint64 migrationLock = 0x686f6c64706f696e;

std::expected<void, Error> run(Connection &connection, const QString &sql, const QVariantList &values = {})
{
    return connection.run(sql, values).transform([](const Rows &) { });
}

std::expected<bool, Error> asked(Connection &connection, const QString &question)
{
    return connection.run(u"SELECT ("_s + question + u") AS answer"_s).transform([](const Rows &rows) {
        return !rows.isEmpty() && rows.constFirst().flag(u"answer"_s);
    });
}

std::expected<void, Error> checkDatabase(Connection &admin)
{
    const auto utf8 = asked(admin, u"getdatabaseencoding() = 'UTF8'"_s);
    if (!utf8)
        return std::unexpected(utf8.error());
    if (!*utf8)
        return std::unexpected(Error{.code = Error::Code::Invalid,
            .message = u"this database does not use UTF-8"_s,
            .remedy = u"create one: createdb --encoding UTF8 --template template0 holdpoint"_s});
    const auto superuser = asked(admin, u"SELECT rolsuper FROM pg_roles WHERE rolname = current_user"_s);
    if (!superuser)
        return std::unexpected(superuser.error());
    if (!*superuser)
        return std::unexpected(Error{.code = Error::Code::Refused,
            .message = u"%1 may not set up a store"_s.arg(admin.user()),
            .remedy = u"sign in as a superuser of the store's server"_s});
    return {};
}

/// The rows of the table of applied migrations, in order; none if there is no store yet.
std::expected<Rows, Error> applied(Connection &admin)
{
    const auto there = asked(admin, u"to_regclass('holdpoint.schema_version') IS NOT NULL"_s);
    if (!there)
        return std::unexpected(there.error());
    if (*there)
        return admin.run(u"SELECT number, name, sha256 FROM holdpoint.schema_version ORDER BY number"_s);
    const auto taken = asked(admin, u"to_regnamespace('holdpoint') IS NOT NULL"_s);
    if (!taken)
        return std::unexpected(taken.error());
    if (*taken)
        return std::unexpected(Error{.code = Error::Code::Refused,
            .message = u"this database has a schema holdpoint that is no store"_s,
            .remedy = u"use a database of its own for the store"_s});
    return Rows{};
}

/// Refuses a store that this program does not fully know.
std::expected<void, Error> compare(const Rows &done, const QList<Migration> &known)
{
    for (qsizetype i = 0; i < done.size(); ++i) {
        if (i >= known.size())
            return std::unexpected(Error{.code = Error::Code::WrongVersion,
                .message = u"the store has version %1, this program knows only version %2"_s
                    .arg(done.constLast().number(u"number"_s))
                    .arg(known.size()),
                .remedy = u"install the Holdpoint version that the store was set up with"_s});
        if (done[i].number(u"number"_s) != known[i].number || done[i].bytes(u"sha256"_s) != known[i].sha256)
            return std::unexpected(Error{.code = Error::Code::WrongVersion,
                .message = u"the store was set up with another %1 than this program has"_s.arg(known[i].name),
                .remedy = u"install the Holdpoint version that the store was set up with"_s});
    }
    return {};
}

std::expected<void, Error> apply(Connection &admin, const Migration &migration)
{
    auto done = admin.runScript(QString::fromUtf8(migration.sql));
    if (!done)
        return std::unexpected(Error{done.error().code, u"%1: %2"_s.arg(migration.name, done.error().message),
            done.error().remedy, done.error().sqlState});
    if (done = run(admin, u"RESET ROLE"_s); !done)
        return done;
    return run(admin, u"INSERT INTO holdpoint.schema_version (number, name, sha256) VALUES (?, ?, ?::bytea)"_s,
        {migration.number, migration.name, migration.sha256});
}

/// Creates the role if it is missing and makes it a member of the group.
std::expected<void, Error> giveRole(Connection &admin, const QString &role, const QString &group)
{
    // The server quotes the names.
    const auto commands =
        admin.run(u"SELECT CASE WHEN to_regrole(quote_ident(?)) IS NULL THEN format('CREATE ROLE %I LOGIN', ?::text)"
                  " ELSE 'SELECT' END AS creation, format('GRANT %I TO %I', ?::text, ?::text) AS membership"_s,
            {role, role, group, role});
    if (!commands)
        return std::unexpected(commands.error());
    const Row &row = commands->constFirst();
    if (auto created = run(admin, row.text(u"creation"_s)); !created)
        return created;
    return run(admin, row.text(u"membership"_s));
}

/// Role, membership and registration together or not at all.
std::expected<void, Error> addRole(Connection &admin, const QString &role, const QString &group,
    const QString &registration, const QVariantList &values)
{
    auto transaction = Transaction::begin(admin);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto given = giveRole(admin, role, group); !given)
        return given;
    if (!registration.isEmpty())
        if (auto registered = run(admin, registration, values); !registered)
            return registered;
    return transaction->commit();
}

} // namespace

int programSchemaVersion()
{
    static const int version = int(migrations().size());
    return version;
}

std::expected<int, Error> migrate(Connection &admin)
{
    auto transaction = Transaction::begin(admin);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto sound = checkDatabase(admin); !sound)
        return std::unexpected(sound.error());
    if (auto locked = run(admin, u"SELECT pg_advisory_xact_lock(?)"_s, {migrationLock}); !locked)
        return std::unexpected(locked.error());
    const auto done = applied(admin);
    if (!done)
        return std::unexpected(done.error());
    const QList<Migration> known = migrations();
    if (auto same = compare(*done, known); !same)
        return std::unexpected(same.error());
    for (const Migration &migration : known.sliced(done->size()))
        if (auto success = apply(admin, migration); !success)
            return std::unexpected(success.error());
    return transaction->commit().transform(programSchemaVersion);
}

std::expected<void, Error> addApprover(Connection &admin, const QString &role, const QString &displayName)
{
    return addRole(admin, role, u"holdpoint_approver"_s, u"SELECT holdpoint.add_approver(?, ?)"_s, {role, displayName});
}

std::expected<void, Error> addAgent(Connection &admin, const QString &role, const QString &owner)
{
    return addRole(admin, role, u"holdpoint_agent"_s, u"SELECT holdpoint.add_agent(?, ?)"_s, {role, owner});
}

std::expected<void, Error> addExecutor(Connection &admin, const QString &role)
{
    return addRole(admin, role, u"holdpoint_executor"_s, u"SELECT holdpoint.add_executor(?)"_s, {role});
}

std::expected<void, Error> addAuditor(Connection &admin, const QString &role)
{
    return addRole(admin, role, u"holdpoint_auditor"_s, {}, {});
}

std::expected<void, Error> addTarget(Connection &admin, const Target &target)
{
    return run(admin, u"SELECT holdpoint.add_target(?, ?, ?)"_s, {target.name, target.environment, target.replica});
}

std::expected<void, Error> setTargetWatch(Connection &admin, const QString &target, const QString &conninfo)
{
    return run(admin, u"SELECT holdpoint.set_target_watch(?, ?)"_s, {target, conninfo});
}

std::expected<void, Error> setPolicy(Connection &admin, const PolicyRule &rule)
{
    return run(admin, u"SELECT holdpoint.set_policy(?, ?, ?, ?, ?::numeric, ?)"_s,
        {rule.target, toWord(rule.level), rule.approvers, rule.rowLimit, rule.tolerance, rule.slack});
}

} // namespace holdpoint
