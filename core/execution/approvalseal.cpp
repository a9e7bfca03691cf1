// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/approvalseal.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// A text as jsonb writes it.
QByteArray jsonbText(const QString &text)
{
    QByteArray written = "\"";
    for (const char each : text.toUtf8()) {
        constexpr QByteArrayView plain = "\b\f\n\r\t\"\\";
        constexpr QByteArrayView escaped = "bfnrt\"\\";
        if (const qsizetype known = plain.indexOf(each); known >= 0)
            written += '\\' + QByteArray(1, escaped[known]);
        else if (static_cast<unsigned char>(each) < 0x20)
            written += "\\u" + QByteArray::number(each, 16).rightJustified(4, '0');
        else
            written += each;
    }
    return written + '"';
}

QByteArray jsonbText(const std::optional<qint64> &number)
{
    return number ? QByteArray::number(*number) : QByteArray("null");
}

/// jsonb puts shorter keys first.
QByteArray jsonbText(const Evidence &evidence)
{
    return "{\"verb\": " + jsonbText(evidence.verb) + ", \"count\": " + jsonbText(evidence.count)
        + ", \"level\": " + jsonbText(toWord(evidence.level)) + ", \"table\": " + jsonbText(evidence.table)
        + ", \"target\": " + jsonbText(evidence.target) + ", \"count_kind\": " + jsonbText(evidence.countKind)
        + ", \"total_rows\": " + jsonbText(evidence.totalRows) + '}';
}

QByteArray measured(const QByteArray &field)
{
    return QByteArray::number(field.size()) + ':' + field;
}

} // namespace

QString approvalSeal(const SignedOff &approval)
{
    const QByteArray sealed =
        approval.salt + measured(approval.words.toUtf8()) + measured(jsonbText(approval.evidence));
    return QString::fromLatin1(QCryptographicHash::hash(sealed, QCryptographicHash::Sha256).toHex());
}

} // namespace holdpoint
