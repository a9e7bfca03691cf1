// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/access/agentgrants.h"

#include "core/database/connection.h"
#include "core/database/transaction.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// The kinds of object that REVOKE has a word for, by the catalogue's word for them.
QString revokeWord(const QString &type)
{
    static const QHash<QString, QString> words{
        {u"table"_s, u"TABLE"_s},
        {u"view"_s, u"TABLE"_s},
        {u"materialized view"_s, u"TABLE"_s},
        {u"foreign table"_s, u"TABLE"_s},
        {u"sequence"_s, u"SEQUENCE"_s},
        {u"function"_s, u"ROUTINE"_s},
        {u"procedure"_s, u"ROUTINE"_s},
        {u"aggregate"_s, u"ROUTINE"_s},
        {u"schema"_s, u"SCHEMA"_s},
        {u"database"_s, u"DATABASE"_s},
        {u"type"_s, u"TYPE"_s},
        {u"language"_s, u"LANGUAGE"_s},
        {u"foreign-data wrapper"_s, u"FOREIGN DATA WRAPPER"_s},
        {u"server"_s, u"FOREIGN SERVER"_s},
        {u"tablespace"_s, u"TABLESPACE"_s},
    };
    return words.value(type);
}

std::expected<void, Error> noteFormerMembers(Connection &revoker, const QString &agent)
{
    const auto noted = revoker.run(
        u"INSERT INTO holdpoint_target.former_member (agent, login) "
        "SELECT a.rolname, r.rolname FROM pg_catalog.pg_roles a, pg_catalog.pg_roles r "
        "WHERE a.rolname = ? AND r.rolcanlogin AND NOT r.rolsuper AND r.oid <> a.oid AND r.rolname <> current_user "
        "AND pg_catalog.pg_has_role(r.oid, a.oid, 'SET') ON CONFLICT DO NOTHING"_s,
        {agent});
    if (!noted)
        return std::unexpected(noted.error());
    return {};
}

std::expected<Rows, Error> memberships(Connection &revoker, const QString &agent)
{
    return revoker.run(
        u"SELECT quote_ident(g.rolname) AS granted, quote_ident(m.rolname) AS member, quote_ident(b.rolname) AS "
        u"grantor, "
        "m.oid = a.oid AS of_agent, pg_has_role(current_user, am.grantor, 'USAGE') AS ours "
        "FROM pg_auth_members am JOIN pg_roles g ON g.oid = am.roleid JOIN pg_roles m ON m.oid = am.member "
        "JOIN pg_roles b ON b.oid = am.grantor JOIN pg_roles a ON a.oid IN (am.roleid, am.member) "
        "WHERE a.rolname = ? AND m.rolname <> current_user ORDER BY 1, 2"_s,
        {agent});
}

QString describeMembership(const Row &row)
{
    const QString kind = row.flag(u"of_agent"_s) ? u"member of %1"_s.arg(row.text(u"granted"_s))
                                                 : u"%1 is a member of it"_s.arg(row.text(u"member"_s));
    return u"%1, granted by %2"_s.arg(kind, row.text(u"grantor"_s));
}

std::expected<void, Error> endMemberships(Connection &revoker, const QString &agent, GrantsEnded &result)
{
    auto transaction = Transaction::begin(revoker);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto noted = noteFormerMembers(revoker, agent); !noted)
        return noted;
    const auto rows = memberships(revoker, agent);
    if (!rows)
        return std::unexpected(rows.error());
    for (const Row &row : *rows) {
        if (!row.flag(u"ours"_s)) {
            result.left.append(describeMembership(row));
            continue;
        }
        const QString revoke = u"REVOKE "_s + row.text(u"granted"_s) + u" FROM "_s + row.text(u"member"_s)
            + u" GRANTED BY "_s + row.text(u"grantor"_s) + u" CASCADE"_s;
        if (auto done = revoker.runScript(revoke); !done)
            return done;
        ++result.ended;
    }
    return transaction->commit();
}

std::expected<Rows, Error> objectGrants(Connection &revoker, const QString &agent)
{
    return revoker.run(
        u"SELECT DISTINCT o.type, o.identity, pg_describe_object(d.classid, d.objid, 0) AS described, "
        "quote_ident(a.rolname) AS agent FROM pg_shdepend d JOIN pg_roles a ON a.oid = d.refobjid "
        "CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) o "
        "WHERE d.refclassid = 'pg_authid'::regclass AND a.rolname = ? AND d.deptype = 'a' "
        "AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) ORDER BY 1, 2"_s,
        {agent});
}

std::expected<void, Error> endObjectGrants(Connection &revoker, const QString &agent, GrantsEnded &result)
{
    const auto before = objectGrants(revoker, agent);
    if (!before)
        return std::unexpected(before.error());
    for (const Row &row : *before)
        if (const QString word = revokeWord(row.text(u"type"_s)); !word.isEmpty()) {
            // Refused where another role granted it; what is left is read again below.
            std::ignore = revoker.runScript(u"REVOKE ALL ON "_s + word + u' ' + row.text(u"identity"_s) + u" FROM "_s
                + row.text(u"agent"_s) + u" CASCADE"_s);
        }
    const auto after = objectGrants(revoker, agent);
    if (!after)
        return std::unexpected(after.error());
    result.ended += static_cast<int>(before->size() - after->size());
    for (const Row &row : *after)
        result.left.append(u"rights on %1, granted by another role"_s.arg(row.text(u"described"_s)));
    return {};
}

} // namespace

QString GrantsEnded::text() const
{
    constexpr qsizetype shown = 10;
    const QString done = u"%1 ended"_s.arg(ended);
    if (left.isEmpty())
        return done;
    const QString rest = left.size() > shown ? u"; and %1 more"_s.arg(left.size() - shown) : QString();
    return u"%1; left, because only who granted it can end it: %2%3"_s.arg(
        done, left.first(qMin(left.size(), shown)).join(u"; "_s), rest);
}

std::expected<GrantsEnded, Error> endGrants(Connection &revoker, const QString &agent)
{
    GrantsEnded result;
    return endMemberships(revoker, agent, result)
        .and_then([&] { return endObjectGrants(revoker, agent, result); })
        .transform([&] { return result; });
}

} // namespace holdpoint
