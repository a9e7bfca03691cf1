// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace holdpoint {

class Tree;
struct TreeData;
struct CatalogColumn;
struct CatalogRelation;

/// What a column reference means, as far as a catalogue tells.
struct ColumnBinding
{
    std::string qualifier; ///< what its relation is called in the statement
    const CatalogRelation *relation = nullptr; ///< whose column it is in the end, views seen through; null if computed
    const CatalogColumn *column = nullptr;
    int levels = 0; ///< how many queries further out the relation stands
    bool isBare = false; ///< written without a qualifier
    bool isOptional = false; ///< an outer join may leave it NULL
    bool isMissing = false; ///< nothing in sight has such a column
    bool isVariable = false; ///< a parameter or variable of a routine: one value for the whole statement
};

/// A place in a parse tree. A handle: cheap to copy, valid while its Tree lives. A null node answers every question
/// with nothing, so that a path of members needs no checks on the way.
class Node
{
public:
    Node() = default;

    explicit operator bool() const { return m_tree != nullptr; }
    bool operator==(const Node &) const = default;

    /// The name of the member that holds this value; empty in a list.
    std::string_view key() const;
    bool isObject() const;
    bool isText() const;
    /// A member of an object; null if there is none.
    Node operator[](std::string_view member) const;
    /// The text of a string, or empty.
    std::string_view text() const;
    std::int64_t number() const;
    bool truth() const;
    std::size_t count() const;

    /// Nodes of the parse tree are objects with one member, named after their type: `{"A_Const":{…}}`.
    /// The type's name, or empty for anything else.
    std::string_view type() const;
    /// What that member holds.
    Node body() const;
    /// The body if the type is @p type, else null.
    Node as(std::string_view type) const;
    /// The byte offset that the parser noted, if it did.
    std::optional<std::int64_t> location() const;

    /// What a ColumnRef's body was found to mean; null if nobody knows. Only one pass over a tree sets it.
    const ColumnBinding *binding() const;
    void bind(ColumnBinding binding) const;

    /// Whether foldConstant() has found this expression to be no constant.
    bool isNoConstant() const;
    void noteNoConstant() const;

    /// Takes from what may be spent on the conditions of this tree: in proportion to its size, so that a text that is
    /// made for it cannot hold the analysis up.
    void spend(std::size_t effort) const;
    /// Whether all of that is used up: no more is known then, and nothing may be called narrow.
    bool isSpent() const;

    class Iterator;
    /// The members of an object, the items of a list.
    Iterator begin() const;
    Iterator end() const;

private:
    friend class Tree;
    Node(const TreeData *tree, std::uint32_t index)
        : m_tree(index ? tree : nullptr)
        , m_index(index)
    {
    }
    const TreeData *m_tree = nullptr;
    std::uint32_t m_index = 0;
};

/// Walks the children of a node.
class Node::Iterator
{
public:
    using value_type = Node;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    Iterator(const TreeData *tree, std::uint32_t index)
        : m_tree(tree)
        , m_index(index)
    {
    }
    Node operator*() const { return Node(m_tree, m_index); }
    Iterator &operator++();
    Iterator operator++(int)
    {
        const Iterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const Iterator &other) const { return m_index == other.m_index; }

private:
    const TreeData *m_tree = nullptr;
    std::uint32_t m_index = 0;
};

inline Node::Iterator Node::end() const
{
    return {m_tree, 0};
}

/// A parse tree as libpg_query writes it (JSON), read into one block of memory.
class Tree
{
public:
    enum class Failure { Malformed, TooDeep };
    /// The deepest nesting of values that is read; a syntax tree takes two or three for each of its levels.
    static constexpr int deepest = 3000;

    static std::expected<Tree, Failure> fromJson(std::string json);
    /// Takes over a tree that was built in memory; see nativetree.h.
    explicit Tree(std::unique_ptr<TreeData> data);

    Node root() const { return Node(m_data.get(), 1); }

    Tree(Tree &&) noexcept;
    Tree &operator=(Tree &&) noexcept;
    ~Tree();

private:
    Tree();

    std::unique_ptr<TreeData> m_data; // stays where it is when the tree moves, since nodes point to it
};

} // namespace holdpoint

#include "core/analysis/treedata.h"
