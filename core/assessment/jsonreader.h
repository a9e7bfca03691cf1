// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/risklevel.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cmath>

namespace holdpoint {

/// Reads members of one object; the first thing that is not as it must be is kept as the error, of all that share it.
class JsonReader
{
public:
    JsonReader(const QJsonValue &value, QString &error)
        : m_object(value.toObject())
        , m_error(error)
    {
        if (!value.isObject())
            fail(QStringLiteral("not an object"));
    }

    QString text(const QString &key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isString())
            fail(QStringLiteral("\"%1\" is no text").arg(key));
        return value.toString();
    }

    QString textWithContent(const QString &key)
    {
        const QString value = text(key);
        if (value.isEmpty())
            fail(QStringLiteral("\"%1\" is empty").arg(key));
        return value;
    }

    RiskLevel level()
    {
        const std::optional<RiskLevel> level = riskLevelFromWord(text(QStringLiteral("level")));
        if (!level)
            fail(QStringLiteral("\"level\" is no risk level"));
        return level.value_or(RiskLevel::Critical);
    }

    /// A number above 2^53 is not the one that was written.
    qint64 count(const QString &key)
    {
        constexpr double largestExactNumber = 9007199254740992.0;
        const double number = m_object.value(key).toDouble(-1);
        if (number < 0 || number > largestExactNumber || std::floor(number) != number) {
            fail(QStringLiteral("\"%1\" is no count").arg(key));
            return 0;
        }
        return static_cast<qint64>(number);
    }

    QJsonArray array(const QString &key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isArray())
            fail(QStringLiteral("\"%1\" is no list").arg(key));
        return value.toArray();
    }

    /// Empty for null; the member must be there.
    QString optionalText(const QString &key)
    {
        if (!has(key))
            fail(QStringLiteral("\"%1\" is missing").arg(key));
        return value(key).isNull() || !has(key) ? QString() : textWithContent(key);
    }

    /// False where it is missing; it is never written otherwise than as true.
    bool flag(const QString &key)
    {
        const bool is = value(key).toBool();
        if (has(key) && !is)
            fail(QStringLiteral("\"%1\" may only be true").arg(key));
        return is;
    }

    bool has(const QString &key) const { return m_object.contains(key); }
    QJsonValue value(const QString &key) const { return m_object.value(key); }

    void fail(const QString &what)
    {
        if (m_error.isEmpty())
            m_error = what;
    }

private:
    QJsonObject m_object;
    QString &m_error;
};

} // namespace holdpoint
