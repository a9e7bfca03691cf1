// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "app/ctl/terminal.h"
#include "core/store/setup.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// Opens the store as its administrator, checks its version, calls `work` and then says `done`.
int withAdministrator(
    const CommandLine &line, const QString &done, const std::function<std::expected<void, Error>(Connection &)> &work)
{
    auto connection = line.openStore();
    if (!connection)
        return fail(connection.error());
    return finish(
        StoreClient(*connection).checkVersion().and_then([&](int) { return work(*connection); }).transform([&] {
            printLine(done);
            return ExitStatus::Done;
        }));
}

QString passwordHint(const QString &role)
{
    return u"A new role has no password: \\password %1 in psql sets one."_s.arg(safeLine(role));
}

} // namespace

int runInit(const QStringList &arguments)
{
    CommandLine line(u"init"_s,
        u"Makes the store in the database it is connected to, or brings it up to this version. Safe to run again. "
        "Needs a superuser; refuses a store that is newer than this program."_s);
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    auto connection = line.openStore();
    if (!connection)
        return fail(connection.error());
    return finish(migrate(*connection).transform([](int version) {
        printLine(u"the store is at version %1"_s.arg(version));
        return ExitStatus::Done;
    }));
}

int runApproverAdd(const QStringList &arguments)
{
    CommandLine line(u"approver add"_s, u"Lets a person decide. Makes the role if it is missing."_s);
    line.addArgument(u"role"_s, u"The person's own role on the store's server."_s);
    line.addOption(u"name"_s, u"name"_s, u"The name to show; the role's without it."_s);
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const QString role = line.argument(0);
    const QString name = line.isSet(u"name"_s) ? line.value(u"name"_s) : role;
    return withAdministrator(line, u"%1 may decide. %2"_s.arg(safeLine(role), passwordHint(role)),
        [&](Connection &admin) { return addApprover(admin, role, name); });
}

int runAgentAdd(const QStringList &arguments)
{
    CommandLine line(u"agent add"_s, u"Lets an agent submit. Makes the role if it is missing."_s);
    line.addArgument(u"role"_s, u"The agent's own role on the store's server."_s);
    line.addRequiredOption(
        u"owner"_s, u"role"_s, u"The person responsible, who may never decide about this agent's actions."_s);
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const QString role = line.argument(0);
    return withAdministrator(line, u"%1 may submit. %2"_s.arg(safeLine(role), passwordHint(role)),
        [&](Connection &admin) { return addAgent(admin, role, line.value(u"owner"_s)); });
}

int runExecutorAdd(const QStringList &arguments)
{
    CommandLine line(u"executor add"_s, u"Lets an executor claim released actions. Makes the role if it is missing."_s);
    line.addArgument(u"role"_s, u"The executor's own role on the store's server."_s);
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const QString role = line.argument(0);
    return withAdministrator(line, u"%1 may execute. %2"_s.arg(safeLine(role), passwordHint(role)),
        [&](Connection &admin) { return addExecutor(admin, role); });
}

int runAuditorAdd(const QStringList &arguments)
{
    CommandLine line(
        u"auditor add"_s, u"Lets a person read everything and decide nothing. Makes the role if it is missing."_s);
    line.addArgument(u"role"_s, u"The person's own role on the store's server."_s);
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const QString role = line.argument(0);
    return withAdministrator(line, u"%1 may read everything. %2"_s.arg(safeLine(role), passwordHint(role)),
        [&](Connection &admin) { return addAuditor(admin, role); });
}

int runTargetAdd(const QStringList &arguments)
{
    CommandLine line(u"target add"_s, u"Tells the store of a target, or changes what it says of it."_s);
    line.addArgument(u"name"_s, u"What people and agents call it, as in prod-eu."_s);
    line.addRequiredOption(u"environment"_s, u"word"_s, u"production, staging, …: shown to whoever decides."_s);
    line.addRequiredOption(u"replica"_s, u"conninfo"_s,
        u"How consoles reach its read replica, as in service=prod-eu-replica; no password."_s);
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const Target target{
        .name = line.argument(0), .environment = line.value(u"environment"_s), .replica = line.value(u"replica"_s)};
    return withAdministrator(line, u"actions may name the target %1"_s.arg(safeLine(target.name)),
        [&](Connection &admin) { return addTarget(admin, target); });
}

int runTargetWatch(const QStringList &arguments)
{
    CommandLine line(u"target watch"_s,
        u"Tells the store how consoles ask a target's primary who holds locks there: with a role that is a member of "
        "holdpoint_watcher and of nothing else."_s);
    line.addArgument(u"name"_s, u"The target."_s);
    line.addArgument(u"conninfo"_s, u"As in service=prod-eu-watch; no password. Empty: nobody is asked any more."_s);
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const QString name = line.argument(0), conninfo = line.argument(1);
    return withAdministrator(line,
        (conninfo.isEmpty() ? u"locks on %1 are not watched"_s : u"locks on %1 are watched"_s).arg(safeLine(name)),
        [&](Connection &admin) { return setTargetWatch(admin, name, conninfo); });
}

} // namespace holdpoint
