// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rewriting/rowchange.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

using namespace pgtree;

namespace {

using Kind = RowChange::Kind;

/// The WITH clause of a statement without the items that are left out; null if none remains.
WithClause *readingWith(const WithClause *original, const QStringList &leaveOut)
{
    if (!original)
        return nullptr;
    auto *clause = static_cast<WithClause *>(palloc(sizeof(WithClause)));
    *clause = *original;
    clause->ctes = nullptr;
    for (int index = 0; index < list_length(original->ctes); ++index)
        if (!leaveOut.contains(QString::fromUtf8(withItem(original, index)->ctename)))
            clause->ctes = lappend(clause->ctes, withItem(original, index));
    return clause->ctes ? clause : nullptr;
}

RowChange impossible(Kind kind, RangeVar *relation, const QString &why)
{
    RowChange change;
    change.kind = kind;
    change.relation = relation;
    change.problem = why;
    return change;
}

RowChange ofPlaces(Kind kind, RangeVar *relation, List *others, PgNode *where, WithClause *with)
{
    if (where && tagOf(where) == T_CurrentOfExpr)
        return impossible(kind, relation, u"which row it is depends on a cursor"_s);
    RowChange change;
    change.kind = kind;
    change.relation = relation;
    change.from = list_concat(list_make1(relation), others);
    change.repeats = others != nullptr;
    change.where = where;
    change.with = with;
    return change;
}

SelectStmt *reading(const SelectStmt &original, WithClause *with)
{
    auto *select = static_cast<SelectStmt *>(palloc(sizeof(SelectStmt)));
    *select = original;
    select->intoClause = nullptr;
    select->withClause = with;
    select->lockingClause = nullptr;
    return select;
}

RowChange ofQuery(Kind kind, const SelectStmt &query, const QStringList &leaveOut)
{
    RowChange change;
    change.kind = kind;
    change.source = reading(query, readingWith(query.withClause, leaveOut));
    return change;
}

bool leavesRowsAlone(const OnConflictClause *clause)
{
    return clause && (clause->action == ONCONFLICT_NOTHING || clause->whereClause);
}

RowChange ofInsert(const InsertStmt &insert, const QStringList &leaveOut)
{
    // DEFAULT VALUES is a row of which the statement itself says nothing.
    PgNode *source = insert.selectStmt ? insert.selectStmt : node(made<SelectStmt>(T_SelectStmt));
    if (tagOf(source) != T_SelectStmt)
        return impossible(Kind::Insert, insert.relation, u"what it inserts is no SELECT"_s);
    SelectStmt select = *as<SelectStmt>(source);
    if (insert.withClause && select.withClause)
        return impossible(Kind::Insert, insert.relation, u"it has two WITH clauses"_s);
    if (insert.withClause)
        select.withClause = insert.withClause;
    RowChange change = ofQuery(Kind::Insert, select, leaveOut);
    change.relation = insert.relation;
    change.assigned = insert.cols;
    change.mayCollide = leavesRowsAlone(insert.onConflictClause);
    return change;
}

} // namespace

CommonTableExpr *withItem(const WithClause *with, int index)
{
    return static_cast<CommonTableExpr *>(list_nth(with->ctes, index));
}

std::vector<RowChange> rowChanges(PgNode *statement, const QStringList &leaveOut)
{
    switch (tagOf(statement)) {
    case T_DeleteStmt: {
        const DeleteStmt &s = *as<DeleteStmt>(statement);
        return {ofPlaces(Kind::Delete, s.relation, s.usingClause, s.whereClause, readingWith(s.withClause, leaveOut))};
    }
    case T_UpdateStmt: {
        const UpdateStmt &s = *as<UpdateStmt>(statement);
        RowChange change =
            ofPlaces(Kind::Update, s.relation, s.fromClause, s.whereClause, readingWith(s.withClause, leaveOut));
        change.assigned = s.targetList;
        return {change};
    }
    case T_InsertStmt:
        return {ofInsert(*as<InsertStmt>(statement), leaveOut)};
    case T_MergeStmt: {
        const MergeStmt &s = *as<MergeStmt>(statement);
        return mergeChanges(s, readingWith(s.withClause, leaveOut));
    }
    case T_SelectStmt:
        return {ofQuery(Kind::Create, *as<SelectStmt>(statement), leaveOut)};
    case T_CreateTableAsStmt:
        return rowChanges(as<CreateTableAsStmt>(statement)->query, leaveOut);
    default:
        return {impossible(Kind::Update, nullptr, u"Holdpoint cannot turn it into a query of its rows"_s)};
    }
}

PgNode *coreOf(PgNode *statement)
{
    while (tagOf(statement) == T_ExplainStmt || tagOf(statement) == T_CopyStmt) {
        PgNode *inner =
            tagOf(statement) == T_ExplainStmt ? as<ExplainStmt>(statement)->query : as<CopyStmt>(statement)->query;
        if (!inner)
            break;
        statement = inner;
    }
    return statement;
}

const WithClause *withOf(PgNode *statement)
{
    switch (tagOf(statement)) {
    case T_DeleteStmt:
        return as<DeleteStmt>(statement)->withClause;
    case T_UpdateStmt:
        return as<UpdateStmt>(statement)->withClause;
    case T_InsertStmt: {
        const InsertStmt &insert = *as<InsertStmt>(statement);
        return insert.withClause ? insert.withClause : insert.selectStmt ? withOf(insert.selectStmt) : nullptr;
    }
    case T_MergeStmt:
        return as<MergeStmt>(statement)->withClause;
    case T_SelectStmt:
        return as<SelectStmt>(statement)->withClause;
    case T_CreateTableAsStmt:
        return withOf(as<CreateTableAsStmt>(statement)->query);
    default:
        return nullptr;
    }
}

} // namespace holdpoint
