// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/access/agentsessions.h"

#include "core/database/connection.h"
#include "core/database/quoting.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// Has the agent's rights, and none of the revoker's, as long as it lives.
class ActingAs
{
public:
    static std::expected<ActingAs, Error> begin(Connection &revoker, const QString &agent)
    {
        if (auto done = revoker.runScript(u"SET ROLE "_s + quotedIdentifier(agent)); !done)
            return std::unexpected(done.error());
        return ActingAs(revoker);
    }
    ActingAs(ActingAs &&other) noexcept
        : m_revoker(std::exchange(other.m_revoker, nullptr))
    {
    }
    ~ActingAs()
    {
        // Fails only with the connection.
        if (m_revoker)
            std::ignore = m_revoker->runScript(u"RESET ROLE"_s);
    }
    Q_DISABLE_COPY(ActingAs)
    ActingAs &operator=(ActingAs &&) = delete;

private:
    explicit ActingAs(Connection &revoker)
        : m_revoker(&revoker)
    {
    }
    Connection *m_revoker;
};

std::expected<QStringList, Error> endVisibleSessions(Connection &revoker, const QString &agent)
{
    const auto rows = revoker.run(
        u"SELECT s.pid, s.usename, s.application_name, s.backend_start, pg_terminate_backend(s.pid) "
        "FROM pg_stat_activity s LEFT JOIN holdpoint_target.former_member f ON f.agent = ? AND f.login = s.usename "
        "WHERE s.pid <> pg_backend_pid() AND (s.usename = ? OR s.backend_start < f.noted_at) ORDER BY s.pid"_s,
        {agent, agent});
    if (!rows)
        return std::unexpected(rows.error());
    QStringList found;
    for (const Row &row : *rows) {
        const QString login = row.text(u"usename"_s);
        found.append(u"pid %1 %2%3 since %4"_s.arg(row.number(u"pid"_s))
                .arg(row.text(u"application_name"_s), login == agent ? QString() : u" of %1"_s.arg(login),
                    row.time(u"backend_start"_s).toString(u"yyyy-MM-dd HH:mm:ss"_s)));
    }
    return found;
}

std::expected<QStringList, Error> endHiddenSessions(Connection &revoker, const QString &agent)
{
    const auto hidden = revoker.run(u"SELECT DISTINCT pid FROM pg_locks WHERE pid IS NOT NULL "
                                    "AND pid NOT IN (SELECT pid FROM pg_stat_activity)"_s);
    if (!hidden)
        return std::unexpected(hidden.error());
    QStringList found;
    if (hidden->isEmpty())
        return found;
    const auto acting = ActingAs::begin(revoker, agent);
    if (!acting)
        return std::unexpected(acting.error());
    for (const Row &row : *hidden) {
        const qint64 pid = row.number(u"pid"_s);
        const auto ended = revoker.run(u"SELECT pg_catalog.pg_terminate_backend(%1) AS ended"_s.arg(pid));
        if (ended && ended->first().flag(u"ended"_s))
            found.append(u"pid %1, hidden while it signed in"_s.arg(pid));
        else if (!ended && ended.error().code != Error::Code::Refused)
            return std::unexpected(ended.error());
    }
    return found;
}

} // namespace

std::expected<QStringList, Error> endSessions(Connection &revoker, const QString &agent)
{
    return endVisibleSessions(revoker, agent).and_then([&](QStringList found) -> std::expected<QStringList, Error> {
        return endHiddenSessions(revoker, agent).transform([&](const QStringList &hidden) { return found + hidden; });
    });
}

std::expected<PreparedEnded, Error> endPreparedTransactions(Connection &revoker, const QString &agent)
{
    const auto rows = revoker.run(u"SELECT gid, database, database = current_database() AS here "
                                  "FROM pg_prepared_xacts WHERE owner = ? ORDER BY gid"_s,
        {agent});
    if (!rows)
        return std::unexpected(rows.error());
    PreparedEnded result;
    if (rows->isEmpty())
        return result;
    const auto acting = ActingAs::begin(revoker, agent);
    if (!acting)
        return std::unexpected(acting.error());
    for (const Row &row : *rows) {
        const QString name = row.text(u"gid"_s);
        if (!row.flag(u"here"_s)) {
            result.elsewhere.append(row.text(u"database"_s) + u": "_s + name);
            continue;
        }
        if (auto done = revoker.runScript(u"ROLLBACK PREPARED "_s + quotedLiteral(name)); !done)
            return std::unexpected(done.error());
        result.rolledBack.append(name);
    }
    return result;
}

} // namespace holdpoint
