// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/catalog.h"
#include "core/analysis/tree.h"
#include "core/assessment/statement.h"

namespace holdpoint {

/// The locks that a statement takes of tables that are there already, as PostgreSQL 17 takes them.
/// @param inspected the same statement with its findings and effects
/// @param catalog may be null; then only what the text names is told
QList<TableLock> locksOf(Node statement, const Statement &inspected, const Catalog *catalog);

} // namespace holdpoint
