// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/risklevel.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace holdpoint {

/// Reads members of one object; the first thing that is not as it must be is kept as the error.
class JsonReader
{
public:
    /// @param error stays as it is if something is wrong already
    JsonReader(const QJsonValue &value, QString &error);

    QString text(const QString &key);
    QString textWithContent(const QString &key);
    /// Empty for null; the member must be there.
    QString optionalText(const QString &key);
    /// Of the member `level`.
    RiskLevel level();
    /// A whole number from 0 on.
    qint64 count(const QString &key);
    /// Nothing for null; the member must be there.
    std::optional<qint64> optionalCount(const QString &key);
    /// A number from 0 on.
    double amount(const QString &key);
    /// Nothing for null; the member must be there.
    std::optional<bool> optionalFlag(const QString &key);
    /// False where it is missing; it is never written otherwise than as true.
    bool flag(const QString &key);
    QJsonArray array(const QString &key);

    bool has(const QString &key) const { return m_object.contains(key); }
    QJsonValue value(const QString &key) const { return m_object.value(key); }

    void fail(const QString &what);

private:
    /// False for null; it fails where the member is missing.
    bool isGiven(const QString &key);

    QJsonObject m_object;
    QString &m_error;
};

} // namespace holdpoint
