// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/rolepower.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// The first reason why the role could write, or NULL.
constexpr auto writePower = R"(
WITH me AS (
  SELECT oid, rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls
  FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')
), relation AS (
  SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
)
SELECT coalesce(
  (SELECT rolname || ' is a superuser' FROM me WHERE rolsuper LIMIT 1),
  (SELECT rolname || ' may create roles' FROM me WHERE rolcreaterole LIMIT 1),
  (SELECT rolname || ' may create databases' FROM me WHERE rolcreatedb LIMIT 1),
  (SELECT rolname || ' may start replication' FROM me WHERE rolreplication LIMIT 1),
  (SELECT 'it has the rights of ' || rolname FROM me WHERE rolname IN ('pg_write_all_data', 'pg_write_server_files',
     'pg_execute_server_program', 'pg_signal_backend', 'pg_create_subscription', 'pg_maintain') LIMIT 1),
  (SELECT me.rolname || ' may write to ' || relation.oid::regclass FROM me CROSS JOIN relation
   WHERE has_table_privilege(me.oid, relation.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
      OR has_any_column_privilege(me.oid, relation.oid, 'INSERT, UPDATE') LIMIT 1),
  (SELECT me.rolname || ' may create objects in schema ' || n.nspname FROM me CROSS JOIN pg_namespace n
   WHERE n.nspname NOT LIKE 'pg\_temp\_%' AND has_schema_privilege(me.oid, n.oid, 'CREATE') LIMIT 1)
) AS reason)"_L1;

} // namespace

std::expected<void, Error> checkOnlyReads(Connection &server, const QString &place)
{
    const auto power = server.run(writePower);
    if (!power)
        return std::unexpected(power.error());
    if (!power->first().isNull(u"reason"_s))
        return std::unexpected(Error{Error::Code::Refused,
            u"the role %1 could write: %2"_s.arg(server.user(), power->first().text(u"reason"_s)),
            u"sign in on %1 with a role that can only read"_s.arg(place), {}});
    return {};
}

} // namespace holdpoint
