// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/submission.h"

#include "app/ctl/terminal.h"

#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

// What the store takes; asking it with more would only move the text about.
constexpr qint64 largestSubmission = 1'048'576;

Error tooLarge()
{
    return {Error::Code::Invalid,
        u"the submission is larger than %1 bytes, the most that is taken"_s.arg(spelled(largestSubmission)),
        u"split it"_s};
}

} // namespace

std::expected<QByteArray, Error> readSubmission(const QString &path)
{
    QFile file(path);
    const bool fromStandardInput = path.isEmpty() || path == "-"_L1;
    if (!(fromStandardInput ? file.open(stdin, QFile::ReadOnly) : file.open(QFile::ReadOnly)))
        return std::unexpected(Error{
            Error::Code::Invalid, u"%1 cannot be read: %2"_s.arg(path, file.errorString()), u"name a file with SQL"_s});
    QByteArray sql;
    while (sql.size() <= largestSubmission) {
        const QByteArray part = file.read(largestSubmission + 1 - sql.size());
        if (part.isEmpty())
            break;
        sql += part;
    }
    if (file.error() != QFile::NoError)
        return std::unexpected(Error{Error::Code::Invalid, u"the SQL cannot be read: %1"_s.arg(file.errorString())});
    if (sql.size() > largestSubmission)
        return std::unexpected(tooLarge());
    if (sql.trimmed().isEmpty())
        return std::unexpected(
            Error{Error::Code::Invalid, u"there is no SQL"_s, u"name a file, or pipe the text in"_s});
    return sql;
}

} // namespace holdpoint
