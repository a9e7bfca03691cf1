// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace holdpoint {

/// Attacks on the servers of ImpactServers, the same ones for the same seed.
class HostileTexts
{
public:
    /// @param primary connection string of the primary, for texts that try to reach it from the standby
    HostileTexts(quint32 seed, const QString &primary);

    /// What an agent may submit.
    QStringList submissions(qsizetype count) const;
    /// What an analyzer that has been taken over may give as the SELECT of an effect's rows.
    QStringList selects(qsizetype count) const;

private:
    QStringList chosen(const QStringList &carriers, qsizetype count) const;

    quint32 m_seed;
    QStringList m_expressions;
    QStringList m_statements;
};

} // namespace holdpoint
