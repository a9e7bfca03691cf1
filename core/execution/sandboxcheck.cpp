// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/sandboxcheck.h"

#include "core/database/connection.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

struct Server
{
    QString identity;
    bool isStandby = true;
    bool isSuperuser = true;
};

std::expected<Server, Error> serverOf(Connection &connection)
{
    const auto rows = connection.run(
        u"SELECT pg_catalog.format('%s %s', (SELECT c.system_identifier FROM pg_catalog.pg_control_system() c), "
        "pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time())) AS identity, "
        "pg_catalog.pg_is_in_recovery() AS standby, "
        "(SELECT bool_or(r.rolsuper) FROM pg_catalog.pg_roles r WHERE pg_catalog.pg_has_role(r.oid, 'MEMBER')) AS "
        "super"_s);
    if (!rows)
        return std::unexpected(rows.error());
    const Row &row = rows->first();
    return Server{row.text(u"identity"_s), row.flag(u"standby"_s), row.flag(u"super"_s)};
}

std::unexpected<Error> refused(const QString &why, const QString &remedy)
{
    return std::unexpected(Error{Error::Code::Refused, why, remedy});
}

} // namespace

std::expected<void, Error> checkSandbox(Connection &sandbox, Connection &target)
{
    const auto production = serverOf(target);
    if (!production)
        return std::unexpected(production.error());
    const auto own = serverOf(sandbox);
    if (!own)
        return std::unexpected(own.error());
    if (own->identity == production->identity)
        return refused(u"the sandbox is on the target's own server: a trial must never touch production"_s,
            u"name another server in the executor's configuration"_s);
    if (own->isStandby)
        return refused(u"the sandbox is a standby, where nothing can be tried"_s,
            u"name a server of its own in the executor's configuration"_s);
    if (own->isSuperuser)
        return refused(u"the sandbox's role %1 is a superuser, or can become one"_s.arg(sandbox.user()),
            u"give the executor a role there with the rights that its writer has on the target"_s);
    return {};
}

} // namespace holdpoint
