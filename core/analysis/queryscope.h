// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/catalog.h"
#include "core/analysis/tree.h"

#include <map>
#include <string>
#include <vector>

namespace holdpoint {

/// One column that a query gives, or that a relation in FROM has.
struct OutputColumn
{
    std::string name;
    const CatalogRelation *relation = nullptr; ///< the table that holds it; null if it is computed
    const CatalogColumn *column = nullptr;
    bool isOptional = false; ///< an outer join may leave it NULL
};

/// The columns of something that can stand in FROM.
struct OutputColumns
{
    bool known = false; ///< false: there may be others
    std::vector<OutputColumn> columns;

    const OutputColumn *find(std::string_view name) const;
    /// Takes other names for the first columns, as in `AS t(a, b)`.
    void rename(Node names);
};

/// An item of FROM by the name that it goes by.
struct ScopeItem
{
    std::string name;
    OutputColumns output;
    bool isTable = false; ///< has system columns
    bool isOptional = false;
};

/// The relations that an expression of one query can name, and those of the queries around it.
struct QueryScope
{
    const QueryScope *outer = nullptr;
    std::vector<ScopeItem> items;
    std::map<std::string, OutputColumns, std::less<>> ctes;

    /// What a name without a schema means among the WITH items in sight; null if it is none of them.
    const OutputColumns *cte(std::string_view name) const;
};

/// Finds what a column reference means, looking from the inside out. Nothing where that cannot be told.
std::optional<ColumnBinding> lookUpColumn(const std::vector<std::string_view> &parts, const QueryScope &scope);

} // namespace holdpoint
