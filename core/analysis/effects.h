// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"
#include "core/assessment/statement.h"

#include <QByteArray>

namespace holdpoint {

/// Which rows a statement would touch, as far as its text tells. Empty for one that only reads.
/// @param text the statement's own text
/// @param inspected what the rules have said of it
QList<Effect> effectsOf(Node statement, const QByteArray &text, const Statement &inspected);

} // namespace holdpoint
