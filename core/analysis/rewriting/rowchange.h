// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/rewriting/pgtree.h"

#include <QStringList>

#include <vector>

namespace holdpoint {

/// One thing that a statement does to the rows of one table, in PostgreSQL's own terms. The tree that it points into
/// must outlive it.
struct RowChange
{
    enum class Kind { Delete, Update, Insert, Create };
    Kind kind = Kind::Delete;
    QString branch; ///< of a MERGE: which WHEN clause it is
    RangeVar *relation = nullptr; ///< the table that changes; null for one that is only being made
    List *from = nullptr; ///< of a DELETE or UPDATE: everything that is read, the table itself included
    bool repeats = false; ///< a row may match more than once, and is changed once
    pgtree::PgNode *where = nullptr;
    WithClause *with = nullptr; ///< without what it must not see
    List *assigned = nullptr; ///< ResTarget: what UPDATE sets; the columns that INSERT names
    SelectStmt *source = nullptr; ///< of an INSERT or a table that is made: the rows
    bool mayCollide = false; ///< of an INSERT: rows that are there already are left alone
    QString problem; ///< why its rows cannot be told; then the rest means nothing
};

/// What a statement does to rows, looked for inside EXPLAIN and COPY as well; WITH items are not looked into.
/// @param leaveOut names of WITH items that the queries must not contain
std::vector<RowChange> rowChanges(pgtree::PgNode *statement, const QStringList &leaveOut);
std::vector<RowChange> mergeChanges(const MergeStmt &merge, WithClause *with);

/// The statement that does the work: what EXPLAIN explains, what COPY prints.
pgtree::PgNode *coreOf(pgtree::PgNode *statement);
/// The WITH clause of a statement; null if it has none.
const WithClause *withOf(pgtree::PgNode *statement);
CommonTableExpr *withItem(const WithClause *with, int index);

} // namespace holdpoint
