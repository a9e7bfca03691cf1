// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

namespace holdpoint {

/// What nodes point into: every value of a parse tree, each with its first child and its next sibling.
struct TreeData
{
    enum class Kind : std::uint8_t { Nothing, Object, List, Text, Number, True, False };
    struct Item
    {
        std::string_view key;
        std::string_view text;
        std::int64_t number = 0;
        std::uint32_t next = 0;
        std::uint32_t firstChild = 0;
        Kind kind = Kind::Nothing;
        mutable bool isNoConstant = false;
    };

    std::shared_ptr<void> memory; ///< what keys and texts point into, if not into the two members below
    std::string json;
    std::deque<std::string> unescaped;
    std::vector<Item> items; ///< index 0 means none
    mutable std::unordered_map<std::uint32_t, ColumnBinding> bindings; ///< by index of the item
    mutable std::size_t spent = 0; ///< steps that its conditions have taken
};

inline std::string_view Node::key() const
{
    return m_tree ? m_tree->items[m_index].key : std::string_view();
}

inline bool Node::isObject() const
{
    return m_tree && m_tree->items[m_index].kind == TreeData::Kind::Object;
}

inline bool Node::isText() const
{
    return m_tree && m_tree->items[m_index].kind == TreeData::Kind::Text;
}

inline std::string_view Node::text() const
{
    return isText() ? m_tree->items[m_index].text : std::string_view();
}

inline Node::Iterator Node::begin() const
{
    return {m_tree, m_tree ? m_tree->items[m_index].firstChild : 0};
}

inline Node::Iterator &Node::Iterator::operator++()
{
    m_index = m_tree->items[m_index].next;
    return *this;
}

inline Node Node::operator[](std::string_view member) const
{
    if (isObject())
        for (std::uint32_t at = m_tree->items[m_index].firstChild; at; at = m_tree->items[at].next)
            if (m_tree->items[at].key == member)
                return {m_tree, at};
    return {};
}

inline std::string_view Node::type() const
{
    if (!isObject())
        return {};
    const std::string_view name = (*begin()).key();
    return !name.empty() && name.front() >= 'A' && name.front() <= 'Z' ? name : std::string_view();
}

inline Node Node::body() const
{
    return type().empty() ? Node() : *begin();
}

inline Node Node::as(std::string_view type) const
{
    return this->type() == type ? *begin() : Node();
}

} // namespace holdpoint
