// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/predicate.h"

namespace holdpoint {

/// How many rows a SELECT gives, taken apart: judgeSelect(), reachOfFromItem() and fromNames() of predicate.h, and what
/// they share with sub-selects.

/// Whether a SELECT gives nothing but aggregates of all its rows: one row.
bool isAggregateOnly(Node select);

/// Whether columns tie all relations of a SELECT together: a filter on one then limits the others.
bool isTied(Node select);

} // namespace holdpoint
