// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/replicacheck.h"

#include "core/impact/rolepower.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

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
    return checkOnlyReads(replica, u"the replica"_s);
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
