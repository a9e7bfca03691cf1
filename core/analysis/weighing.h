// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/predicate.h"

namespace holdpoint {

/// The largest share of a table's rows that may be changed without raising a brow (rule wide-predicate).
constexpr double mostKept = 0.2;

/// A verdict on a condition's shape, held against what the catalogue knows of its columns and of how their values are
/// spread. Statistics raise a verdict; they lower it only where the shape says nothing, as for a boolean.
Verdict weighed(Verdict verdict, Node condition, bool negated);

} // namespace holdpoint
