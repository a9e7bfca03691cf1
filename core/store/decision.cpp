// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/decision.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qint64 notANumber = -1;

QJsonValue toJson(const std::optional<qint64> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

/// False unless the value is null or a whole number of rows.
bool readRows(const QJsonValue &value, std::optional<qint64> &rows)
{
    if (value.isNull())
        return true;
    rows = value.toInteger(notANumber);
    return value.isDouble() && *rows >= 0;
}

} // namespace

QString toWord(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Approve:
        return u"approve"_s;
    case Verdict::Reject:
        return u"reject"_s;
    case Verdict::RequestChanges:
        return u"request_changes"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QJsonObject toJson(const Evidence &evidence)
{
    return {
        {u"level"_s, toWord(evidence.level)},
        {u"verb"_s, evidence.verb},
        {u"count"_s, toJson(evidence.count)},
        {u"table"_s, evidence.table},
        {u"target"_s, evidence.target},
        {u"total_rows"_s, toJson(evidence.totalRows)},
        {u"count_kind"_s, evidence.countKind},
    };
}

std::optional<Evidence> evidenceFromJson(const QJsonObject &json)
{
    const auto level = riskLevelFromWord(json.value(u"level"_s).toString());
    if (!level)
        return std::nullopt;
    for (const QString &key : {u"verb"_s, u"table"_s, u"target"_s, u"count_kind"_s})
        if (!json.value(key).isString())
            return std::nullopt;
    Evidence evidence{
        .level = *level,
        .verb = json.value(u"verb"_s).toString(),
        .count = {},
        .table = json.value(u"table"_s).toString(),
        .target = json.value(u"target"_s).toString(),
        .totalRows = {},
        .countKind = json.value(u"count_kind"_s).toString(),
    };
    if (!readRows(json.value(u"count"_s), evidence.count) || !readRows(json.value(u"total_rows"_s), evidence.totalRows))
        return std::nullopt;
    return evidence;
}

} // namespace holdpoint
