// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace holdpoint {

struct Null
{
    bool operator==(const Null &) const = default;
};

/// A value known from the text alone.
using Constant = std::variant<Null, bool, double, std::string>;

/// The value of an expression that holds constants only, as far as it is safe to compute; nothing otherwise.
std::optional<Constant> foldConstant(Node expression);

/// Whether a constant, read as a condition, is true, false, or neither (NULL); nothing if it is no condition.
enum class Truth { False, True, Unknown };
std::optional<Truth> asCondition(const Constant &constant);

/// The same text for expressions that are the same but for their place in the text.
std::string canonical(Node expression);

/// The name of an operator expression: `=`, `~~`. Empty for one of a schema.
std::string_view operatorName(Node aExpr);

/// A column's parts, as in `c`, `id`; empty if the expression is no plain column.
std::vector<std::string_view> columnParts(Node expression);

} // namespace holdpoint
