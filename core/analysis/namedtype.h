// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/codereach.h"
#include "core/analysis/tree.h"

#include <set>
#include <string>

namespace holdpoint {

class Inspection;

/// A type by the name that a text gives it.
struct NamedType
{
    std::string name;
    bool isKnown = false; ///< false: nobody can say what making such a value runs
    std::set<CodeKey> uses; ///< what making such a value runs
};

/// Finds a type among PostgreSQL's own, those that the text makes itself, and the catalogue's.
/// @param typeName the body of a TypeName
NamedType namedType(const Inspection &inspection, Node typeName);

/// The same for the body of a ColumnDef, where `serial` is a word for an integer.
NamedType columnType(const Inspection &inspection, Node columnDef);

/// The types of all that a tree's relations hold, their rows included.
std::set<CodeKey> typesRead(const Inspection &inspection, Node tree);

} // namespace holdpoint
