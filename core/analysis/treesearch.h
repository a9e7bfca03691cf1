// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/names.h"
#include "core/analysis/tree.h"

#include <algorithm>

namespace holdpoint {

/// Whether any node of a subtree, itself included, satisfies a test on its type and body.
template <typename Test> bool anyNode(Node tree, const Test &test)
{
    if (const auto type = tree.type(); !type.empty() && test(type, tree.body()))
        return true;
    return std::ranges::any_of(tree, [&](Node child) { return anyNode(child, test); });
}

/// How many values a subtree is made of.
inline std::size_t weightOf(Node tree)
{
    std::size_t weight = 1;
    for (const Node child : tree)
        weight += weightOf(child);
    return weight;
}

/// The value of an option in a list of DefElem; null if it is not there.
inline Node option(Node list, std::string_view name)
{
    for (const Node item : list)
        if (const Node element = item.as("DefElem"); element && element["defname"].text() == name)
            return element["arg"] ? element["arg"] : element;
    return {};
}

} // namespace holdpoint
