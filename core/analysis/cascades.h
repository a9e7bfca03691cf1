// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/catalog.h"

#include <string>
#include <vector>

namespace holdpoint {

/// The tables that foreign keys change when rows of a table are deleted, hop by hop, nearest first.
struct CascadeReach
{
    std::vector<const CatalogRelation *> deleted; ///< by ON DELETE CASCADE
    std::vector<const CatalogRelation *> changed; ///< by ON DELETE SET NULL or SET DEFAULT alone
};

CascadeReach cascadeReach(const Catalog &catalog, const CatalogRelation &table);

/// The tables that TRUNCATE … CASCADE empties besides those it names.
std::vector<const CatalogRelation *> truncatedAlong(const Catalog &catalog, const CatalogRelation &table);

/// The views, directly or through other views, that DROP … CASCADE takes along.
std::vector<const CatalogRelation *> viewsDroppedAlong(const Catalog &catalog, const CatalogRelation &relation);

/// Names for a message, with how many rows each table had when it was last analysed; a long list is cut, and says so.
std::string listed(const std::vector<const CatalogRelation *> &relations);

} // namespace holdpoint
