// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/parser.h"
#include "core/assessment/statement.h"

namespace holdpoint {

class Catalog;

/// Which rows a statement would touch, as far as its text tells. Empty for one that only reads.
/// @param inspected what the rules have said of it
/// @param catalog may be null: then there are neither previews nor what foreign keys reach
QList<Effect> effectsOf(const ParsedStatement &statement, const Statement &inspected, const Catalog *catalog);

/// Says of each effect if an earlier statement of the same text changes what it reads.
void noteOutdated(QList<Statement> &statements);

} // namespace holdpoint
