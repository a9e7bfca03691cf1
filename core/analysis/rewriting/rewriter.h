// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/effect.h"

#include <QStringList>

#include <memory>
#include <vector>

struct Node;
struct RawStmt;

namespace holdpoint {

class Catalog;
class ParseMemory;
struct CatalogRelation;

/// One thing that a statement does to the rows of one table, as queries. Each only reads: a replica's reader can
/// explain, count and show it.
struct RowQueries
{
    enum class Kind { Delete, Update, Insert, Create };
    Kind kind = Kind::Delete;
    QString branch; ///< of a MERGE: which WHEN clause it is
    QString rows; ///< a row for each row touched
    QString unknownBecause; ///< why there is none; then the rest is empty
    bool atMost = false; ///< fewer if rows are there already
    const CatalogRelation *table = nullptr; ///< what changes, as the catalogue has it
    QString preview; ///< the rows themselves: `columns`, then `newValues`; empty without a catalogue
    QList<PreviewColumn> columns;
    QList<NewValue> newValues;
    QString places; ///< tableoid, ctid and the columns that foreign keys refer to, of each row that they follow
    QString placesUnknownBecause; ///< why foreign keys follow rows that cannot be told
    std::vector<std::string> changedKeys; ///< of an UPDATE: the columns that it sets and foreign keys refer to
};

/// Turns statements that change rows into queries of the rows they would change. Nothing is executed.
class Rewriter
{
public:
    /// @param statement as the parser gave it; must outlive this object, as must the catalogue
    /// @param catalog may be null: then there is neither preview nor reach
    Rewriter(const RawStmt &statement, const Catalog *catalog);
    ~Rewriter();
    Rewriter(const Rewriter &) = delete;
    Rewriter &operator=(const Rewriter &) = delete;

    /// What the statement itself does: DELETE, UPDATE, INSERT … SELECT, each acting branch of MERGE, CREATE TABLE AS,
    /// SELECT INTO, looked for inside EXPLAIN and COPY as well. WITH items named in @p leaveOut are left out.
    std::vector<RowQueries> changes(const QStringList &leaveOut) const;
    /// The same for the change in the WITH item of that name.
    std::vector<RowQueries> changesOfCte(const QString &name) const;

private:
    std::unique_ptr<ParseMemory> m_memory; ///< of what the rewriting makes
    ::Node *m_core; ///< the statement that does the work
    const Catalog *m_catalog;
};

} // namespace holdpoint
