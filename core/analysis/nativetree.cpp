// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/nativetree.h"

#include "core/analysis/enumname.h"
#include "core/analysis/parsememory.h"

#include <type_traits>

// What the included functions below include themselves; that must not happen inside a namespace.
extern "C" {
#include <access/amapi.h>
#include <access/sdir.h>
#include <access/tableam.h>
#include <access/tsmapi.h>
#include <commands/event_trigger.h>
#include <commands/trigger.h>
#include <executor/tuptable.h>
#include <foreign/fdwapi.h>
#include <nodes/bitmapset.h>
#include <nodes/execnodes.h>
#include <nodes/extensible.h>
#include <nodes/lockoptions.h>
#include <nodes/miscnodes.h>
#include <nodes/nodes.h>
#include <nodes/parsenodes.h>
#include <nodes/pathnodes.h>
#include <nodes/plannodes.h>
#include <nodes/primnodes.h>
#include <nodes/replnodes.h>
#include <nodes/supportnodes.h>
#include <nodes/value.h>
#include <utils/rel.h>
}

// Outside our namespace: PostgreSQL's macros mean their own Node.
namespace {

using holdpoint::enumName;
using holdpoint::Tree;
using holdpoint::TreeData;
using Kind = TreeData::Kind;

/// Appends values to a tree, each to the object or list that is open.
class TreeBuilder
{
public:
    explicit TreeBuilder(TreeData &tree)
        : m_tree(tree)
    {
        m_tree.items.reserve(256);
        m_tree.items.resize(1);
    }

    bool tooDeep() const { return m_tooDeep; }

    /// Opens an object or a list; the fill adds what is in it.
    template <typename Fill> void nest(std::string_view key, Kind kind, const Fill &fill)
    {
        if (m_depth > Tree::deepest)
            m_tooDeep = true;
        const std::uint32_t outer = m_open;
        const std::uint32_t own = append(key, kind);
        if (!m_tooDeep) {
            m_open = own;
            m_last = 0;
            ++m_depth;
            fill();
            --m_depth;
        }
        m_open = outer;
        m_last = own;
    }

    void text(std::string_view key, const char *value)
    {
        if (value)
            m_tree.items[append(key, Kind::Text)].text = value;
    }
    void text(std::string_view key, std::string_view value) { m_tree.items[append(key, Kind::Text)].text = value; }
    void number(std::string_view key, std::int64_t value)
    {
        if (value)
            m_tree.items[append(key, Kind::Number)].number = value;
    }
    void flag(std::string_view key, bool value)
    {
        if (value)
            append(key, Kind::True);
    }

private:
    std::uint32_t append(std::string_view key, Kind kind)
    {
        const auto index = static_cast<std::uint32_t>(m_tree.items.size());
        TreeData::Item &item = m_tree.items.emplace_back();
        item.key = key;
        item.kind = kind;
        if (m_last)
            m_tree.items[m_last].next = index;
        else if (m_open)
            m_tree.items[m_open].firstChild = index;
        m_last = index;
        return index;
    }

    TreeData &m_tree;
    std::uint32_t m_open = 0;
    std::uint32_t m_last = 0;
    int m_depth = 0;
    bool m_tooDeep = false;
};

// PostgreSQL's functions below take the node alone; they run on one thread, for one tree at a time.
thread_local TreeBuilder *builder = nullptr;

void fill(const Node *node);

/// A node where any may stand: an object with one member that is called after its type.
void wrapped(std::string_view key, const Node *node);

void list(std::string_view key, const List *values)
{
    if (!values)
        return;
    builder->nest(key, Kind::List, [&] {
        if (!IsA(values, List)) {
            for (int index = 0; index < list_length(values); ++index)
                builder->number({}, IsA(values, IntList) ? list_nth_int(values, index) : list_nth_oid(values, index));
            return;
        }
        for (int index = 0; index < list_length(values); ++index) {
            if (const auto *node = static_cast<const Node *>(list_nth(values, index)))
                wrapped({}, node);
            else
                builder->nest({}, Kind::Object, [] { });
        }
    });
}

/// A member that points to something: to any node, to a list, or to a node of one type, which is not named then.
template <typename T> void pointer(std::string_view key, const T *value)
{
    if (!value)
        return;
    if constexpr (std::is_same_v<T, List>)
        list(key, value);
    else if constexpr (std::is_same_v<T, Node> || std::is_same_v<T, Expr>)
        wrapped(key, reinterpret_cast<const Node *>(value));
    else
        builder->nest(key, Kind::Object, [value] { fill(reinterpret_cast<const Node *>(value)); });
}

template <typename T> void scalar(std::string_view key, const T &value)
{
    if constexpr (std::is_enum_v<T>)
        builder->text(key, enumName(value));
    else if constexpr (std::is_same_v<T, bool>)
        builder->flag(key, value);
    else if constexpr (std::is_same_v<T, char>) {
        if (value)
            builder->text(key, std::string_view(&value, 1));
    } else if constexpr (std::is_integral_v<T>)
        builder->number(key, static_cast<std::int64_t>(value));
}

#undef makeNode
#define makeNode(type) nullptr
#define COPY_SCALAR_FIELD(member) scalar(#member, from->member)
#define COPY_LOCATION_FIELD(member) scalar(#member, from->member)
#define COPY_STRING_FIELD(member) builder->text(#member, from->member)
#define COPY_NODE_FIELD(member) pointer(#member, from->member)
// Nothing that a parser makes has them: they belong to plans.
#define COPY_BITMAPSET_FIELD(member)
#define COPY_POINTER_FIELD(member, size)
#define COPY_ARRAY_FIELD(member)

// Each of its functions names the members of one type of node.
#include <copyfuncs.funcs.c>

/// A literal's value has a member for each type.
A_Const *_copyA_Const(const A_Const *from)
{
    const auto value = [&](std::string_view key) {
        builder->nest(key, Kind::Object, [from] { fill(&from->val.node); });
    };
    if (from->isnull)
        builder->flag("isnull", true);
    else if (nodeTag(&from->val) == T_Integer)
        value("ival");
    else if (nodeTag(&from->val) == T_Float)
        value("fval");
    else if (nodeTag(&from->val) == T_Boolean)
        value("boolval");
    else if (nodeTag(&from->val) == T_String)
        value("sval");
    else
        value("bsval");
    scalar("location", from->location);
    return nullptr;
}

// What is copied by hand, and is in no tree of a parser.
#define NOT_PARSED(type)                                                                                               \
    type *_copy##type(const type *)                                                                                    \
    {                                                                                                                  \
        return nullptr;                                                                                                \
    }
NOT_PARSED(Const)
NOT_PARSED(ExtensibleNode)
NOT_PARSED(Bitmapset)

/// Converts to whatever type the function wants that the switch below has chosen by the node's tag.
struct Untyped
{
    const void *node;
    template <typename T> operator const T *() const { return static_cast<const T *>(node); }
};

void fill(const Node *node)
{
    const Untyped from{node};
    [[maybe_unused]] const void *retval = nullptr;
    switch (nodeTag(node)) {
#include <copyfuncs.switch.c>
    case T_List:
        list("items", reinterpret_cast<const List *>(node));
        break;
    default:
        break;
    }
}

std::string_view typeName(const Node *node)
{
    return enumName<511>(nodeTag(node)).substr(2); // without T_
}

void wrapped(std::string_view key, const Node *node)
{
    builder->nest(key, Kind::Object, [node] { builder->nest(typeName(node), Kind::Object, [node] { fill(node); }); });
}

} // namespace

namespace holdpoint {

std::expected<Tree, Tree::Failure> treeOf(const List *statements, std::shared_ptr<void> memory)
{
    auto data = std::make_unique<TreeData>();
    data->memory = std::move(memory);
    TreeBuilder own(*data);
    builder = &own;
    own.nest({}, Kind::Object, [&] {
        own.nest("stmts", Kind::List, [&] {
            for (int index = 0; index < list_length(statements); ++index)
                own.nest({}, Kind::Object, [&] { fill(static_cast<const ::Node *>(list_nth(statements, index))); });
        });
    });
    builder = nullptr;
    if (own.tooDeep())
        return std::unexpected(Tree::Failure::TooDeep);
    return Tree(std::move(data));
}

} // namespace holdpoint
