// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/codereach.h"
#include "core/analysis/queryscope.h"

#include <map>
#include <set>
#include <string>

namespace holdpoint {

/// A table that a text makes.
struct MadeRelation
{
    OutputColumns columns; ///< known only with a catalogue
    std::set<CodeKey> uses; ///< what writing to it runs, as far as it is not in the text
    std::string strangeType; ///< one of its columns' that nobody knows; empty if there is none
};

using MadeRelations = std::map<std::string, MadeRelation, std::less<>>;

} // namespace holdpoint
