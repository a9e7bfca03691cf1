// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <QStringList>

#include <expected>

namespace holdpoint {

class Connection;

/// What was taken from an agent, and what only somebody else can take.
struct GrantsEnded
{
    int ended = 0;
    QStringList left; ///< as in `member of app_rw, granted by postgres`

    /// For people, in one line.
    QString text() const;
};

/// Ends an agent's memberships, other logins' membership in the agent, and its rights on objects of this database, as
/// far as they are the revoker's to end. Who could act as the agent is noted in holdpoint_target.former_member first.
std::expected<GrantsEnded, Error> endGrants(Connection &revoker, const QString &agent);

} // namespace holdpoint
