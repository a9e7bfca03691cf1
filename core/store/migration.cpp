// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/migration.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace holdpoint {

QList<Migration> migrations()
{
    QList<Migration> result;
    const QDir folder(u":/migrations"_s);
    const QStringList names = folder.entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        const int number = name.section(u'_', 0, 0).toInt();
        if (number != result.size() + 1 || !file.open(QIODevice::ReadOnly))
            qFatal("the migrations compiled into this program are not numbered from 1 without a gap");
        const QByteArray sql = file.readAll();
        result.append({number, name, sql, QCryptographicHash::hash(sql, QCryptographicHash::Sha256)});
    }
    return result;
}

} // namespace holdpoint
