// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace holdpoint {

/// Which rows one statement would touch, as far as its text tells. Exactly one of `rowsSelect`, `rows`,
/// `wholeTable` and `unknownBecause` is set.
struct Effect
{
    QString verb; ///< as typed by the approver: `delete`, `update`, `insert`, `truncate`, `drop`, …
    QString table; ///< as typed by the approver: its own name without quotes, its schema only where the text gives
                   ///< one; `unknown` where the text names none
    QString rowsSelect; ///< one SELECT with a row for each row touched; needs no more than the right to read
    std::optional<qint64> rows; ///< known from the text alone, as for INSERT … VALUES
    bool wholeTable = false; ///< TRUNCATE, DROP TABLE: every row of `table`
    QString unknownBecause; ///< why the rows cannot be told

    bool operator==(const Effect &) const = default;
};

} // namespace holdpoint
