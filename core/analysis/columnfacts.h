// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"
#include "core/analysis/truthtable.h"

#include <optional>
#include <vector>

namespace holdpoint {

class Catalog;

/// Whether a column can be NULL, as far as the catalogue tells.
enum class Nullness { Unknown, Never, Possible };
Nullness nullness(Node column);

/// Every column reference in an expression; those in sub-selects are left out.
std::vector<Node> columnsIn(Node expression);

/// What a condition comes to for every value that its columns can hold: booleans, labels of an enum, what CHECK
/// constraints admit. NULL is left out: TrueUnlessNull is the most that it says.
Outcome outcomeOverDomains(Node condition, const Catalog &catalog);

/// Whether the statistics list nearly all values that a column holds.
bool hasFewValues(Node column);

/// Whether a condition asks for rows by a key of theirs: it names each one.
bool namesKey(Node condition);

} // namespace holdpoint
