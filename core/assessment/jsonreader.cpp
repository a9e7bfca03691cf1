// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/jsonreader.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr double largestExact = 9007199254740992.0; // 2^53: beyond it a JSON number is not the number that was written

} // namespace

JsonReader::JsonReader(const QJsonValue &value, QString &error)
    : m_object(value.toObject())
    , m_error(error)
{
    if (!value.isObject())
        fail(u"not an object"_s);
}

QString JsonReader::text(const QString &key)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isString())
        fail(u"\"%1\" is no text"_s.arg(key));
    return value.toString();
}

QString JsonReader::textWithContent(const QString &key)
{
    const QString value = text(key);
    if (value.isEmpty())
        fail(u"\"%1\" is empty"_s.arg(key));
    return value;
}

QString JsonReader::optionalText(const QString &key)
{
    return isGiven(key) ? textWithContent(key) : QString();
}

RiskLevel JsonReader::level()
{
    const std::optional<RiskLevel> level = riskLevelFromWord(text(u"level"_s));
    if (!level)
        fail(u"\"level\" is no risk level"_s);
    return level.value_or(RiskLevel::Critical);
}

qint64 JsonReader::count(const QString &key)
{
    const double number = m_object.value(key).toDouble(-1);
    if (number < 0 || number > largestExact || std::floor(number) != number) {
        fail(u"\"%1\" is no count"_s.arg(key));
        return 0;
    }
    return static_cast<qint64>(number);
}

std::optional<qint64> JsonReader::optionalCount(const QString &key)
{
    return isGiven(key) ? std::optional(count(key)) : std::nullopt;
}

double JsonReader::amount(const QString &key)
{
    const double number = m_object.value(key).toDouble(-1);
    if (number >= 0)
        return number;
    fail(u"\"%1\" is no number from 0 on"_s.arg(key));
    return 0;
}

std::optional<bool> JsonReader::optionalFlag(const QString &key)
{
    if (!isGiven(key))
        return std::nullopt;
    if (!value(key).isBool())
        fail(u"\"%1\" is neither true nor false"_s.arg(key));
    return value(key).toBool();
}

bool JsonReader::flag(const QString &key)
{
    const bool is = value(key).toBool();
    if (has(key) && !is)
        fail(u"\"%1\" may only be true"_s.arg(key));
    return is;
}

QJsonArray JsonReader::array(const QString &key)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isArray())
        fail(u"\"%1\" is no list"_s.arg(key));
    return value.toArray();
}

bool JsonReader::isGiven(const QString &key)
{
    if (!has(key))
        fail(u"\"%1\" is missing"_s.arg(key));
    return has(key) && !value(key).isNull();
}

void JsonReader::fail(const QString &what)
{
    if (m_error.isEmpty())
        m_error = what;
}

} // namespace holdpoint
