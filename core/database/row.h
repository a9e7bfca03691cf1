// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QJsonValue>
#include <QList>
#include <QVariant>

#include <optional>

namespace holdpoint {

/// One row of an answer, by column name. Asking for a column that is not there is a mistake in our own SQL and aborts.
class Row
{
public:
    explicit Row(QHash<QString, QVariant> values);

    bool isNull(const QString &column) const;
    QString text(const QString &column) const;
    qint64 number(const QString &column) const;
    std::optional<qint64> optionalNumber(const QString &column) const;
    double real(const QString &column) const;
    bool flag(const QString &column) const;
    QByteArray bytes(const QString &column) const;
    QDateTime time(const QString &column) const; ///< in UTC; invalid for NULL
    QJsonValue json(const QString &column) const; ///< of a json or jsonb column; null for NULL

private:
    const QVariant &at(const QString &column) const;

    QHash<QString, QVariant> m_values;
};

using Rows = QList<Row>;

} // namespace holdpoint
