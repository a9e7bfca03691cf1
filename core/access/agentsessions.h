// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <QStringList>

#include <expected>

namespace holdpoint {

class Connection;

/// Ends the agent's sessions on the whole server: its own, those of logins that could act as it when their membership
/// ended, and those that pg_stat_activity does not show. Returns one line for each that was found, as in
/// `pid 4711 psql since 2026-11-22 14:02:11`; they are told to end, and may still be there for a moment.
///
/// A backend is hidden while it starts, which a client can stretch with post_auth_delay. Which login it has is shown
/// nowhere; but the agent's role alone may end only the agent's own, so the attempt is made as the agent.
std::expected<QStringList, Error> endSessions(Connection &revoker, const QString &agent);

/// The agent's transactions that are prepared and wait.
struct PreparedEnded
{
    QStringList rolledBack; ///< their names
    QStringList elsewhere; ///< `database: name`; only a connection to that database can end them
};

/// Rolls back what the agent has prepared in this database.
std::expected<PreparedEnded, Error> endPreparedTransactions(Connection &revoker, const QString &agent);

} // namespace holdpoint
