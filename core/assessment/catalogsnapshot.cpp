// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/catalogsnapshot.h"

#include <QCryptographicHash>

namespace holdpoint {

namespace {
constexpr qsizetype idLength = 16;
}

CatalogSnapshot catalogSnapshot(const QByteArray &json, const QString &source)
{
    const QByteArray hash = QCryptographicHash::hash(json, QCryptographicHash::Sha256).toHex();
    return {.json = json,
        .id = QString::fromLatin1(hash.first(idLength)),
        .takenAt = QDateTime::currentDateTimeUtc(),
        .source = source};
}

} // namespace holdpoint
