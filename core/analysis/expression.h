// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/canonical.h"

#include <map>
#include <optional>
#include <string>
#include <variant>

namespace holdpoint {

struct Null
{
    bool operator==(const Null &) const = default;
};

/// A value known from the text alone.
using Constant = std::variant<Null, bool, double, std::string>;

/// Values of columns, by canonical() of a reference to them.
using RowValues = std::map<std::string, Constant, std::less<>>;

/// The value of an expression that holds constants only, as far as it is safe to compute; nothing otherwise. With a
/// row, also of one that holds that row's columns.
std::optional<Constant> foldConstant(Node expression, const RowValues *row = nullptr);

/// Whether a constant, read as a condition, is true, false, or neither (NULL); nothing if it is no condition.
enum class Truth { False, True, Unknown };
std::optional<Truth> asCondition(const Constant &constant);

} // namespace holdpoint
