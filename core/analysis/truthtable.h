// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"

namespace holdpoint {

/// What a condition comes to, whatever the row holds.
enum class Outcome {
    Depends, ///< on the row, or too complex to tell
    NeverTrue, ///< keeps no row
    TrueUnlessNull, ///< keeps every row whose columns are not NULL
    AlwaysTrue, ///< keeps every row
};

/// Tries every combination of its parts under three-valued logic: `p OR NOT p OR p IS NULL` keeps every row.
Outcome outcomeOf(Node condition);

} // namespace holdpoint
