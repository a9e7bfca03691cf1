// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/requestid.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// The end of the string that begins at @p at, in valid JSON.
qsizetype stringEnd(QByteArrayView json, qsizetype at)
{
    for (++at; at < json.size() && json[at] != '"'; ++at)
        at += json[at] == '\\' ? 1 : 0;
    return std::min(at + 1, json.size());
}

/// The number that is the last member "id" of an object, as it is written; empty if there is none.
QByteArrayView numberOfId(QByteArrayView json)
{
    constexpr QByteArrayView name = "\"id\"";
    QByteArrayView number;
    int depth = 0;
    for (qsizetype at = 0; at < json.size(); ++at) {
        if (json[at] == '{' || json[at] == '[')
            ++depth;
        else if (json[at] == '}' || json[at] == ']')
            --depth;
        if (json[at] != '"')
            continue;
        const qsizetype end = stringEnd(json, at);
        const QByteArrayView rest = json.sliced(end).trimmed();
        if (depth == 1 && json.sliced(at, end - at) == name && rest.startsWith(':')) {
            const QByteArrayView value = rest.sliced(1).trimmed();
            const auto isPart = [](char c) { return (c >= '0' && c <= '9') || QByteArrayView("+-.eE").contains(c); };
            number = value.first(std::ranges::find_if_not(value, isPart) - value.begin());
        }
        at = end - 1;
    }
    return number;
}

} // namespace

QByteArray requestId(QByteArrayView line, const QJsonObject &request)
{
    const QJsonValue id = request.value(u"id"_s);
    if (id.isDouble())
        if (const QByteArrayView number = numberOfId(line); !number.isEmpty())
            return number.toByteArray();
    return QJsonDocument(QJsonArray{id}).toJson(QJsonDocument::Compact).sliced(1).chopped(1);
}

} // namespace holdpoint
