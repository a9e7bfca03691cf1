// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/console/services.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QStringList namesIn(const QString &path)
{
    QStringList names;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return names;
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine()).trimmed();
        if (line.startsWith(u'[') && line.endsWith(u']'))
            names.append(line.sliced(1, line.size() - 2));
    }
    return names;
}

} // namespace

QStringList serviceNames()
{
    const QString own = qEnvironmentVariable("PGSERVICEFILE", QDir::home().filePath(u".pg_service.conf"_s));
    const QString systemFolder = qEnvironmentVariable("PGSYSCONFDIR", u"/etc/postgresql-common"_s);
    QStringList names = namesIn(own) + namesIn(systemFolder + u"/pg_service.conf"_s);
    names.removeDuplicates();
    names.sort();
    return names;
}

} // namespace holdpoint
