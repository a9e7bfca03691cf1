// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"

namespace holdpoint {

/// Refuses a server that is no standby, and a role that could write if it ever met a primary: by its own rights or by
/// those of any role it may become.
std::expected<void, Error> checkReplica(Connection &replica);

/// Seconds that the standby's data are behind what its primary has sent; nothing if that cannot be told. The time of
/// the last replayed commit alone says nothing: with an idle primary it grows for ever. A stream that has been silent
/// for long counts as behind by its silence.
std::optional<double> replicaLag(Connection &replica);

} // namespace holdpoint
