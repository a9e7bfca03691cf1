// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/row.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace holdpoint {

Row::Row(QHash<QString, QVariant> values)
    : m_values(std::move(values))
{
}

const QVariant &Row::at(const QString &column) const
{
    const auto found = m_values.constFind(column);
    if (found == m_values.constEnd())
        qFatal("no column '%s' in the answer", qUtf8Printable(column));
    return *found;
}

bool Row::isNull(const QString &column) const
{
    return at(column).isNull();
}

QString Row::text(const QString &column) const
{
    return at(column).toString();
}

qint64 Row::number(const QString &column) const
{
    return at(column).toLongLong();
}

std::optional<qint64> Row::optionalNumber(const QString &column) const
{
    const QVariant &value = at(column);
    bool ok = false;
    const qint64 number = value.toLongLong(&ok);
    return ok && !value.isNull() ? std::optional(number) : std::nullopt;
}

double Row::real(const QString &column) const
{
    return at(column).toDouble();
}

bool Row::flag(const QString &column) const
{
    return at(column).toBool();
}

QByteArray Row::bytes(const QString &column) const
{
    return at(column).toByteArray();
}

QDateTime Row::time(const QString &column) const
{
    const QVariant &value = at(column);
    return value.isNull() ? QDateTime() : value.toDateTime().toUTC();
}

QJsonValue Row::json(const QString &column) const
{
    const QVariant &value = at(column);
    if (value.isNull())
        return QJsonValue::Null;
    // QJsonDocument reads objects and arrays only: the brackets let it read any value.
    const QJsonDocument document = QJsonDocument::fromJson('[' + value.toString().toUtf8() + ']');
    return document.array().at(0);
}

} // namespace holdpoint
