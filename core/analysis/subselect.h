// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/predicate.h"

namespace holdpoint {

/// Whether an expression can differ from row to row. A sub-select does only if it names the row's relation: a bare
/// column inside it belongs to the sub-select's own tables first, whatever the author meant.
bool dependsOnRow(Node expression, const RowScope &scope);

/// Whether a sub-select that reads a relation is part of the expression.
bool readsRelation(Node expression);

/// Judges `x IN (SELECT …)`, `EXISTS (…)` and their like.
Verdict judgeSubLink(Node node, bool negated, const RowScope &scope);

/// Judges `column = (SELECT …)` and `column IN (SELECT …)`: what the sub-select gives has to be few, and its own.
Verdict judgeValue(Node node, Node column, Node subselect, const RowScope &scope);

} // namespace holdpoint
