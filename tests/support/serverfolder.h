// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QTemporaryDir>

namespace holdpoint {

/// A temporary folder that test servers can live in: they may run as another user, who has to get through.
class ServerFolder
{
public:
    ServerFolder()
    {
        QFile::setPermissions(m_directory.path(), QFile::permissions(m_directory.path()) | QFile::ExeOther);
    }

    QString path(const QString &name) const { return m_directory.filePath(name); }

private:
    QTemporaryDir m_directory;
};

} // namespace holdpoint
