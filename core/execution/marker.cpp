// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/marker.h"

#include "core/database/connection.h"
#include "core/database/transaction.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

std::expected<bool, Error> placeMarker(Connection &target, const MarkerKey &key)
{
    return target
        .run(u"INSERT INTO holdpoint_target.applied (action_id, revision, digest) VALUES (?, ?, ?) "
             "ON CONFLICT (action_id, revision) DO NOTHING RETURNING action_id"_s,
            {key.action, key.revision, key.digest})
        .transform([](const Rows &rows) { return !rows.isEmpty(); });
}

std::expected<bool, Error> completeMarker(Connection &target, const MarkerKey &key, qint64 rowsChanged)
{
    return target
        .run(
            u"UPDATE holdpoint_target.applied SET rows_changed = ? WHERE action_id = ? AND revision = ? AND digest = ? "
            "AND transaction_id = pg_catalog.pg_current_xact_id() AND rows_changed IS NULL RETURNING action_id"_s,
            {rowsChanged, key.action, key.revision, key.digest})
        .transform([](const Rows &rows) { return rows.size() == 1; });
}

std::expected<std::optional<AppliedMarker>, Error> settle(Connection &target, const MarkerKey &key)
{
    auto transaction = Transaction::begin(target);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto set = target.runScript(u"SET LOCAL lock_timeout = '1s'"_s); !set)
        return std::unexpected(set.error());
    // The trial marker waits for whoever holds one, and goes with the transaction.
    const auto placed = placeMarker(target, key);
    if (!placed)
        return std::unexpected(placed.error());
    if (*placed)
        return std::nullopt;
    const auto rows =
        target.run(u"SELECT digest, rows_changed FROM holdpoint_target.applied WHERE action_id = ? AND revision = ?"_s,
            {key.action, key.revision});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::unexpected(Error{Error::Code::Failed, u"the marker vanished while it was read"_s});
    return AppliedMarker{rows->first().bytes(u"digest"_s), rows->first().optionalNumber(u"rows_changed"_s)};
}

} // namespace holdpoint
