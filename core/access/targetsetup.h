// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <QStringList>

#include <expected>

namespace holdpoint {

class Connection;

/// The roles that Holdpoint signs in with on one target. Created with LOGIN and without a password if missing.
struct TargetRoles
{
    QString writer; ///< the executor's: reads and writes all data
    QString revoker; ///< the kill switch's: ends agents' access, reads and writes no data
    QString reader; ///< the consoles', on the replica: only reads
    /// Whose objects the writer may also truncate, alter and drop; without them such a release fails.
    QStringList owners = {};
};

/// Makes a database a target: roles, the schema `holdpoint_target` with its marker table, grants. One transaction, safe
/// to run again; needs PostgreSQL 16. Refuses a role that is a superuser: no guard holds it.
std::expected<void, Error> prepareTarget(Connection &superuser, const TargetRoles &roles);

/// Gives an agent a role of its own on a target: it may sign in and read, and `revoker` may take all of that away.
/// Safe to run again, also to give access back after a revocation; the password is left alone.
std::expected<void, Error> addAgentRole(Connection &superuser, const QString &agent, const QString &revoker);

} // namespace holdpoint
