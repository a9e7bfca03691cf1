// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rewriting/roundtrip.h"

#include "core/analysis/nativetree.h"

extern "C" {
#include <nodes/nodeFuncs.h>
}

namespace holdpoint {

using namespace pgtree;

namespace {

/// What needs brackets as a part of most others.
bool isLoose(const PgNode *part)
{
    if (!part)
        return false;
    switch (tagOf(part)) {
    case T_BoolExpr:
    case T_NullTest:
    case T_BooleanTest:
    case T_CollateClause:
        return true;
    case T_A_Expr:
        return reinterpret_cast<const A_Expr *>(part)->kind != AEXPR_OP;
    case T_SubLink:
        return reinterpret_cast<const SubLink *>(part)->subLinkType == ANY_SUBLINK
            || reinterpret_cast<const SubLink *>(part)->subLinkType == ALL_SUBLINK;
    default:
        return false;
    }
}

bool holdsLoosePart(PgNode *at)
{
    switch (tagOf(at)) {
    case T_TypeCast:
        return isLoose(as<TypeCast>(at)->arg) || (as<TypeCast>(at)->arg && tagOf(as<TypeCast>(at)->arg) == T_A_Expr);
    case T_CollateClause:
        return isLoose(as<CollateClause>(at)->arg) || tagOf(as<CollateClause>(at)->arg) == T_A_Expr;
    case T_NullTest:
        return isLoose(node(as<NullTest>(at)->arg));
    case T_BooleanTest:
        return isLoose(node(as<BooleanTest>(at)->arg));
    case T_A_Indirection:
        return isLoose(as<A_Indirection>(at)->arg) || tagOf(as<A_Indirection>(at)->arg) == T_A_Expr;
    case T_SubLink:
        return isLoose(as<SubLink>(at)->testexpr);
    case T_A_Expr:
        return isLoose(as<A_Expr>(at)->lexpr) || isLoose(as<A_Expr>(at)->rexpr);
    default:
        return false;
    }
}

bool look(PgNode *at, void *context)
{
    return at && (holdsLoosePart(at) || raw_expression_tree_walker_impl(at, look, context));
}

template <typename T> void bracket(T *holder)
{
    holder->arg = reinterpret_cast<decltype(holder->arg)>(inCase(node(holder->arg)));
}

bool bracketParts(PgNode *at, void *context)
{
    if (!at)
        return false;
    if (holdsLoosePart(at)) {
        if (tagOf(at) == T_TypeCast)
            bracket(as<TypeCast>(at));
        else if (tagOf(at) == T_CollateClause)
            bracket(as<CollateClause>(at));
        else if (tagOf(at) == T_NullTest)
            bracket(as<NullTest>(at));
        else if (tagOf(at) == T_BooleanTest)
            bracket(as<BooleanTest>(at));
        else if (tagOf(at) == T_A_Indirection)
            bracket(as<A_Indirection>(at));
    }
    return raw_expression_tree_walker_impl(at, bracketParts, context);
}

bool isPlace(std::string_view member)
{
    return member == "location" || member == "stmt_location" || member == "stmt_len";
}

Node::Iterator skippingPlaces(Node::Iterator at, Node::Iterator end)
{
    while (at != end && isPlace((*at).key()))
        ++at;
    return at;
}

bool isSame(holdpoint::Node a, holdpoint::Node b)
{
    if (a.key() != b.key() || a.isObject() != b.isObject() || a.isText() != b.isText() || a.text() != b.text()
        || a.number() != b.number() || a.truth() != b.truth())
        return false;
    auto left = skippingPlaces(a.begin(), a.end()), right = skippingPlaces(b.begin(), b.end());
    for (; left != a.end() && right != b.end();
        left = skippingPlaces(++left, a.end()), right = skippingPlaces(++right, b.end()))
        if (!isSame(*left, *right))
            return false;
    return left == a.end() && right == b.end();
}

} // namespace

bool isHardToWrite(PgNode *select)
{
    return look(select, nullptr);
}

SelectStmt *bracketed(SelectStmt *select)
{
    auto *copy = static_cast<SelectStmt *>(copyObjectImpl(select));
    bracketParts(node(copy), nullptr);
    return copy;
}

bool readsBack(const QByteArray &text, PgNode *select)
{
    const PgQueryInternalParsetreeAndError result = pg_query_raw_parse(text.constData(), 0);
    std::free(result.stderr_buffer);
    if (result.error) {
        pg_query_free_error(result.error);
        return false;
    }
    auto *raw = made<RawStmt>(T_RawStmt);
    raw->stmt = select;
    const auto written = treeOf(result.tree, {}), meant = treeOf(list_make1(raw), {});
    return written && meant && isSame(written->root(), meant->root());
}

} // namespace holdpoint
