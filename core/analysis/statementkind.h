// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"
#include "core/assessment/risklevel.h"

#include <string>

namespace holdpoint {

/// What a statement is called on screen and in JSON: `DELETE`, `ALTER TABLE`, `DROP INDEX`.
std::string statementKind(Node statement);

/// What a statement is before any rule looked at it. Critical for one that this version does not know.
RiskLevel baseLevel(Node statement);

/// Whether a node type is a statement of its own.
bool isStatementType(std::string_view type);
/// Whether this version knows the statement.
bool isKnownStatement(std::string_view type);
/// Whether a node type is a known part of statements. An unknown part may do anything.
bool isKnownPart(std::string_view type);

/// Whether an EXPLAIN runs its statement: ANALYZE is on, the last of several options winning.
bool explainExecutes(Node explain);

/// INSERT, UPDATE, DELETE or MERGE.
bool isRowChange(std::string_view type);

/// `OBJECT_FOREIGN_TABLE` as `FOREIGN TABLE`.
std::string objectWords(std::string_view objectType);

/// The name of whatever a statement is about, from the member of its body that holds it; empty if there is none.
std::string objectName(Node body);

} // namespace holdpoint
