// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/planreader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype longestPlan = 8 * 1024 * 1024;
constexpr double mostRows = 9'007'199'254'740'992; // 2^53: beyond it a JSON number is no longer exact

std::unexpected<QString> unreadable(const QString &what)
{
    return std::unexpected(u"the replica's plan cannot be read: "_s + what);
}

} // namespace

std::expected<qint64, QString> plannedRows(const QByteArray &json)
{
    if (json.size() > longestPlan)
        return unreadable(u"it is longer than 8 MiB"_s);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return unreadable(error.errorString());
    if (!document.isArray() || document.array().size() != 1)
        return unreadable(u"it is not of exactly one statement"_s);
    const QJsonObject plan = document.array().first()["Plan"_L1].toObject();
    // The top node of a writing statement says 0 rows whatever it would write.
    if (plan["Node Type"_L1].toString() == u"ModifyTable"_s)
        return unreadable(u"it writes"_s);
    const QJsonValue rows = plan["Plan Rows"_L1];
    if (!rows.isDouble() || !(rows.toDouble() >= 0))
        return unreadable(u"it has no number of rows"_s);
    return static_cast<qint64>(std::min(rows.toDouble(), mostRows));
}

} // namespace holdpoint
