// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/catalog.h"
#include "core/analysis/tree.h"
#include "core/assessment/effect.h"

namespace holdpoint {

/// Whether an ALTER TABLE reads or rewrites every row, by the rules of PostgreSQL 17; what is not known counts as a
/// rewrite. @p catalog may be null.
RowsRewritten rowsRewritten(Node alterTable, const Catalog *catalog);

/// Whether a column's new type holds every value of the old one as it is stored: nothing is lost, nothing rewritten.
/// @param table null where it is not known
bool isWidening(Node alterTableCmd, const CatalogRelation *table);

/// Whether a default must be computed row by row.
bool isVolatile(Node expression);

} // namespace holdpoint
