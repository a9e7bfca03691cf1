// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/analyzer/server.h"

#include "app/analyzer/catalogs.h"
#include "app/analyzer/limits.h"
#include "core/analysis/analysis.h"
#include "core/assessment/catalogsnapshot.h"
#include "core/assessment/linereader.h"
#include "core/assessment/plainrequest.h"
#include "core/assessment/requestid.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

// Room for the largest catalogue, and for the largest text in either encoding and some for one that is too large:
// that gets a better answer.
constexpr qsizetype longestLine = qsizetype(64) << 20;
static_assert(longestLine > largestCatalog);
constexpr qsizetype manyAnswers = qsizetype(64) << 10; ///< bytes that are gathered before they are given out

QByteArray complaint(qint64 line, const QString &what)
{
    const QJsonObject answer{{u"id"_s, QJsonValue()}, {u"error"_s, what}, {u"line"_s, line}};
    return QJsonDocument(answer).toJson(QJsonDocument::Compact);
}

/// The bytes to analyse; nothing if the request has none.
std::optional<QByteArray> textOf(const QJsonObject &request)
{
    if (const QJsonValue text = request.value(u"sql"_s); text.isString())
        return text.toString().toUtf8();
    const QJsonValue encoded = request.value(u"sql_base64"_s);
    if (!encoded.isString())
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(
        encoded.toString().toLatin1(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

QByteArray refusal(const QJsonValue &id, const QString &what)
{
    return QJsonDocument(QJsonObject{{u"id"_s, id}, {u"error"_s, what}}).toJson(QJsonDocument::Compact);
}

QByteArray answer(const Catalogs &catalogs, const QByteArray &line, qint64 number)
{
    if (const auto plain = plainRequest(line))
        return toJsonLine(analyse(textOf(*plain)), plain->id);
    QJsonParseError problem;
    const QJsonDocument request = QJsonDocument::fromJson(line, &problem);
    if (problem.error != QJsonParseError::NoError || !request.isObject())
        return complaint(number, u"the line is no JSON object"_s);
    const auto sql = textOf(request.object());
    if (!sql)
        return complaint(number, u"the line has neither \"sql\" nor \"sql_base64\""_s);
    const QJsonValue id = request.object().value(u"id"_s);
    const QString catalogId = request.object().value(u"catalog"_s).toString();
    const auto catalog = catalogs.find(catalogId);
    if (!catalog)
        return refusal(id, catalog.error());
    Assessment assessment = analyse(*sql, *catalog);
    assessment.catalog = catalogId;
    return toJsonLine(assessment, requestId(line, request.object()));
}

bool writeAll(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = write(STDOUT_FILENO, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written < 0 && errno != EINTR)
            return false;
        bytes = bytes.sliced(std::max<ssize_t>(written, 0));
    }
    return true;
}

} // namespace

int serveStandardInput()
{
    LineReader input(STDIN_FILENO, longestLine);
    Catalogs catalogs;
    QByteArray answers;
    for (qint64 number = 1;; ++number) {
        // Whoever asked for one text gets its answer at once, whoever asks for many gets them by the pipeful.
        if ((answers.size() > manyAnswers || input.wouldWait()) && !writeAll(std::exchange(answers, {})))
            return 2;
        const auto line = input.next();
        if (!line)
            return writeAll(answers) && !input.isTooLong() ? 0 : 2;
        if (line->trimmed().isEmpty())
            continue;
        allowMoreProcessorTime();
        answers += (Catalogs::isGivenBy(*line) ? catalogs.take(*line) : answer(catalogs, *line, number)) + '\n';
    }
}

} // namespace holdpoint
