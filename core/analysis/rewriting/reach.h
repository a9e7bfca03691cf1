// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/rewriting/rewriter.h"

namespace holdpoint {

/// The columns of a table that foreign keys refer to, each once.
std::vector<std::string> referencedColumns(const Catalog &catalog, const CatalogRelation &table);

/// What foreign keys do when the rows of a DELETE or UPDATE change, hop by hop, nearest first; each with a query of the
/// rows of its table.
QList<Reached> reachOf(const RowQueries &change, const Catalog &catalog);

} // namespace holdpoint
