// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/catalogtables.h"
#include "core/store/trial.h"

namespace holdpoint {

class Connection;

/// How far the sandbox can stand for the target: schema and the planner's figures of each relation, from the two
/// catalogues.
/// @param relations as the analyzer or the trial names them; what foreign keys reach from there is added
SandboxVerdict compareCatalogs(const CatalogTables &target, const CatalogTables &sandbox, const QStringList &relations);

/// Fills in what only the sandbox itself can say: whether tables are empty, and how old its data are. What cannot be
/// looked at within a few seconds stays unknown.
void lookInto(Connection &sandbox, const CatalogTables &catalog, SandboxVerdict &verdict);

} // namespace holdpoint
