// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/analyzebatch.h"

#include "app/ctl/terminal.h"
#include "core/assessment/analyzerclient.h"
#include "core/assessment/analyzerwire.h"

#include <QFile>
#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qint64 longestLine = qint64(64) << 20;

void printComplaint(qint64 line, const QString &what)
{
    printJson(QJsonObject{{u"id"_s, QJsonValue()}, {u"error"_s, what}, {u"line"_s, line}});
}

/// The bytes that a request asks about: as text, or as base64 where they are no text.
std::expected<QByteArray, QString> textOf(const QJsonObject &request)
{
    if (const QJsonValue sql = request.value(u"sql"_s); sql.isString())
        return sql.toString().toUtf8();
    const QJsonValue encoded = request.value(u"sql_base64"_s);
    const auto decoded = QByteArray::fromBase64Encoding(
        encoded.toString().toLatin1(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!encoded.isString() || !decoded)
        return std::unexpected(u"the line has no \"sql\" text"_s);
    return *decoded;
}

bool answerLine(BlockingAnalyzer &analyzer, const QByteArray &line, qint64 number)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(line, &problem);
    if (problem.error != QJsonParseError::NoError || !document.isObject()) {
        printComplaint(number, u"the line is no JSON object"_s);
        return false;
    }
    const auto sql = textOf(document.object());
    if (!sql) {
        printComplaint(number, sql.error());
        return false;
    }
    QJsonObject json = toJson(analyzer.analyse(*sql));
    json[u"id"_s] = document.object().value(u"id"_s);
    printJson(json);
    return true;
}

} // namespace

int analyseBatch()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return fail({Error::Code::Failed, u"standard input cannot be read: "_s + input.errorString(), {}});
    BlockingAnalyzer analyzer(analyzerProgram(), analysisTimeout);
    bool allGood = true;
    for (qint64 number = 1;; ++number) {
        const QByteArray line = input.readLine(longestLine);
        if (line.isEmpty())
            break;
        if (line.size() >= longestLine - 1)
            return fail({Error::Code::Invalid, u"line %1 is longer than 64 MiB"_s.arg(number), u"split the text"_s});
        if (!line.trimmed().isEmpty())
            allGood = answerLine(analyzer, line, number) && allGood;
    }
    return allGood ? ExitStatus::Done : ExitStatus::Error;
}

} // namespace holdpoint
