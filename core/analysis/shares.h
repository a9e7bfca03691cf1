// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"

#include <optional>

namespace holdpoint {

/// Which share of a table's rows a condition keeps, by what ANALYZE found in its columns: common values with their
/// frequencies, the bounds of histograms as a sample of the rest. Nothing without statistics, or for what cannot be
/// computed from a value alone. Columns count as independent of each other, as they do for PostgreSQL's planner.
std::optional<double> keptShare(Node condition);

} // namespace holdpoint
