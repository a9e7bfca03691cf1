// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/execution/guardedscript.h"
#include "core/store/trial.h"

#include <QHash>

namespace holdpoint {

/// Runs reviewed statements as an execution would, in one transaction that is rolled back whatever happens, and says
/// what they did. There is no cap and no marker: nothing stays.
class TrialRun
{
public:
    /// @param sandbox a connection for this one run
    TrialRun(Connection &sandbox, const GuardTimeouts &timeouts);

    /// @param sql the bytes of each of the assessment's statements
    /// Everything but the verdict.
    TrialResult run(const Assessment &assessment, const QList<QByteArray> &sql);

private:
    using Counts = ChangeCounter::Counts;

    std::optional<GuardResult> runWithin(const Assessment &assessment, const QList<QByteArray> &sql);
    std::optional<GuardResult> begin();
    std::expected<void, Error> readNames();
    std::optional<GuardResult> runStatements(const Assessment &assessment, const QList<QByteArray> &sql);
    std::optional<GuardResult> finish();
    std::expected<QList<TableChange>, Error> newChanges();
    QString nameOf(ChangeCounter::Table table);
    std::expected<QList<TrialTrigger>, Error> triggers();
    std::expected<QHash<qint64, qint64>, Error> readCalls();
    void stop(const GuardResult &result);

    Connection &m_sandbox;
    GuardedScript m_script;
    std::optional<ChangeCounter> m_counter;
    Counts m_seen; ///< changes that are reported already
    QHash<qint64, QString> m_names; ///< of tables, by oid: a dropped one has none afterwards
    QHash<qint64, qint64> m_callsBefore; ///< of functions, by oid
    TrialResult m_result;
    bool m_atTheEnd = false; ///< every statement has run
};

} // namespace holdpoint
