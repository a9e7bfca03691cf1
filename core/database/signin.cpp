// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/signin.h"

#include <libpq-fe.h>

#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Handle = std::unique_ptr<PGconn, decltype(&PQfinish)>;

constexpr pg_usec_time_t patience = 5'000'000;

Handle start(const QString &conninfo, const QString &role, const QString &password)
{
    const QByteArray base = conninfo.toUtf8();
    const QByteArray user = role.toUtf8();
    const QByteArray secret = password.toUtf8();
    // The connection string comes first, so that what follows overrides it.
    const std::array<const char *, 5> keys{"dbname", "user", "password", "application_name", nullptr};
    const std::array<const char *, 5> values{
        base.constData(), user.constData(), secret.constData(), "holdpoint/proof", nullptr};
    return {PQconnectStartParams(keys.data(), values.data(), 1), &PQfinish};
}

/// False if time ran out.
bool poll(PGconn *handle)
{
    const pg_usec_time_t end = PQgetCurrentTimeUSec() + patience;
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;
    while (next != PGRES_POLLING_OK && next != PGRES_POLLING_FAILED) {
        const bool reading = next == PGRES_POLLING_READING;
        if (PQsocketPoll(PQsocket(handle), reading, !reading, end) <= 0)
            return false;
        next = PQconnectPoll(handle);
    }
    return true;
}

/// The server's message is in the server's language; the name of the function that sent it is not.
SignInTrial refusal(const QString &text)
{
    const bool byRole = text.contains("28000:"_L1) && text.contains("LOCATION:  InitializeSessionUserId,"_L1);
    return {byRole ? SignInAnswer::RoleMayNotLogIn : SignInAnswer::RefusedEarlier,
        text.section(u"FATAL:"_s, 1).section(u'\n', 0, 0).trimmed()};
}

} // namespace

std::expected<SignInTrial, Error> trySignIn(const QString &conninfo, const QString &role, const QString &password)
{
    const Handle handle = start(conninfo, role, password);
    if (!handle || PQstatus(handle.get()) == CONNECTION_BAD)
        return std::unexpected(Error{Error::Code::Invalid, u"the connection string cannot be used"_s,
            u"check the service's name and the host"_s});
    PQsetErrorVerbosity(handle.get(), PQERRORS_VERBOSE);
    PQsetNoticeProcessor(handle.get(), [](void *, const char *) { }, nullptr);
    if (!poll(handle.get()))
        return std::unexpected(Error{Error::Code::TimedOut, u"the server did not answer the sign-in"_s});
    if (PQstatus(handle.get()) == CONNECTION_OK)
        return SignInTrial{SignInAnswer::Accepted, {}};
    const QString text = QString::fromUtf8(PQerrorMessage(handle.get()));
    if (!text.contains("FATAL:"_L1))
        return std::unexpected(Error{Error::Code::Unreachable, text.trimmed().section(u'\n', 0, 0)});
    return refusal(text);
}

} // namespace holdpoint
