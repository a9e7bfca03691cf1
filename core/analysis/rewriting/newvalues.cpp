// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rewriting/newvalues.h"

#include "core/analysis/names.h"

#include <algorithm>
#include <array>

extern "C" {
#include <nodes/nodeFuncs.h>
}

using namespace Qt::StringLiterals;

namespace holdpoint {

using namespace pgtree;

namespace {

/// Built-in functions that only read, and give something else on another server, in another session or at another time.
constexpr std::array<std::string_view, 22> varying{"clock_timestamp", "current_database", "current_schema",
    "current_schemas", "current_setting", "gen_random_uuid", "inet_client_addr", "inet_client_port", "inet_server_addr",
    "inet_server_port", "now", "pg_backend_pid", "pg_current_xact_id", "pg_is_in_recovery", "pg_postmaster_start_time",
    "random", "random_normal", "statement_timestamp", "timeofday", "transaction_timestamp", "txid_current", "version"};

/// What the value of an expression depends on besides the rows that it reads.
struct Dependence
{
    const Catalog *catalog;
    bool acts = false; ///< evaluating it would do something
    bool varies = false;

    void lookAt(const FuncCall &call)
    {
        std::string schema;
        const int parts = list_length(call.funcname);
        if (parts > 1)
            schema = strVal(list_nth(call.funcname, parts - 2));
        const std::string name = strVal(list_nth(call.funcname, parts - 1));
        const std::string_view known = builtinFunctionClass(lowered(name));
        varies =
            varies || known.empty() || std::ranges::contains(varying, name) || !catalog->routines(schema, name).empty();
        acts = acts || (!known.empty() && known != "harmless");
    }

    static bool look(PgNode *at, void *self)
    {
        if (!at)
            return false;
        auto &dependence = *static_cast<Dependence *>(self);
        if (tagOf(at) == T_FuncCall)
            dependence.lookAt(*as<FuncCall>(at));
        dependence.varies = dependence.varies || tagOf(at) == T_SQLValueFunction;
        return raw_expression_tree_walker_impl(at, look, self);
    }
};

PgNode *null()
{
    auto *constant = made<A_Const>(T_A_Const);
    constant->isnull = true;
    return node(constant);
}

/// The member of a multi-column assignment's source that one of its columns gets; null if they cannot be told apart.
PgNode *memberOf(const MultiAssignRef &reference)
{
    const int index = reference.colno - 1;
    if (tagOf(reference.source) == T_RowExpr) {
        List *members = as<RowExpr>(reference.source)->args;
        return index < list_length(members) ? static_cast<PgNode *>(list_nth(members, index)) : nullptr;
    }
    if (tagOf(reference.source) != T_SubLink)
        return nullptr;
    const SubLink &link = *as<SubLink>(reference.source);
    if (!link.subselect || tagOf(link.subselect) != T_SelectStmt)
        return nullptr;
    const SelectStmt &all = *as<SelectStmt>(link.subselect);
    // A place in the list would mean another column, and without DISTINCT's columns other rows could be one.
    const bool plain = all.op == SETOP_NONE && !all.valuesLists && !all.distinctClause && !all.sortClause
        && !all.groupClause && list_length(all.targetList) == reference.ncolumns;
    if (!plain)
        return nullptr;
    auto *select = static_cast<SelectStmt *>(palloc(sizeof(SelectStmt)));
    *select = all;
    select->targetList = list_make1(list_nth(all.targetList, index));
    auto *single = static_cast<SubLink *>(palloc(sizeof(SubLink)));
    *single = link;
    single->subLinkType = EXPR_SUBLINK;
    single->subselect = node(select);
    return node(single);
}

class Reader
{
public:
    Reader(const CatalogRelation &table, const Catalog &catalog)
        : m_table(table)
        , m_catalog(catalog)
    {
    }

    NewValue describe(const std::string &column) const
    {
        NewValue value;
        value.column = QString::fromStdString(column);
        return value;
    }

    /// What a column gets where the statement says DEFAULT; null with the reason in @p value.
    PgNode *defaultOf(const CatalogColumn &column, NewValue &value) const
    {
        if (column.isIdentity)
            value.unknownBecause = u"it is numbered when it is stored"_s;
        else if (column.defaultText.empty())
            return null();
        else if (PgNode *expression = parsedExpression(column.defaultText))
            return expression;
        else
            value.unknownBecause = u"its default cannot be read"_s;
        return nullptr;
    }

    /// The value as the column stores it; NULL with the reason in @p value where that cannot be told.
    PgNode *stored(PgNode *expression, NewValue &value) const
    {
        const CatalogColumn *column = m_table.column(value.column.toStdString());
        if (!column) {
            value.unknownBecause = u"the catalogue knows no such column"_s;
            return null();
        }
        if (tagOf(expression) == T_SetToDefault)
            expression = defaultOf(*column, value);
        if (!expression)
            return null();
        value.type = QString::fromStdString(column->type);
        note(expression, value);
        if (!value.unknownBecause.isEmpty())
            return null();
        PgNode *cast = castTo(expression, column->type);
        if (!cast)
            value.unknownBecause = u"its type cannot be read"_s;
        return cast ? cast : null();
    }

    void note(PgNode *expression, NewValue &value) const
    {
        Dependence dependence{.catalog = &m_catalog};
        Dependence::look(expression, &dependence);
        if (dependence.acts)
            value.unknownBecause = u"it is made when the statement runs"_s;
        value.mayDiffer = value.mayDiffer || dependence.varies;
    }

private:
    const CatalogRelation &m_table;
    const Catalog &m_catalog;
};

/// The columns that an INSERT fills, in the order of its values; empty if that depends on a `*`.
std::vector<std::string> filledColumns(const RowChange &change, const CatalogRelation &table)
{
    std::vector<std::string> names;
    for (int index = 0; index < list_length(change.assigned); ++index) {
        const auto &item = *static_cast<ResTarget *>(list_nth(change.assigned, index));
        if (item.indirection)
            return {};
        names.emplace_back(item.name);
    }
    if (!names.empty())
        return names;
    const SelectStmt *leaf = change.source;
    while (leaf->op != SETOP_NONE)
        leaf = leaf->larg;
    const List *first = leaf->valuesLists ? static_cast<List *>(linitial(leaf->valuesLists)) : leaf->targetList;
    for (int index = 0; !leaf->valuesLists && index < list_length(first); ++index)
        if (PgNode *value = static_cast<ResTarget *>(list_nth(first, index))->val; tagOf(value) == T_ColumnRef
            && tagOf(static_cast<PgNode *>(llast(as<ColumnRef>(value)->fields))) == T_A_Star)
            return {};
    for (std::size_t index = 0; index < static_cast<std::size_t>(list_length(first)); ++index) {
        if (index >= table.columns.size())
            return {};
        names.push_back(table.columns[index].name);
    }
    return names;
}

/// The source of an INSERT with what DEFAULT stands for in it.
class Source
{
public:
    Source(const Reader &reader, const CatalogRelation &table, QList<NewValue> &columns)
        : m_reader(reader)
        , m_table(table)
        , m_columns(columns)
    {
    }

    SelectStmt *filled(const SelectStmt &original) const
    {
        auto *select = static_cast<SelectStmt *>(palloc(sizeof(SelectStmt)));
        *select = original;
        select->valuesLists = nullptr;
        for (int row = 0; row < list_length(original.valuesLists); ++row) {
            const auto *values = static_cast<List *>(list_nth(original.valuesLists, row));
            List *list = nullptr;
            for (int index = 0; index < list_length(values); ++index)
                list = lappend(list, filled(static_cast<PgNode *>(list_nth(values, index)), index));
            select->valuesLists = lappend(select->valuesLists, list);
        }
        select->targetList = nullptr;
        for (int index = 0; index < list_length(original.targetList); ++index) {
            auto *item = made<ResTarget>(T_ResTarget);
            *item = *static_cast<ResTarget *>(list_nth(original.targetList, index));
            item->val = filled(item->val, index);
            select->targetList = lappend(select->targetList, item);
        }
        return select;
    }

private:
    PgNode *filled(PgNode *value, int index) const
    {
        if (index >= m_columns.size())
            return value;
        NewValue &column = m_columns[index];
        PgNode *expression = value;
        if (tagOf(value) == T_SetToDefault) {
            const CatalogColumn *known = m_table.column(column.column.toStdString());
            expression = known ? m_reader.defaultOf(*known, column) : nullptr;
        }
        if (!expression)
            return null();
        m_reader.note(expression, column);
        return column.unknownBecause.isEmpty() ? expression : null();
    }

    const Reader &m_reader;
    const CatalogRelation &m_table;
    QList<NewValue> &m_columns;
};

} // namespace

NewValues updatedValues(const RowChange &change, const CatalogRelation &table, const Catalog &catalog)
{
    const Reader reader(table, catalog);
    NewValues values;
    for (int index = 0; index < list_length(change.assigned); ++index) {
        const auto &item = *static_cast<ResTarget *>(list_nth(change.assigned, index));
        NewValue value = reader.describe(item.name);
        PgNode *expression = item.val;
        if (tagOf(expression) == T_MultiAssignRef)
            expression = memberOf(*as<MultiAssignRef>(expression));
        if (!expression)
            value.unknownBecause = u"several columns are set from one expression"_s;
        else if (item.indirection)
            value.unknownBecause = u"only a part of it is set"_s;
        PgNode *stored = value.unknownBecause.isEmpty() ? reader.stored(expression, value) : null();
        values.columns.append(value);
        values.targets = lappend(values.targets, target(stored, name("holdpoint_new_" + std::to_string(index + 1))));
    }
    return values;
}

InsertedRows insertedValues(const RowChange &change, const CatalogRelation &table, const Catalog &catalog)
{
    const Reader reader(table, catalog);
    InsertedRows rows;
    for (const std::string &column : filledColumns(change, table))
        rows.columns.append(reader.describe(column));
    if (rows.columns.isEmpty())
        return rows;
    auto *from = made<RangeSubselect>(T_RangeSubselect);
    from->subquery = node(Source(reader, table, rows.columns).filled(*change.source));
    from->alias = makeAlias("holdpoint_rows", nullptr);
    rows.select = made<SelectStmt>(T_SelectStmt);
    for (NewValue &value : rows.columns) {
        char *label = name(value.column.toStdString());
        from->alias->colnames = lappend(from->alias->colnames, makeString(label));
        PgNode *stored =
            value.unknownBecause.isEmpty() ? reader.stored(column("holdpoint_rows", label), value) : null();
        rows.select->targetList = lappend(rows.select->targetList, target(shown(stored), label));
    }
    rows.select->fromClause = list_make1(from);
    return rows;
}

} // namespace holdpoint
