// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rewriting/pgtree.h"

#include "core/analysis/rewriting/roundtrip.h"
#include "core/assessment/effect.h"

using namespace Qt::StringLiterals;

extern "C" void deparseRawStmt(StringInfo text, RawStmt *statement);

namespace holdpoint::pgtree {

namespace {

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

PgNode *stringNode(const char *text)
{
    return node(makeString(const_cast<char *>(text)));
}

} // namespace

char *name(const std::string &text)
{
    return pstrdup(text.c_str());
}

const char *nameIn(const RangeVar &relation)
{
    return relation.alias ? relation.alias->aliasname : relation.relname;
}

PgNode *column(const char *relation, const char *column)
{
    auto *reference = made<ColumnRef>(T_ColumnRef);
    reference->fields = list_make2(stringNode(relation), stringNode(column));
    return node(reference);
}

PgNode *everyColumn(const char *relation)
{
    auto *reference = made<ColumnRef>(T_ColumnRef);
    reference->fields = list_make2(stringNode(relation), made<A_Star>(T_A_Star));
    return node(reference);
}

PgNode *target(PgNode *value, const char *label)
{
    auto *item = made<ResTarget>(T_ResTarget);
    item->val = value;
    item->name = const_cast<char *>(label);
    return node(item);
}

PgNode *one()
{
    auto *constant = made<A_Const>(T_A_Const);
    constant->val.ival.type = T_Integer;
    constant->val.ival.ival = 1;
    return node(constant);
}

PgNode *truth()
{
    auto *constant = made<A_Const>(T_A_Const);
    constant->val.boolval.type = T_Boolean;
    constant->val.boolval.boolval = true;
    return node(constant);
}

PgNode *both(PgNode *a, PgNode *b)
{
    if (!a || !b)
        return a ? a : b;
    return node(makeBoolExpr(AND_EXPR, list_make2(a, b), -1));
}

PgNode *isNotTrue(PgNode *condition)
{
    auto *test = made<BooleanTest>(T_BooleanTest);
    test->arg = reinterpret_cast<Expr *>(condition);
    test->booltesttype = IS_NOT_TRUE;
    return node(test);
}

PgNode *notExists(SelectStmt *select)
{
    auto *link = made<SubLink>(T_SubLink);
    link->subLinkType = EXISTS_SUBLINK;
    link->subselect = node(select);
    return node(makeBoolExpr(NOT_EXPR, list_make1(link), -1));
}

PgNode *isDistinct(PgNode *a, PgNode *b)
{
    return node(makeSimpleA_Expr(AEXPR_DISTINCT, const_cast<char *>("="), a, b, -1));
}

PgNode *parsedExpression(const std::string &text)
{
    const QByteArray sql = "SELECT " + QByteArray::fromStdString(text);
    const PgQueryInternalParsetreeAndError result = pg_query_raw_parse(sql.constData(), 0);
    std::free(result.stderr_buffer);
    if (result.error) {
        pg_query_free_error(result.error);
        return nullptr;
    }
    if (list_length(result.tree) != 1)
        return nullptr;
    PgNode *statement = static_cast<RawStmt *>(linitial(result.tree))->stmt;
    if (tagOf(statement) != T_SelectStmt || list_length(as<SelectStmt>(statement)->targetList) != 1)
        return nullptr;
    return static_cast<ResTarget *>(linitial(as<SelectStmt>(statement)->targetList))->val;
}

PgNode *inCase(PgNode *value)
{
    auto *when = made<CaseWhen>(T_CaseWhen);
    when->expr = reinterpret_cast<Expr *>(truth());
    when->result = reinterpret_cast<Expr *>(value);
    auto *whole = made<CaseExpr>(T_CaseExpr);
    whole->args = list_make1(when);
    return node(whole);
}

PgNode *castTo(PgNode *value, const std::string &type)
{
    PgNode *cast = parsedExpression("NULL::" + type);
    if (!cast || tagOf(cast) != T_TypeCast)
        return nullptr;
    as<TypeCast>(cast)->arg = value;
    return cast;
}

PgNode *shown(PgNode *value)
{
    auto *length = made<A_Const>(T_A_Const);
    length->val.ival.type = T_Integer;
    length->val.ival.ival = longestShown + 1;
    List *called = list_make2(stringNode("pg_catalog"), stringNode("left"));
    return node(makeFuncCall(called, list_make2(castTo(value, "text"), length), COERCE_EXPLICIT_CALL, -1));
}

std::expected<QString, QString> textOf(SelectStmt *select)
{
    const bool isHard = isHardToWrite(node(select));
    SelectStmt *written = isHard ? bracketed(select) : select;
    StringInfoData text;
    initStringInfo(&text);
    if (const char *message = deparsed(node(written), &text))
        return std::unexpected(QString::fromUtf8(message));
    if (isHard && !readsBack(QByteArray(text.data, text.len), node(written)))
        return std::unexpected(u"the query of its rows cannot be written down as it is meant"_s);
    return QString::fromUtf8(text.data, text.len);
}

} // namespace holdpoint::pgtree
