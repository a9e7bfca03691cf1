// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/effect.h"

namespace holdpoint {

/// A value as the replica writes it; nothing is NULL. More than longestShown characters were cut there.
using PreviewCell = std::optional<QString>;

struct PreviewRow
{
    QList<PreviewCell> before; ///< one for each of the preview's columns; empty of a row that is new
    QList<PreviewCell> after; ///< one for each of its new values

    bool operator==(const PreviewRow &) const = default;
};

/// The first rows that a statement would change, as seen on the replica.
struct Preview
{
    QList<PreviewColumn> columns;
    QList<NewValue> newValues;
    QStringList masked; ///< columns whose values were never read: the policy keeps them from people
    QList<PreviewRow> rows;
    bool more = false; ///< there are further ones
    QString unknownBecause; ///< why there are none to show

    /// Whether a new value is another one than the column has now; a value that nobody knows is taken as one.
    bool isChanged(const PreviewRow &row, qsizetype newValue) const;
    bool operator==(const Preview &) const = default;
};

} // namespace holdpoint
