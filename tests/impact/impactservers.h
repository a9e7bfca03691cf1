// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/database/connection.h"
#include "core/demo/localcluster.h"

namespace holdpoint {

/// A primary and its standby with a few tables whose rows are known, and a role `reader` that can only read.
class ImpactServers
{
public:
    /// Null if the servers do not start; the reason is printed.
    static std::unique_ptr<ImpactServers> create();

    LocalCluster &primary() { return *m_primary; }
    LocalCluster &standby() { return *m_standby; }

    /// A connection that must succeed.
    static Connection open(LocalCluster &server, const QString &role);
    /// Runs a script as superuser on the primary and waits until the standby has replayed it.
    void change(const QString &script);
    /// What a statement really changes: runs it on the primary, and rolls back.
    qint64 reallyChanged(const QByteArray &statement);
    /// Everything that a hostile text could leave behind on the primary, as one text to compare.
    QString traces();

private:
    void waitForReplay();

    QTemporaryDir m_directory{QStringLiteral("/tmp/holdpoint-test-XXXXXX")};
    std::unique_ptr<LocalCluster> m_primary;
    std::unique_ptr<LocalCluster> m_standby;
};

/// An assessment of one statement with one effect that a SELECT describes.
Assessment selecting(const QString &verb, const QString &table, const QString &rowsSelect);
/// An assessment of one statement with this effect.
Assessment withEffect(const Effect &effect);

} // namespace holdpoint
