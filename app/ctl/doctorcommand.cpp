// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "app/ctl/terminal.h"
#include "core/impact/lockholders.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

struct Check
{
    QString subject;
    bool passed = false;
    QString finding;
};

// Through its memberships too, whether it has to SET ROLE for it or not.
const QString writableTables = uR"(
SELECT count(*) FILTER (WHERE r.rolsuper OR r.rolname = 'pg_write_all_data') AS powers,
    (SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
       AND EXISTS (SELECT FROM pg_catalog.pg_roles m WHERE pg_catalog.pg_has_role(m.oid, 'MEMBER')
         AND pg_catalog.has_table_privilege(m.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))) AS tables
FROM pg_catalog.pg_roles r WHERE pg_catalog.pg_has_role(r.oid, 'MEMBER'))"_s;

Check checkIdentity(StoreClient &store)
{
    const auto identity = store.whoAmI();
    if (!identity)
        return {u"who you are"_s, false, identity.error().text()};
    if (identity->kind == "none"_L1)
        return {u"who you are"_s, false,
            u"%1 has no part in Holdpoint – an administrator gives one, as in holdpointctl approver add"_s.arg(
                identity->role)};
    return {u"who you are"_s, true, u"%1, %2"_s.arg(identity->role, identity->kind)};
}

Check checkExecutors(StoreClient &store)
{
    const auto executors = store.executors();
    if (!executors)
        return {u"executor"_s, false, executors.error().text()};
    QStringList alive;
    for (const Executor &executor : *executors)
        if (executor.alive)
            alive.append(u"%1, version %2"_s.arg(executor.name, executor.version));
    if (alive.isEmpty())
        return {u"executor"_s, false, u"none has reported within ten seconds – start holdpoint-executor"_s};
    return {u"executor"_s, true, alive.join("; "_L1)};
}

Check checkReplica(const Target &target)
{
    const QString subject = u"replica of "_s + target.name;
    auto connection = Connection::open(target.replica, u"ctl"_s);
    if (!connection)
        return {subject, false, connection.error().text()};
    const auto standby = connection->run(u"SELECT pg_catalog.pg_is_in_recovery() AS standby"_s);
    const auto rights = connection->run(writableTables);
    if (!standby || !rights)
        return {subject, false, (standby ? rights.error() : standby.error()).text()};
    if (!standby->first().flag(u"standby"_s))
        return {subject, false, u"it is a primary: what is asked there could run there – name a standby"_s};
    if (rights->first().number(u"powers"_s) > 0)
        return {subject, false,
            u"the role %1 can write everything – give the consoles one that only reads"_s.arg(connection->user())};
    if (const qint64 tables = rights->first().number(u"tables"_s); tables > 0)
        return {subject, false,
            u"the role %1 can write %2 tables – give the consoles one that only reads"_s.arg(
                connection->user(), spelled(tables))};
    return {subject, true, u"a standby, and %1 can only read"_s.arg(connection->user())};
}

/// No target needs a sandbox; which of them has one is worth knowing.
Check checkSandboxes(StoreClient &store)
{
    const auto executors = store.executors();
    if (!executors)
        return {u"sandboxes"_s, false, executors.error().text()};
    QStringList targets;
    for (const Executor &executor : *executors)
        if (executor.alive)
            targets += executor.sandboxes;
    targets.sort();
    targets.removeDuplicates();
    if (targets.isEmpty())
        return {u"sandboxes"_s, true, u"none: no action can be tried before it is released"_s};
    return {u"sandboxes"_s, true, u"of "_s + targets.join(", "_L1)};
}

Check checkWatch(const Target &target)
{
    const QString subject = u"watch of "_s + target.name;
    if (target.watch.isEmpty())
        return {subject, true, u"none: who holds locks is not shown – holdpointctl target watch sets one"_s};
    auto connection = Connection::open(target.watch, u"ctl"_s);
    if (!connection)
        return {subject, false, connection.error().text()};
    const auto holders = lockHolders(*connection, {});
    if (!holders)
        return {subject, false, holders.error().text()};
    return {subject, true, u"%1 sees who holds locks, and can only read"_s.arg(connection->user())};
}

// What the replica streams from, as far as its role may see that.
const QString whereFrom = uR"(
SELECT sender_host AS host, sender_port::text AS port, pg_catalog.current_database()::text AS database
FROM pg_catalog.pg_stat_wal_receiver WHERE sender_host IS NOT NULL)"_s;

QString quotedOption(QString value)
{
    return u'\'' + value.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s) + u'\'';
}

/// Tries to sign in on the primary with the replica's role: rejected is the only good answer. A text that reaches the
/// primary from the replica would do it as this role.
Check checkPrimary(const Target &target)
{
    const QString subject = u"primary of "_s + target.name;
    auto replica = Connection::open(target.replica, u"ctl"_s);
    const auto source = replica ? replica->run(whereFrom) : std::unexpected(replica.error());
    if (!source)
        return {subject, false, source.error().text()};
    if (source->isEmpty())
        return {subject, false,
            u"%1 may not see what the replica streams from, so it cannot be tried – GRANT pg_read_all_stats"_s.arg(
                replica->user())};
    const Row &from = source->first();
    const auto tried = Connection::open(
        u"host=%1 port=%2 dbname=%3 user=%4"_s.arg(quotedOption(from.text(u"host"_s)), from.text(u"port"_s),
            quotedOption(from.text(u"database"_s)), quotedOption(replica->user())),
        u"ctl"_s);
    const QString answer = tried ? QString() : tried.error().message;
    if (answer.contains("pg_hba.conf rejects"_L1) || answer.contains("no pg_hba.conf entry"_L1))
        return {subject, true, u"it rejects %1"_s.arg(replica->user())};
    if (!tried && tried.error().code == Error::Code::Unreachable)
        return {subject, false, u"it cannot be tried from here: "_s + answer};
    return {subject, false, u"it lets %1 try to sign in – let its pg_hba.conf reject that role"_s.arg(replica->user())};
}

QList<Check> checkTargets(StoreClient &store)
{
    const auto targets = store.targets();
    if (!targets)
        return {{u"targets"_s, false, targets.error().text()}};
    if (targets->isEmpty())
        return {{u"targets"_s, false, u"there is none – holdpointctl target add names one"_s}};
    QList<Check> checks;
    for (const Target &target : *targets) {
        checks.append(checkReplica(target));
        if (checks.last().passed)
            checks.append(checkPrimary(target));
        checks.append(checkWatch(target));
    }
    return checks;
}

QList<Check> allChecks(StoreClient &store, int version)
{
    QList<Check> checks{{u"store"_s, true, u"reachable, version %1"_s.arg(version)}, checkIdentity(store)};
    const auto identity = store.whoAmI();
    // Agents may not know the targets, so these checks would only fail for them.
    if (!identity || identity->kind == "agent"_L1 || identity->kind == "none"_L1)
        return checks;
    return checks << checkExecutors(store) << checkSandboxes(store) << checkTargets(store);
}

int report(const QList<Check> &checks, bool json)
{
    QJsonArray list;
    bool passed = true;
    for (const Check &check : checks) {
        passed = passed && check.passed;
        list.append(
            QJsonObject{{u"subject"_s, check.subject}, {u"passed"_s, check.passed}, {u"finding"_s, check.finding}});
        if (!json)
            printLine(u"%1  %2  %3"_s.arg(
                check.passed ? u"ok"_s : u"NO"_s, safeLine(check.subject).leftJustified(20), safeLine(check.finding)));
    }
    if (json)
        printJson(list);
    return passed ? ExitStatus::Done : ExitStatus::No;
}

} // namespace

int runDoctor(const QStringList &arguments)
{
    CommandLine line(u"doctor"_s,
        u"Checks what has to be right before anybody relies on it: the store and its version, who you are, an executor "
        "that is alive, replicas that are standbys and can only be read, by a role that their primaries reject. Exit "
        "status 1: something is not."_s);
    line.addFormatOption();
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    auto connection = line.openStore();
    if (!connection)
        return fail(connection.error());
    StoreClient store(*connection);
    return finish(store.checkVersion().transform(
        [&](int version) { return report(allChecks(store, version), line.wantsJson()); }));
}

} // namespace holdpoint
