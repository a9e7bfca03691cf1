// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rewrite.h"

#include "core/analysis/parser.h"

#include <pg_query/pg_query.pb-c.h>

#include <vector>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

struct ParseResultReleaser
{
    void operator()(PgQuery__ParseResult *result) const { pg_query__parse_result__free_unpacked(result, nullptr); }
};
using ParseResult = std::unique_ptr<PgQuery__ParseResult, ParseResultReleaser>;

std::expected<ParseResult, QString> unpacked(const QByteArray &sql)
{
    const auto bytes = parseToProtobuf(sql);
    if (!bytes)
        return std::unexpected(bytes.error());
    ParseResult result(pg_query__parse_result__unpack(
        nullptr, static_cast<std::size_t>(bytes->size()), reinterpret_cast<const std::uint8_t *>(bytes->constData())));
    if (!result || result->n_stmts != 1)
        return std::unexpected(u"the statement could not be taken apart"_s);
    return result;
}

std::expected<QString, QString> textOf(PgQuery__Node &statement)
{
    PgQuery__RawStmt raw;
    pg_query__raw_stmt__init(&raw);
    raw.stmt = &statement;
    PgQuery__RawStmt *statements[] = {&raw};
    PgQuery__ParseResult result;
    pg_query__parse_result__init(&result);
    result.n_stmts = 1;
    result.stmts = statements;
    QByteArray bytes(static_cast<qsizetype>(pg_query__parse_result__get_packed_size(&result)), Qt::Uninitialized);
    pg_query__parse_result__pack(&result, reinterpret_cast<std::uint8_t *>(bytes.data()));
    const auto text = deparseProtobuf(bytes);
    if (!text)
        return std::unexpected(text.error());
    return QString::fromUtf8(*text);
}

std::expected<QString, QString> textOf(PgQuery__SelectStmt &select)
{
    PgQuery__Node node;
    pg_query__node__init(&node);
    node.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
    node.select_stmt = &select;
    return textOf(node);
}

/// The WITH clause of a statement without the items that are left out. A view on the original: it owns the list only.
class ReadingWith
{
public:
    ReadingWith(const PgQuery__WithClause *original, const QStringList &leaveOut)
    {
        if (!original)
            return;
        m_clause = *original;
        for (std::size_t index = 0; index < original->n_ctes; ++index)
            if (!leaveOut.contains(QString::fromUtf8(original->ctes[index]->common_table_expr->ctename)))
                m_items.push_back(original->ctes[index]);
        m_clause.n_ctes = m_items.size();
        m_clause.ctes = m_items.data();
    }

    PgQuery__WithClause *clause() { return m_items.empty() ? nullptr : &m_clause; }

private:
    PgQuery__WithClause m_clause{};
    std::vector<PgQuery__Node *> m_items;
};

/// What a DELETE and an UPDATE have in common.
struct RowChange
{
    PgQuery__RangeVar *relation;
    std::size_t otherCount;
    PgQuery__Node **others;
    PgQuery__Node *where;
    PgQuery__WithClause *with;
};

QByteArray quotedName(const char *name)
{
    return '"' + QByteArray(name).replace('"', "\"\"") + '"';
}

/// A query without FROM and WHERE, to be given those of the change. With other relations in play a row may match more
/// than once and is still changed once: then each place counts once.
std::expected<ParseResult, QString> frameFor(const RowChange &change)
{
    const PgQuery__RangeVar *relation = change.relation;
    const QByteArray name = quotedName(relation->alias ? relation->alias->aliasname : relation->relname);
    return unpacked(change.otherCount == 0 ? "SELECT 1" : "SELECT DISTINCT " + name + ".tableoid, " + name + ".ctid");
}

std::expected<QString, QString> rowsOf(const RowChange &change, const QStringList &leaveOut)
{
    if (change.where && change.where->node_case == PG_QUERY__NODE__NODE_CURRENT_OF_EXPR)
        return std::unexpected(u"which row it is depends on a cursor"_s);
    const auto frame = frameFor(change);
    if (!frame)
        return std::unexpected(frame.error());
    PgQuery__Node target;
    pg_query__node__init(&target);
    target.node_case = PG_QUERY__NODE__NODE_RANGE_VAR;
    target.range_var = change.relation;
    std::vector<PgQuery__Node *> from{&target};
    from.insert(from.end(), change.others, change.others + change.otherCount);
    ReadingWith with(change.with, leaveOut);
    PgQuery__SelectStmt select = *(*frame)->stmts[0]->stmt->select_stmt;
    select.n_from_clause = from.size();
    select.from_clause = from.data();
    select.where_clause = change.where;
    select.with_clause = with.clause();
    return textOf(select);
}

std::expected<QString, QString> rowsOf(const PgQuery__SelectStmt &original, const QStringList &leaveOut)
{
    ReadingWith with(original.with_clause, leaveOut);
    PgQuery__SelectStmt select = original;
    select.into_clause = nullptr;
    select.with_clause = with.clause();
    select.n_locking_clause = 0;
    return textOf(select);
}

std::expected<QString, QString> rowsOf(const PgQuery__InsertStmt &insert, const QStringList &leaveOut)
{
    if (!insert.select_stmt || insert.select_stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        return std::unexpected(u"what it inserts is no SELECT"_s);
    PgQuery__SelectStmt select = *insert.select_stmt->select_stmt;
    if (insert.with_clause && select.with_clause)
        return std::unexpected(u"it has two WITH clauses"_s);
    if (insert.with_clause)
        select.with_clause = insert.with_clause;
    return rowsOf(select, leaveOut);
}

std::expected<QString, QString> rowsOf(const PgQuery__Node &node, const QStringList &leaveOut)
{
    switch (node.node_case) {
    case PG_QUERY__NODE__NODE_DELETE_STMT: {
        const PgQuery__DeleteStmt &s = *node.delete_stmt;
        return rowsOf(RowChange{s.relation, s.n_using_clause, s.using_clause, s.where_clause, s.with_clause}, leaveOut);
    }
    case PG_QUERY__NODE__NODE_UPDATE_STMT: {
        const PgQuery__UpdateStmt &s = *node.update_stmt;
        return rowsOf(RowChange{s.relation, s.n_from_clause, s.from_clause, s.where_clause, s.with_clause}, leaveOut);
    }
    case PG_QUERY__NODE__NODE_INSERT_STMT:
        return rowsOf(*node.insert_stmt, leaveOut);
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        return rowsOf(*node.select_stmt, leaveOut);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
        return rowsOf(*node.create_table_as_stmt->query, leaveOut);
    default:
        return std::unexpected(u"Holdpoint cannot turn it into a query of its rows"_s);
    }
}

/// The statement that does the work: what EXPLAIN explains, what COPY prints.
const PgQuery__Node *coreOf(const PgQuery__Node *node)
{
    while (node->node_case == PG_QUERY__NODE__NODE_EXPLAIN_STMT || node->node_case == PG_QUERY__NODE__NODE_COPY_STMT) {
        const PgQuery__Node *inner =
            node->node_case == PG_QUERY__NODE__NODE_EXPLAIN_STMT ? node->explain_stmt->query : node->copy_stmt->query;
        if (!inner)
            break;
        node = inner;
    }
    return node;
}

const PgQuery__WithClause *withOf(const PgQuery__Node &node)
{
    switch (node.node_case) {
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        return node.delete_stmt->with_clause;
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
        return node.update_stmt->with_clause;
    case PG_QUERY__NODE__NODE_INSERT_STMT:
        return node.insert_stmt->with_clause ? node.insert_stmt->with_clause
            : node.insert_stmt->select_stmt  ? withOf(*node.insert_stmt->select_stmt)
                                             : nullptr;
    case PG_QUERY__NODE__NODE_MERGE_STMT:
        return node.merge_stmt->with_clause;
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        return node.select_stmt->with_clause;
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
        return withOf(*node.create_table_as_stmt->query);
    default:
        return nullptr;
    }
}

} // namespace

struct Rewriter::Tree
{
    ParseResult result;
    const PgQuery__Node &core() const { return *coreOf(result->stmts[0]->stmt); }
};

Rewriter::Rewriter(const QByteArray &statement)
{
    auto result = unpacked(statement);
    if (result)
        m_tree = std::make_unique<Tree>(Tree{std::move(*result)});
    else
        m_error = result.error();
}

Rewriter::~Rewriter() = default;

std::expected<QString, QString> Rewriter::rows(const QStringList &leaveOut) const
{
    if (!m_tree)
        return std::unexpected(m_error);
    return rowsOf(m_tree->core(), leaveOut);
}

std::expected<QString, QString> Rewriter::rowsOfCte(const QString &name) const
{
    const PgQuery__WithClause *with = m_tree ? withOf(m_tree->core()) : nullptr;
    for (std::size_t index = 0; with && index < with->n_ctes; ++index)
        if (name == QString::fromUtf8(with->ctes[index]->common_table_expr->ctename))
            return rowsOf(*with->ctes[index]->common_table_expr->ctequery, {});
    return std::unexpected(m_tree ? u"there is no such WITH item"_s : m_error);
}

} // namespace holdpoint
