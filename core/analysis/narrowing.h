// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/predicate.h"

namespace holdpoint {

/// The shapes that are known to name rows. What is not among them narrows nothing, as far as anybody knows.

/// A column by itself, of the relation: no whole row, no system column but ctid.
bool isBareColumn(Node operand, const RowScope &scope);

/// A value that is the same for every row: a literal, a parameter, a cast of one, a stable built-in of such values.
bool isFixed(Node operand);

/// A fixed value that picks out rows by equality. A boolean does not: it keeps about half of them, or all.
bool isTelling(Node operand);

/// Whether a list of values picks out rows: all are telling, and they are not both words of a boolean column.
bool areTelling(Node values);

/// Whether conditions, any of which will do, ask one column for both words of a boolean: `b = 't' OR b = 'f'`.
bool askBothTruths(Node conditions);

/// `column::text = 'value'`: the text of a column, which is another one for each value.
bool namesByText(Node cast, Node value, const RowScope &scope);

/// `lower(column) = 'value'`: a function that gives few values of the column the same text.
bool namesByFunction(Node call, Node value, const RowScope &scope);

/// `(a, b) = (1, 2)`: one of the columns is enough.
bool namesByRow(Node columns, Node values, const RowScope &scope);

/// A parameter, or literals as an array: what may stand in `column = ANY (…)`.
bool isFixedArray(Node operand);

/// A call that gives as many rows as its arguments are written out to have: unnest() of a literal array and its like.
/// How many a parameter gives is the caller's to say, as for `= ANY ($1)`.
bool isLiteralSet(Node call);

/// Whether two literals are the ends of a range that is not absurdly wide.
bool isNarrowRange(Node low, Node high);

/// Whether a LIKE pattern begins with a character that has to be there.
bool hasPrefix(Node pattern);

/// The pairs of relations that equalities of two columns tie together, by the names that qualify them.
std::size_t countTies(const std::vector<Node> &conditions);

/// Whether a condition is an equality of two columns of different relations.
bool isTie(Node condition);

} // namespace holdpoint
