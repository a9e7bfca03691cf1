// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <QByteArray>

#include <expected>
#include <optional>

namespace holdpoint {

class Connection;

/// Which revision a marker row in the target stands for.
struct MarkerKey
{
    qint64 action = 0;
    int revision = 0;
    QByteArray digest;
};

/// What a committed marker says.
struct AppliedMarker
{
    QByteArray digest;
    std::optional<qint64> rowsChanged;
};

/// Writes the marker inside the open transaction. False if the revision was applied already.
///
/// The marker's primary key is also the lock between executors: while another transaction holds an uncommitted marker
/// of the same revision, this waits for its end, and fails with TimedOut after the transaction's lock_timeout.
std::expected<bool, Error> placeMarker(Connection &target, const MarkerKey &key);

/// Completes the marker that this very transaction placed. False if this is another transaction, or another marker.
std::expected<bool, Error> completeMarker(Connection &target, const MarkerKey &key, qint64 rowsChanged);

/// Decides whether a revision was applied, whatever became of who tried: nothing means that it was not and that no
/// earlier attempt can still commit. TimedOut while one is under way.
std::expected<std::optional<AppliedMarker>, Error> settle(Connection &target, const MarkerKey &key);

} // namespace holdpoint
