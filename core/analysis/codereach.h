// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/catalog.h"
#include "core/analysis/tree.h"
#include "core/assessment/risklevel.h"

#include <compare>
#include <map>
#include <set>
#include <string>

namespace holdpoint {

/// Something of the database that runs code when it is used.
struct CodeKey
{
    enum class Kind {
        Routine, ///< being called
        View, ///< being read
        Insert, ///< into a relation: its triggers
        Update, ///< of a relation: its triggers, and what follows by foreign keys
        Delete, ///< from a relation: its triggers, and what follows by foreign keys
        Truncate, ///< of a relation: its triggers
        Expressions, ///< of a relation, run on a write: defaults, constraints, index expressions, row security
        Type, ///< a value being made one: a domain's constraints, with those of all that the value consists of
    };
    Kind kind = Kind::Routine;
    Oid oid = 0;

    auto operator<=>(const CodeKey &) const = default;
};

/// What code leads to, with everything that it calls in turn.
struct Consequences
{
    RiskLevel level = RiskLevel::Read;
    std::set<std::string> rules; ///< ids of the rules above `write` that something in it breaks
};

/// Opens the code that a catalogue holds, and follows its calls. Results do not depend on the order of questions.
class CodeReach
{
public:
    /// @param catalog must outlive this object
    explicit CodeReach(const Catalog &catalog);

    Consequences of(const std::set<CodeKey> &used);

private:
    /// What one piece of code does by itself, and what it uses.
    struct Piece
    {
        Consequences own;
        std::set<CodeKey> uses;
    };

    const Piece &piece(const CodeKey &key);
    Piece read(const CodeKey &key);
    Piece readRoutine(const CatalogRoutine &routine);
    Piece readView(const CatalogRelation &view);
    Piece readExpressions(const CatalogRelation &relation);
    Piece readType(Oid oid);
    Piece readTriggers(const CatalogRelation &relation, CodeKey::Kind kind);
    void readExpression(const std::string &text, Piece &piece);

    const Catalog &m_catalog;
    std::map<CodeKey, Piece> m_pieces;
};

/// The table that a change of a view's rows reaches, where the view is a plain one over a single relation; the relation
/// itself if it is no view. Null if that cannot be told.
const CatalogRelation *changedTable(const Catalog &catalog, const CatalogRelation &relation);

} // namespace holdpoint
