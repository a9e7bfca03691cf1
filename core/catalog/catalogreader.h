// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/catalogsnapshot.h"
#include "core/database/error.h"

#include <chrono>
#include <expected>

namespace holdpoint {

class Connection;

struct CatalogOptions
{
    bool withStatistics = true; ///< what ANALYZE found in the columns that the role may read
    std::chrono::milliseconds timeout{15'000}; ///< of each section
    std::chrono::milliseconds lockWait{2'000}; ///< for a relation that somebody is altering
    qsizetype largest = largestCatalog; ///< bytes
};

/// Reads the catalogue of the database that is connected to, in one read-only transaction of one snapshot; needs no
/// right beyond signing in, and works on a standby.
///
/// Names and texts in it are other people's. The server deparses some from what is there now and not from the
/// snapshot: where something went away meanwhile it is begun again.
/// @param source becomes the snapshot's; empty: the server says which database it is
std::expected<CatalogSnapshot, Error> readCatalog(
    Connection &connection, const QString &source, const CatalogOptions &options = {});

} // namespace holdpoint
