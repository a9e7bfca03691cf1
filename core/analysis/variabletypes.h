// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/catalog.h"
#include "core/analysis/inspection.h"

#include <set>
#include <string>
#include <vector>

namespace holdpoint {

/// The types of a PL/pgSQL program's variables: whatever is assigned to one is made a value of its type.
class VariableTypes
{
public:
    /// @param whole the program's place in the submitted text
    VariableTypes(ScriptState &script, Statement &statement, Span whole, int nesting);

    /// Judges every type in the tree of a program.
    void inspect(Node program);
    /// Judges the casts that assigning what an expression gives may call.
    void inspectAssignment(Inspection &expression) const;

private:
    void declared(std::string_view written);
    void castTo(const QByteArray &type);
    void note(const QByteArray &type);
    bool holds(const std::set<CodeKey> &types, Oid part) const;

    ScriptState &m_script;
    Statement &m_statement;
    Span m_whole;
    int m_nesting;
    std::set<std::string, std::less<>> m_declared;
    std::vector<const CatalogCast *> m_casts; ///< to types of variables
};

/// Judges the types of a routine's parameters and of what it gives. Where it is only created, they run nothing yet.
void inspectSignature(Inspection &inspection, Node createFunction);

} // namespace holdpoint
