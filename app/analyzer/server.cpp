// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/analyzer/server.h"

#include "app/analyzer/catalogs.h"
#include "app/analyzer/limits.h"
#include "core/analysis/analysis.h"
#include "core/assessment/catalogsnapshot.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

// Room for the largest catalogue, and for the largest text in either encoding and some for one that is too large:
// that gets a better answer.
constexpr qint64 longestLine = largestCatalog + (qint64(1) << 20);

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

/// The seam to the analysis.
Assessment analyseWith(const QByteArray &sql, [[maybe_unused]] const Catalog *catalog)
{
    return analyse(sql);
}

QByteArray refusal(const QJsonValue &id, const QString &what)
{
    return QJsonDocument(QJsonObject{{u"id"_s, id}, {u"error"_s, what}}).toJson(QJsonDocument::Compact);
}

QByteArray answer(const Catalogs &catalogs, const QByteArray &line, qint64 number)
{
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
    Assessment assessment = analyseWith(*sql, *catalog);
    assessment.catalog = catalogId;
    QJsonObject json = toJson(assessment);
    json[u"id"_s] = id;
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

int serveStandardInput()
{
    QFile input, output;
    if (!input.open(stdin, QIODevice::ReadOnly) || !output.open(stdout, QIODevice::WriteOnly))
        return 2;
    Catalogs catalogs;
    for (qint64 number = 1;; ++number) {
        const QByteArray line = input.readLine(longestLine);
        if (line.isEmpty())
            return 0;
        if (!line.endsWith('\n') && line.size() >= longestLine - 1)
            return 2;
        if (line.trimmed().isEmpty())
            continue;
        allowMoreProcessorTime();
        output.write((Catalogs::isGivenBy(line) ? catalogs.take(line) : answer(catalogs, line, number)) + '\n');
        if (!output.flush())
            return 2;
    }
}

} // namespace holdpoint
