// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <expected>

namespace holdpoint {

class Connection;

/// Refuses what a trial must not run on, whatever the configuration calls it: the server that the target is on, in any
/// of its databases; a standby; a role that is a superuser, whom no rule of ours holds.
///
/// A server is told by its system identifier and the moment it was started. The identifier alone would refuse a
/// sandbox that was restored from the target's own backup, which is the best one there is.
std::expected<void, Error> checkSandbox(Connection &sandbox, Connection &target);

} // namespace holdpoint
