// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/catalog.h"
#include "core/analysis/rewriting/rowchange.h"
#include "core/assessment/effect.h"

namespace holdpoint {

/// The values that a change would store, as expressions over the rows that it reads.
struct NewValues
{
    QList<NewValue> columns; ///< in the order of `targets`
    List *targets = nullptr; ///< ResTarget each; NULL where the value cannot be told
};

/// Of an UPDATE: the value of each column that it sets.
NewValues updatedValues(const RowChange &change, const CatalogRelation &table, const Catalog &catalog);

/// Of an INSERT: a query with one column for each column that it fills; nothing if they cannot be told apart.
struct InsertedRows
{
    QList<NewValue> columns;
    SelectStmt *select = nullptr;
};
InsertedRows insertedValues(const RowChange &change, const CatalogRelation &table, const Catalog &catalog);

} // namespace holdpoint
