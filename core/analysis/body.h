// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/inspection.h"

namespace holdpoint {

/// Opens the body of the DO or CREATE FUNCTION statement that @p carrier walks, in PL/pgSQL, and inspects every
/// statement and expression in it. What it finds goes to @p statement.
void inspectPlpgsqlBody(Inspection &carrier, ScriptState &script, Statement &statement, std::string_view body);

/// Opens the body of a CREATE FUNCTION or CREATE PROCEDURE statement that @p carrier has begun, whatever language it is
/// in. One that cannot be read is an `opaque-body`. What it finds goes to @p body.
void inspectRoutineBody(Inspection &carrier, Node createFunction, ScriptState &script, Statement &body);

/// The body in the AS option of a DO or CREATE FUNCTION statement.
std::string_view bodyText(Node statement);

/// Inspects a text that will run as SQL: the body of an SQL function, a constant EXECUTE string.
/// Returns false if it is no SQL.
bool inspectSqlText(ScriptState &script, Statement &statement, const Source &source, int nesting);

/// Where a literal's content lies in its carrier's text, if it stands there as it is.
Source sourceOfBody(const Inspection &carrier, std::string_view body);

/// How deep bodies within bodies are opened.
constexpr int deepestNesting = 6;

} // namespace holdpoint
