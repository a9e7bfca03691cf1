// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/replicacheck.h"

#include <algorithm>

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

/// `silence` is how long the stream has said nothing: then nobody knows what the primary did meanwhile. `normal` is
/// what a healthy one may be silent for.
constexpr auto replayState = R"(
SELECT pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn() AS caught_up,
  (SELECT extract(epoch FROM clock_timestamp() - last_msg_receipt_time)::float8 FROM pg_stat_wal_receiver
    WHERE status = 'streaming') AS silence,
  (SELECT 2 * setting::float8 FROM pg_settings WHERE name = 'wal_receiver_status_interval') AS normal,
  extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8 AS behind)"_L1;

/// Of a standby that has replayed all that it received: no lag, unless the stream is silent. It may then lag by as
/// long as that; a primary without any work is silent too.
std::optional<double> lagOfCaughtUp(const Row &state)
{
    if (state.isNull(u"silence"_s))
        return std::nullopt;
    const double silence = state.real(u"silence"_s);
    return silence <= state.real(u"normal"_s) ? 0.0 : silence;
}

std::expected<bool, Error> isStandby(Connection &server)
{
    const auto answer = server.run(u"SELECT pg_is_in_recovery() AS standby"_s);
    if (!answer)
        return std::unexpected(answer.error());
    return answer->first().flag(u"standby"_s);
}

} // namespace

std::expected<void, Error> checkReplica(Connection &replica)
{
    const auto standby = isStandby(replica);
    if (!standby)
        return std::unexpected(standby.error());
    if (!*standby)
        return std::unexpected(Error{Error::Code::Refused, u"the server given as replica is a primary"_s,
            u"give the target the address of a standby"_s, {}});
    const auto power = replica.run(writePower);
    if (!power)
        return std::unexpected(power.error());
    if (!power->first().isNull(u"reason"_s))
        return std::unexpected(Error{Error::Code::Refused,
            u"the role %1 could write: %2"_s.arg(replica.user(), power->first().text(u"reason"_s)),
            u"sign in on the replica with a role that can only read"_s, {}});
    return {};
}

std::optional<double> replicaLag(Connection &replica)
{
    // Between two looks a healthy standby replays what it has just received, be it no commit at all.
    constexpr int looks = 3;
    for (int look = 1; look <= looks; ++look) {
        const auto answer = replica.run(replayState);
        if (!answer)
            return std::nullopt;
        const Row &state = answer->first();
        const bool comparable = !state.isNull(u"caught_up"_s);
        if (comparable && state.flag(u"caught_up"_s))
            return lagOfCaughtUp(state);
        if (look == looks && comparable && !state.isNull(u"behind"_s))
            return std::max(0.0, state.real(u"behind"_s));
        (void)replica.run(u"SELECT pg_sleep(0.02)"_s);
    }
    return std::nullopt;
}

} // namespace holdpoint
