// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/servererror.h"

#include <libpq-fe.h>

#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// The rest of the first line that begins with a label, as in `HINT:  …`.
QString labelled(const QString &text, QStringView label)
{
    const QStringList lines = text.split(u'\n');
    for (const QString &line : lines)
        if (line.startsWith(label))
            return line.mid(label.size()).trimmed();
    return {};
}

Error::Code codeOf(const QString &sqlState)
{
    if (sqlState == "HP001"_L1 || sqlState == "42501"_L1 || sqlState == "25006"_L1)
        return Error::Code::Refused;
    if (sqlState == "HP002"_L1 || sqlState == "40001"_L1 || sqlState == "40P01"_L1)
        return Error::Code::Conflict;
    if (sqlState == "HP003"_L1)
        return Error::Code::Invalid;
    if (sqlState == "HP004"_L1 || sqlState == "57014"_L1 || sqlState == "55P03"_L1)
        return Error::Code::TimedOut;
    if (sqlState.isEmpty() || sqlState.startsWith("08"_L1) || sqlState.startsWith("57P"_L1))
        return Error::Code::Unreachable;
    return Error::Code::Failed;
}

bool containsAny(const QString &text, std::initializer_list<QLatin1StringView> parts)
{
    return std::ranges::any_of(parts, [&text](QLatin1StringView part) { return text.contains(part); });
}

} // namespace

Error connectError(const QString &libpqText)
{
    const QString text = libpqText.trimmed().section(u'\n', 0, 0);
    if (containsAny(libpqText, {"password authentication failed"_L1, "no password supplied"_L1}))
        return {
            Error::Code::SignInRefused, text, u"check the user and the password file (PGPASSFILE, mode 0600)"_s, {}};
    if (containsAny(libpqText,
            {"not permitted to log in"_L1, "does not exist"_L1, "no pg_hba.conf entry"_L1, "pg_hba.conf rejects"_L1,
                "permission denied for database"_L1, "authentication failed"_L1, "too many connections for role"_L1}))
        return {
            Error::Code::SignInRefused, text, u"check user and database, or ask the administrator for access"_s, {}};
    if (libpqText.contains("definition of service"_L1))
        return {Error::Code::Invalid, text, u"check the service's name in pg_service.conf (PGSERVICEFILE)"_s, {}};
    return {Error::Code::Unreachable, text, u"check host, port and that the server runs"_s, {}};
}

Error serverError(const QString &sqlState, const QString &libpqText)
{
    QString message = labelled(libpqText, u"ERROR:");
    if (message.isEmpty())
        message = labelled(libpqText, u"FATAL:");
    if (message.isEmpty())
        message = libpqText.trimmed().section(u'\n', 0, 0);
    return {codeOf(sqlState), message, labelled(libpqText, u"HINT:"), sqlState, 0};
}

Error serverError(const pg_result *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    Error error = serverError(QString::fromLatin1(state ? state : ""), QString::fromUtf8(PQresultErrorMessage(result)));
    error.position = QByteArrayView(position ? position : "0").toInt();
    return error;
}

} // namespace holdpoint
