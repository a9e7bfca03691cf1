// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/rule.h"

#include <string>

namespace holdpoint {

/// Reports somebody's own code, unless the catalogue shows that all it does is read.
/// @param own whether it may be PostgreSQL's as well
void reportCode(const Visit &visit, const std::set<CodeKey> &used, bool own, std::string_view name);

/// What code that was opened holds and nobody can tell, under the name of its own rule.
void reportWithin(const Visit &visit, const Consequences &consequences);

/// A name for a message, with the rules that the code behind it breaks.
std::string withReasons(std::string_view name, const Consequences &consequences);

} // namespace holdpoint
