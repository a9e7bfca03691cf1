// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "app/ctl/terminal.h"
#include "core/access/targetsetup.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

const QString databaseOption = u"database"_s;

void addDatabaseOption(CommandLine &line)
{
    line.addRequiredOption(databaseOption, u"conninfo"_s,
        u"The target's primary, as a superuser: service=prod-eu-admin. Used now and kept nowhere; no password."_s);
}

int withTarget(
    const CommandLine &line, const QString &done, const std::function<std::expected<void, Error>(Connection &)> &work)
{
    auto connection = Connection::open(line.value(databaseOption), u"ctl"_s);
    if (!connection)
        return fail(connection.error());
    return finish(work(*connection).transform([&] {
        printLine(done);
        return ExitStatus::Done;
    }));
}

} // namespace

int runTargetPrepare(const QStringList &arguments)
{
    CommandLine line(u"target prepare"_s,
        u"Makes a production database ready: the roles that Holdpoint signs in with (made if missing, without a "
        "password), the marker table, the grants. One transaction, safe to run again."_s);
    addDatabaseOption(line);
    line.addOption(u"writer"_s, u"role"_s, u"The executor's role."_s, u"holdpoint_writer"_s);
    line.addOption(u"revoker"_s, u"role"_s, u"The kill switch's role."_s, u"holdpoint_revoker"_s);
    line.addOption(u"reader"_s, u"role"_s, u"The consoles' role, on the replica."_s, u"holdpoint_reader"_s);
    line.addOption(u"owner"_s, u"role"_s,
        u"Whose objects a release may also truncate, alter and drop. May be given more than once."_s);
    if (const auto status = line.parse(arguments))
        return *status;
    const TargetRoles roles{.writer = line.value(u"writer"_s),
        .revoker = line.value(u"revoker"_s),
        .reader = line.value(u"reader"_s),
        .owners = line.values(u"owner"_s)};
    return withTarget(line,
        u"ready. Give %1, %2 and %3 their passwords, and let the primary's pg_hba.conf reject %3."_s.arg(
            safeLine(roles.writer), safeLine(roles.revoker), safeLine(roles.reader)),
        [&](Connection &superuser) { return prepareTarget(superuser, roles); });
}

int runTargetAdmit(const QStringList &arguments)
{
    CommandLine line(u"target admit"_s,
        u"Gives an agent a sign-in of its own on a target: it may read, and the revoker may take that away."_s);
    line.addArgument(u"agent"_s, u"The agent's role; made if it is missing, without a password."_s);
    addDatabaseOption(line);
    line.addOption(u"revoker"_s, u"role"_s, u"The kill switch's role."_s, u"holdpoint_revoker"_s);
    if (const auto status = line.parse(arguments))
        return *status;
    return withTarget(line, u"%1 may read"_s.arg(safeLine(line.argument(0))),
        [&](Connection &superuser) { return addAgentRole(superuser, line.argument(0), line.value(u"revoker"_s)); });
}

} // namespace holdpoint
