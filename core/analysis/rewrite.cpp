// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rewrite.h"

#include "core/analysis/parsememory.h"

// PostgreSQL's own tree, as its parser makes it and its deparser reads it: taking it through protobuf and back would
// cost several times the parse.
extern "C" {
#include <lib/stringinfo.h>
#include <nodes/parsenodes.h>

void deparseRawStmt(StringInfo text, RawStmt *statement);
}

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using PgNode = ::Node;

template <typename T> T *as(PgNode *node)
{
    return reinterpret_cast<T *>(node);
}

/// Writes a statement; the message of an error instead. An error leaves this function by a jump: nothing in it may need
/// a destructor.
const char *deparsed(PgNode *statement, StringInfo text)
{
    RawStmt raw{};
    raw.type = T_RawStmt;
    raw.stmt = statement;
    const MemoryContext context = CurrentMemoryContext;
    const char *volatile message = nullptr;
    PG_TRY();
    {
        deparseRawStmt(text, &raw);
    }
    PG_CATCH();
    {
        MemoryContextSwitchTo(context);
        message = CopyErrorData()->message;
        FlushErrorState();
    }
    PG_END_TRY();
    return message;
}

std::expected<QString, QString> textOf(SelectStmt &select)
{
    StringInfoData text;
    initStringInfo(&text);
    if (const char *message = deparsed(reinterpret_cast<PgNode *>(&select), &text))
        return std::unexpected(QString::fromUtf8(message));
    return QString::fromUtf8(text.data, text.len);
}

CommonTableExpr *item(const WithClause *with, int index)
{
    return static_cast<CommonTableExpr *>(list_nth(with->ctes, index));
}

/// The WITH clause of a statement without the items that are left out; null if none remains.
WithClause *readingWith(const WithClause *original, const QStringList &leaveOut)
{
    if (!original)
        return nullptr;
    auto *clause = static_cast<WithClause *>(palloc(sizeof(WithClause)));
    *clause = *original;
    clause->ctes = nullptr;
    for (int index = 0; index < list_length(original->ctes); ++index)
        if (!leaveOut.contains(QString::fromUtf8(item(original, index)->ctename)))
            clause->ctes = lappend(clause->ctes, item(original, index));
    return clause->ctes ? clause : nullptr;
}

/// What a DELETE and an UPDATE have in common.
struct RowChange
{
    RangeVar *relation;
    List *others;
    PgNode *where;
    WithClause *with;
};

template <typename T> T *made(NodeTag tag)
{
    auto *node = static_cast<T *>(palloc0(sizeof(T)));
    node->type = tag;
    return node;
}

PgNode *nameNode(const char *name)
{
    auto *text = made<String>(T_String);
    text->sval = const_cast<char *>(name);
    return reinterpret_cast<PgNode *>(text);
}

/// An item of a target list: a column of a relation, or the number one.
PgNode *targetNode(const char *relation, const char *column)
{
    auto *target = made<ResTarget>(T_ResTarget);
    if (relation) {
        auto *reference = made<ColumnRef>(T_ColumnRef);
        reference->fields = lappend(lappend(nullptr, nameNode(relation)), nameNode(column));
        target->val = reinterpret_cast<PgNode *>(reference);
    } else {
        auto *one = made<A_Const>(T_A_Const);
        one->val.ival.type = T_Integer;
        one->val.ival.ival = 1;
        target->val = reinterpret_cast<PgNode *>(one);
    }
    return reinterpret_cast<PgNode *>(target);
}

/// A query without FROM and WHERE, to be given those of the change. With other relations in play a row may match more
/// than once and is still changed once: then each place counts once.
SelectStmt frameFor(const RowChange &change)
{
    SelectStmt select{};
    select.type = T_SelectStmt;
    if (!change.others) {
        select.targetList = lappend(nullptr, targetNode(nullptr, nullptr));
        return select;
    }
    const RangeVar *relation = change.relation;
    const char *name = relation->alias ? relation->alias->aliasname : relation->relname;
    select.distinctClause = lappend(nullptr, nullptr);
    select.targetList = lappend(lappend(nullptr, targetNode(name, "tableoid")), targetNode(name, "ctid"));
    return select;
}

std::expected<QString, QString> rowsOf(const RowChange &change, const QStringList &leaveOut)
{
    if (change.where && nodeTag(change.where) == T_CurrentOfExpr)
        return std::unexpected(u"which row it is depends on a cursor"_s);
    SelectStmt select = frameFor(change);
    select.fromClause = list_concat(lappend(nullptr, change.relation), change.others);
    select.whereClause = change.where;
    select.withClause = readingWith(change.with, leaveOut);
    return textOf(select);
}

std::expected<QString, QString> rowsOf(SelectStmt select, const QStringList &leaveOut)
{
    select.intoClause = nullptr;
    select.withClause = readingWith(select.withClause, leaveOut);
    select.lockingClause = nullptr;
    return textOf(select);
}

std::expected<QString, QString> rowsOf(const InsertStmt &insert, const QStringList &leaveOut)
{
    if (!insert.selectStmt || nodeTag(insert.selectStmt) != T_SelectStmt)
        return std::unexpected(u"what it inserts is no SELECT"_s);
    SelectStmt select = *as<SelectStmt>(insert.selectStmt);
    if (insert.withClause && select.withClause)
        return std::unexpected(u"it has two WITH clauses"_s);
    if (insert.withClause)
        select.withClause = insert.withClause;
    return rowsOf(select, leaveOut);
}

std::expected<QString, QString> rowsOf(PgNode *node, const QStringList &leaveOut)
{
    switch (nodeTag(node)) {
    case T_DeleteStmt: {
        const DeleteStmt &s = *as<DeleteStmt>(node);
        return rowsOf(RowChange{s.relation, s.usingClause, s.whereClause, s.withClause}, leaveOut);
    }
    case T_UpdateStmt: {
        const UpdateStmt &s = *as<UpdateStmt>(node);
        return rowsOf(RowChange{s.relation, s.fromClause, s.whereClause, s.withClause}, leaveOut);
    }
    case T_InsertStmt:
        return rowsOf(*as<InsertStmt>(node), leaveOut);
    case T_SelectStmt:
        return rowsOf(*as<SelectStmt>(node), leaveOut);
    case T_CreateTableAsStmt:
        return rowsOf(as<CreateTableAsStmt>(node)->query, leaveOut);
    default:
        return std::unexpected(u"Holdpoint cannot turn it into a query of its rows"_s);
    }
}

/// The statement that does the work: what EXPLAIN explains, what COPY prints.
PgNode *coreOf(PgNode *node)
{
    while (nodeTag(node) == T_ExplainStmt || nodeTag(node) == T_CopyStmt) {
        PgNode *inner = nodeTag(node) == T_ExplainStmt ? as<ExplainStmt>(node)->query : as<CopyStmt>(node)->query;
        if (!inner)
            break;
        node = inner;
    }
    return node;
}

const WithClause *withOf(PgNode *node)
{
    switch (nodeTag(node)) {
    case T_DeleteStmt:
        return as<DeleteStmt>(node)->withClause;
    case T_UpdateStmt:
        return as<UpdateStmt>(node)->withClause;
    case T_InsertStmt: {
        const InsertStmt &insert = *as<InsertStmt>(node);
        return insert.withClause ? insert.withClause : insert.selectStmt ? withOf(insert.selectStmt) : nullptr;
    }
    case T_MergeStmt:
        return as<MergeStmt>(node)->withClause;
    case T_SelectStmt:
        return as<SelectStmt>(node)->withClause;
    case T_CreateTableAsStmt:
        return withOf(as<CreateTableAsStmt>(node)->query);
    default:
        return nullptr;
    }
}

} // namespace

Rewriter::Rewriter(const RawStmt &statement)
    : m_memory(std::make_unique<ParseMemory>())
    , m_core(coreOf(statement.stmt))
{
}

Rewriter::~Rewriter() = default;

std::expected<QString, QString> Rewriter::rows(const QStringList &leaveOut) const
{
    const ParseMemory::Scope scope(*m_memory);
    return rowsOf(m_core, leaveOut);
}

std::expected<QString, QString> Rewriter::rowsOfCte(const QString &name) const
{
    const ParseMemory::Scope scope(*m_memory);
    const WithClause *with = withOf(m_core);
    const QByteArray wanted = name.toUtf8();
    for (int index = 0; with && index < list_length(with->ctes); ++index)
        if (wanted == item(with, index)->ctename)
            return rowsOf(item(with, index)->ctequery, {});
    return std::unexpected(u"there is no such WITH item"_s);
}

} // namespace holdpoint
