// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/risklevel.h"
#include "core/assessment/tablelock.h"
#include "core/impact/plan.h"
#include "core/impact/preview.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace holdpoint {

/// A number that says what it is. Nothing in `rows` means unknown, and `unknownBecause` says why.
struct Figure
{
    std::optional<qint64> rows;
    bool atLeast = false; ///< counting stopped at its limit: "more than"
    QString unknownBecause;

    bool operator==(const Figure &) const = default;
};

/// Rows that a foreign key changes along with those of an effect, or that keep it from happening.
struct ReachedImpact
{
    QString table;
    QString through; ///< the table whose rows it refers to
    QStringList constraints;
    Reached::Action action = Reached::Action::Refuse;
    int hops = 1;
    Figure rows;

    bool operator==(const ReachedImpact &) const = default;
};

/// Of a table that a statement changes, or drops: what acts or goes along with it.
struct TableNotes
{
    QStringList triggers; ///< that fire: `after each row: customers_audit calls audit_row_change`
    QStringList rules; ///< that rewrite the statement
    QStringList dependents; ///< of a DROP … CASCADE: what it takes along
    std::optional<qint64> bytes; ///< of the table with its indexes, on the replica
    qint64 partitions = 0;
    QStringList sequences; ///< that it owns: `orders_id_seq at 300,000`
    QString unknownBecause; ///< why none of this could be read; then empty lists say nothing

    bool operator==(const TableNotes &) const = default;
};

/// What one effect of one statement would touch, as seen on the replica.
struct EffectImpact
{
    qsizetype statement = 0; ///< index into the assessment's statements
    QString verb;
    QString table;
    QString branch; ///< of a MERGE: which WHEN clause it is
    bool atMost = false; ///< fewer rows if they collide with rows that are there
    QString outdatedBecause; ///< why the figures are those of before, and not of when the statement runs
    Figure estimate; ///< the planner's
    Figure exact; ///< counted, up to a limit and a time-out; or what the text itself says
    bool fromText = false; ///< `exact` is what the text itself says: no server was asked
    Figure tableRows; ///< of the whole table: the planner's figure
    QDateTime statisticsAt; ///< last ANALYZE of the table; invalid if it cannot be told
    QList<ReachedImpact> reached; ///< nearest first
    std::optional<Preview> preview; ///< nothing where it was not asked for
    std::optional<Plan> plan; ///< of reading its rows
    TableNotes notes;

    /// The best figure there is: exact, else the estimate; nothing if neither. Where counting stopped at its limit,
    /// the larger of the two.
    std::optional<qint64> best() const;
    /// What best() is: `exact`, `estimate` or `unknown`, as Evidence::countKind has it.
    QString bestKind() const;
    bool operator==(const EffectImpact &) const = default;
};

/// Somebody on the primary whose lock is in the way of one that a statement takes, or who awaits such a lock.
struct LockHolder
{
    QString table; ///< schema and name
    LockMode mode = LockMode::Unknown;
    bool granted = false; ///< false: it is awaited, and whoever comes later waits behind it
    qint64 pid = 0; ///< 0: a prepared transaction, which no session has
    QString role;
    QString application; ///< whatever the client calls itself
    QString state; ///< `active`, `idle in transaction`, …
    std::optional<double> seconds; ///< since the transaction began; of an awaited lock, since it waits
    QList<qint64> blockedBy; ///< process ids

    bool operator==(const LockHolder &) const = default;
};

/// Impact of a whole revision.
struct Impact
{
    QList<EffectImpact> effects;
    std::optional<double> replicaLagSeconds; ///< at the time of asking; nothing if it cannot be told
    QDateTime at;
    QString error; ///< why the replica could not be asked at all; then there are no effects
    std::optional<QList<LockHolder>> holders = {}; ///< longest first; nothing if nobody was asked or could tell
    QString holdersUnknownBecause = {}; ///< why there is nothing
    bool settled = true; ///< every figure is in; before that, what is missing is unknown for the time being

    /// Sum over all effects and what foreign keys are known to change with them; nothing if an effect's own rows are
    /// unknown or the replica could not be asked.
    std::optional<qint64> totalRows() const;
    /// Whether foreign keys change rows that nobody could count: then totalRows() is the least.
    bool hasUncounted() const;
    /// The effect whose words are typed: the one with the most rows; an unknown one comes first. Null without effects.
    const EffectImpact *gravest() const;
    bool operator==(const Impact &) const = default;
};

/// Impact can raise a level, never lower it: an unknown figure or more than half of a table makes a write destructive.
RiskLevel raisedBy(RiskLevel level, const Impact &impact);

} // namespace holdpoint
