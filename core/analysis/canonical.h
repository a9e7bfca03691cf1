// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace holdpoint {

/// The same text for expressions that are the same but for their place in the text.
std::string canonical(Node expression);

/// The name of an operator expression: `=`, `~~`. Empty for one of a schema.
std::string_view operatorName(Node aExpr);

/// A column's parts, as in `c`, `id`; empty if the expression is no plain column. With what its relation is called even
/// where it is written without, if a catalogue has told.
std::vector<std::string_view> columnParts(Node expression);

/// What a column reference was found to mean; null for any other expression, and where nobody knows.
const ColumnBinding *bindingOf(Node expression);

/// Whether an expression is a parameter or a variable of the routine that it stands in.
bool isVariable(Node expression);

} // namespace holdpoint
