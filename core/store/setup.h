// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"
#include "core/store/target.h"

#include <expected>

namespace holdpoint {

class Connection;

/// The version of the store that this program was made for.
int programSchemaVersion();

/// Brings the database that `admin` (a superuser) is connected to up to this program's version, in one transaction.
/// Safe to run again. A newer store, and one whose migrations differ from this program's, is refused and left as it
/// is. Returns the version.
std::expected<int, Error> migrate(Connection &admin);

/// The next four create the role with LOGIN and without a password if it is missing, give it its part, and are safe
/// to run again. Each is one transaction.
std::expected<void, Error> addApprover(Connection &admin, const QString &role, const QString &displayName);
/// @param owner the person responsible, an existing role; may never decide about the agent's actions
std::expected<void, Error> addAgent(Connection &admin, const QString &role, const QString &owner);
std::expected<void, Error> addExecutor(Connection &admin, const QString &role);
/// One who reads everything and decides nothing.
std::expected<void, Error> addAuditor(Connection &admin, const QString &role);

std::expected<void, Error> addTarget(Connection &admin, const Target &target);
/// @param conninfo how consoles ask the target's primary who holds locks there; empty: not at all
std::expected<void, Error> setTargetWatch(Connection &admin, const QString &target, const QString &conninfo);
/// @param rule for target `*` it holds wherever a target has no rule of its own
std::expected<void, Error> setPolicy(Connection &admin, const PolicyRule &rule);

} // namespace holdpoint
