// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace holdpoint {

/// One numbered SQL file of the store's schema.
struct Migration
{
    int number = 0;
    QString name; ///< the file's name, as in `0002_tables.sql`
    QByteArray sql;
    QByteArray sha256; ///< of `sql`

    bool operator==(const Migration &) const = default;
};

/// All that this program knows, in order, without a gap.
QList<Migration> migrations();

} // namespace holdpoint
