// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"

struct List;

namespace holdpoint {

/// The tree that PostgreSQL's parser has made, in the form that its JSON would have, without ever being JSON.
///
/// Which members a node has comes from PostgreSQL itself: the list of them that its own copying is generated from. A
/// type of node that is not in there is an object without members, which the rules take for unknown.
/// @param statements what the parser gave: a list of RawStmt
/// @param memory keeps that list, and all it points to
std::expected<Tree, Tree::Failure> treeOf(const List *statements, std::shared_ptr<void> memory);

} // namespace holdpoint
