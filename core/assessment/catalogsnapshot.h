// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace holdpoint {

/// What one database's catalogue said at one moment, as the analyzer reads it. Cheap to copy.
struct CatalogSnapshot
{
    QByteArray json; ///< one line; empty for no catalogue at all
    QString id; ///< tells contents apart: the same for the same bytes
    QDateTime takenAt; ///< in UTC
    QString source; ///< whose it is, for people; no secrets

    bool isEmpty() const { return json.isEmpty(); }
    bool operator==(const CatalogSnapshot &) const = default;
};

/// The largest snapshot that is read or sent: some fifty thousand tables, and what a worker's memory has room for.
constexpr qsizetype largestCatalog = qsizetype(32) << 20;

/// A snapshot of these bytes, taken now, with the id that is theirs.
CatalogSnapshot catalogSnapshot(const QByteArray &json, const QString &source);

} // namespace holdpoint
