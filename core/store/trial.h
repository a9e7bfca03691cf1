// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <expected>
#include <optional>

namespace holdpoint {

/// Where a trial run is; the moves between them are rows of the store's table `trial_transition`.
enum class TrialState {
    Requested,
    Running,
    Finished, ///< there is a result, whatever it says
    Lost, ///< whoever ran it is gone, or nobody took it: there will be no result
};

/// Rows of one table that a trial really changed.
struct TableChange
{
    QString table; ///< qualified
    qint64 rows = 0;

    bool operator==(const TableChange &) const = default;
};

/// One statement as it ran in the sandbox.
struct TrialStatement
{
    QString kind; ///< as the analyzer calls it: `DELETE`
    std::optional<qint64> rowsByTag; ///< what the server's answer counts; nothing where it counts nothing
    double milliseconds = 0;
    QList<TableChange> changes; ///< cascades and triggers included

    bool operator==(const TrialStatement &) const = default;
};

/// What the sandbox's server refused.
struct TrialError
{
    std::optional<qint64> statement; ///< from 0; nothing: when the deferred constraints were checked at the end
    QString message;
    QString hint;
    QString sqlState; ///< empty where no server answered
    std::optional<qint64> position; ///< character of the statement, from 1

    bool operator==(const TrialError &) const = default;
};

/// A trigger of a table that the trial changed.
struct TrialTrigger
{
    QString table;
    QString name;
    QString function;
    std::optional<qint64> calls; ///< of its function, in the trial; nothing where the server does not count them

    bool operator==(const TrialTrigger &) const = default;
};

/// Something of a touched table that is not the same in sandbox and target.
struct SchemaDifference
{
    QString table;
    QString what; ///< `column email`
    QString target; ///< what it is there: `text NOT NULL`, `missing`
    QString sandbox;

    bool operator==(const SchemaDifference &) const = default;
};

/// A table that the action touches, or that a foreign key makes it reach.
struct TouchedTable
{
    QString name; ///< qualified
    std::optional<qint64> targetRows; ///< the planner's figure
    std::optional<qint64> sandboxRows; ///< the planner's figure
    std::optional<bool> sandboxEmpty; ///< looked at, not estimated; nothing if it could not be looked at

    bool operator==(const TouchedTable &) const = default;
};

/// How far the sandbox can stand for the target, as far as the action goes.
struct SandboxVerdict
{
    /// What `dataAt` is.
    enum class Age {
        Commits, ///< the newest commit that left a row in a touched table
        Statistics, ///< the oldest of the touched tables' last ANALYZE or VACUUM: their data are no newer than that
        Unknown,
    };

    QList<TouchedTable> tables;
    QList<SchemaDifference> differences;
    qint64 moreDifferences = 0; ///< that are not listed
    Age age = Age::Unknown;
    QDateTime dataAt;

    /// Touched tables without a row in the sandbox: about those, a trial proves nothing.
    QStringList emptyTables() const;
    bool operator==(const SandboxVerdict &) const = default;
};

/// What a trial showed. Whatever it was, it was rolled back.
struct TrialResult
{
    enum class Outcome {
        Ran, ///< every statement, and the constraints at the end
        Failed, ///< the sandbox's server refused one
        Refused, ///< not tried, or not to be believed: `detail` says why
    };

    Outcome outcome = Outcome::Refused;
    QString detail;
    QList<TrialStatement> statements; ///< those that ran
    QList<TableChange> changesAtEnd; ///< by deferred triggers
    std::optional<TrialError> error;
    QList<TrialTrigger> triggers;
    std::optional<qint64> rowsChanged; ///< in all; nothing if nobody could count
    double milliseconds = 0; ///< of the transaction
    std::optional<SandboxVerdict> verdict; ///< nothing where the two could not be compared

    /// It ran, and no row of the sandbox was changed.
    bool changedNothing() const;
    bool operator==(const TrialResult &) const = default;
};

/// One trial run of one revision.
struct Trial
{
    qint64 id = 0;
    qint64 action = 0;
    int revision = 0;
    QString target;
    QString requestedBy;
    QDateTime requestedAt;
    TrialState state = TrialState::Lost;
    QString executor; ///< who runs or ran it; empty before
    QDateTime startedAt;
    QDateTime endedAt;
    QString lostBecause;
    std::optional<TrialResult> result; ///< of a finished one; nothing there: this program cannot read it

    bool isUnfinished() const { return state == TrialState::Requested || state == TrialState::Running; }
    bool operator==(const Trial &) const = default;
};

/// The store's word: `requested`, `running`, …
QString toWord(TrialState state);
std::optional<TrialState> trialStateFromWord(QStringView word);

/// "column email is text in the target, missing in the sandbox".
QString describe(const SchemaDifference &difference);

QJsonObject toJson(const TrialResult &result);
/// Reads what toJson() wrote. Any doubt (unknown word, missing key, wrong type) is an error.
std::expected<TrialResult, QString> trialResultFromJson(const QJsonObject &json);

} // namespace holdpoint
