// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/foreignresult.h"

#include "core/database/servererror.h"

#include <libpq-fe.h>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

void readColumns(const PGresult *result, ForeignResult &answer)
{
    if (!answer.columns.isEmpty())
        return;
    for (int column = 0; column < PQnfields(result); ++column)
        answer.columns.append(QString::fromUtf8(PQfname(result, column)));
}

void keepRow(const PGresult *result, ForeignResult &answer)
{
    QList<std::optional<QByteArray>> row;
    for (int column = 0; column < PQnfields(result); ++column) {
        if (PQgetisnull(result, 0, column))
            row.append(std::nullopt);
        else
            row.append(QByteArray(PQgetvalue(result, 0, column), PQgetlength(result, 0, column)));
    }
    answer.rows.append(std::move(row));
}

/// COPY turns the connection into a stream; nobody here has anything to say on it.
Error leaveCopy(PGconn *handle, ExecStatusType status)
{
    if (status == PGRES_COPY_IN || status == PGRES_COPY_BOTH)
        PQputCopyEnd(handle, "not available here");
    char *buffer = nullptr;
    while (status != PGRES_COPY_IN && PQgetCopyData(handle, &buffer, 0) > 0)
        PQfreemem(buffer);
    return {Error::Code::Invalid, u"COPY from or to the client is not available here"_s,
        u"use INSERT, or SELECT"_s, {}};
}

} // namespace

std::expected<ForeignResult, Error> exchangeForeign(PGconn *handle, const QByteArray &sql, qint64 keepRows)
{
    if (sql.contains('\0'))
        return std::unexpected(Error{Error::Code::Invalid, u"the text holds a NUL byte"_s, u"remove it"_s, {}});
    if (!PQsendQueryParams(handle, sql.constData(), 0, nullptr, nullptr, nullptr, nullptr, 0))
        return std::unexpected(serverError({}, QString::fromUtf8(PQerrorMessage(handle))));
    PQsetSingleRowMode(handle);

    ForeignResult answer;
    std::optional<Error> failure;
    while (true) {
        const Result result(PQgetResult(handle), &PQclear);
        if (!result)
            break;
        switch (const ExecStatusType status = PQresultStatus(result.get())) {
        case PGRES_SINGLE_TUPLE:
            readColumns(result.get(), answer);
            if (answer.rows.size() < keepRows)
                keepRow(result.get(), answer);
            break;
        case PGRES_TUPLES_OK:
        case PGRES_COMMAND_OK:
        case PGRES_EMPTY_QUERY:
            readColumns(result.get(), answer);
            answer.commandTag = QString::fromLatin1(PQcmdStatus(result.get()));
            answer.rowsByTag = QByteArrayView(PQcmdTuples(result.get())).toLongLong();
            break;
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH:
            failure = leaveCopy(handle, status);
            break;
        default:
            if (!failure)
                failure = serverError(result.get());
        }
    }
    if (failure)
        return std::unexpected(*failure);
    return answer;
}

} // namespace holdpoint
