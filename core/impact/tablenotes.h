// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/guardedread.h"

namespace holdpoint {

/// What acts or goes along with a change of a table, from the replica's catalogue. Empty where there is no such table.
/// Call it inside a GuardedRead.
/// @param table as an effect names it: without quotes; of schema public where it has no schema
/// @param verb of the effect; tells which triggers fire, and whether dependents matter
std::expected<TableNotes, Error> tableNotes(Connection &replica, const QString &table, const QString &verb);

} // namespace holdpoint
