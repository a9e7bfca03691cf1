// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace holdpoint {

/// PostgreSQL's table-level lock modes, in its own order.
enum class LockMode {
    AccessShare,
    RowShare,
    RowExclusive,
    ShareUpdateExclusive,
    Share,
    ShareRowExclusive,
    Exclusive,
    AccessExclusive,
    Unknown, ///< nobody can tell: to be taken for the strongest
};

inline constexpr std::array lockModes{LockMode::AccessShare, LockMode::RowShare, LockMode::RowExclusive,
    LockMode::ShareUpdateExclusive, LockMode::Share, LockMode::ShareRowExclusive, LockMode::Exclusive,
    LockMode::AccessExclusive, LockMode::Unknown};

/// As PostgreSQL's manual has it, `ROW EXCLUSIVE`; `unknown` for none of them.
QString toWord(LockMode mode);
/// The mode of a word; nothing for any other text.
std::optional<LockMode> lockModeFromWord(QStringView word);

/// Whether one who holds a lock keeps another from getting the other one. What is unknown conflicts with everything.
bool conflict(LockMode held, LockMode wanted);

/// What a statement takes of one relation, and keeps until its transaction ends.
struct TableLock
{
    QString table; ///< schema and name where the text or the catalogue tells; an index stands for the table that it is
                   ///< on; `unknown` where nobody can tell
    LockMode mode = LockMode::Unknown; ///< the strongest one
    bool withDescendants = false; ///< partitions and tables that inherit from it are locked alike, or some of them

    bool operator==(const TableLock &) const = default;
};

} // namespace holdpoint
