// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace holdpoint {

struct Null
{
    bool operator==(const Null &) const = default;
};

/// A value known from the text alone.
using Constant = std::variant<Null, bool, double, std::string>;

/// Whether a constant, read as a condition, is true, false, or neither (NULL); nothing if it is no condition.
enum class Truth { False, True, Unknown };
std::optional<Truth> asCondition(const Constant &constant);

/// A value as a whole number, a text that spells one included; nothing for what a double would not hold exactly.
std::optional<double> toNumber(const Constant &constant);

/// A value as a boolean, in the spellings that PostgreSQL takes.
std::optional<bool> toBool(const Constant &constant);

std::optional<Constant> arithmetic(char operation, const Constant &left, const Constant &right);

/// What an operator of PostgreSQL gives for two constants; nothing where that depends on types or collations.
std::optional<Constant> foldOperator(std::string_view name, const Constant &left, const Constant &right);

} // namespace holdpoint
