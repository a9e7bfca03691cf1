// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/constant.h"

#include "core/analysis/names.h"

#include <charconv>
#include <cmath>

namespace holdpoint {

namespace {

/// Fractions and very large numbers are no double: PostgreSQL would compute something else.
bool isExact(double number)
{
    return std::abs(number) < 9007199254740992.0 && number == std::trunc(number);
}

std::optional<int> compare(const Constant &left, const Constant &right)
{
    const bool numeric = std::holds_alternative<double>(left) || std::holds_alternative<double>(right);
    if (numeric) {
        const auto a = toNumber(left), b = toNumber(right);
        return a && b ? std::optional(*a < *b ? -1 : *a > *b ? 1 : 0) : std::nullopt;
    }
    if (std::holds_alternative<bool>(left) || std::holds_alternative<bool>(right)) {
        const auto a = toBool(left), b = toBool(right);
        return a && b ? std::optional(int(*a) - int(*b)) : std::nullopt;
    }
    // Which of two different texts is the greater depends on the collation.
    const auto &a = std::get<std::string>(left), &b = std::get<std::string>(right);
    return a == b ? std::optional(0) : std::nullopt;
}

} // namespace

std::optional<double> toNumber(const Constant &constant)
{
    if (const double *number = std::get_if<double>(&constant))
        return *number;
    const std::string *text = std::get_if<std::string>(&constant);
    if (!text || text->empty())
        return std::nullopt;
    double number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size())
        return std::nullopt;
    return isExact(number) ? std::optional(number) : std::nullopt;
}

std::optional<bool> toBool(const Constant &constant)
{
    if (const bool *value = std::get_if<bool>(&constant))
        return *value;
    if (const double *number = std::get_if<double>(&constant))
        return *number != 0;
    const std::string *text = std::get_if<std::string>(&constant);
    const std::string word = text ? lowered(*text) : std::string();
    for (const char *yes : {"t", "tr", "tru", "true", "y", "ye", "yes", "on", "1"})
        if (word == yes)
            return true;
    for (const char *no : {"f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0"})
        if (word == no)
            return false;
    return std::nullopt;
}

std::optional<Constant> arithmetic(char operation, const Constant &left, const Constant &right)
{
    const auto a = toNumber(left), b = toNumber(right);
    if (!a || !b)
        return std::nullopt;
    const double result = operation == '+' ? *a + *b : operation == '-' ? *a - *b : *a * *b;
    return isExact(result) ? std::optional<Constant>(result) : std::nullopt;
}

std::optional<Constant> foldOperator(std::string_view name, const Constant &left, const Constant &right)
{
    if (std::holds_alternative<Null>(left) || std::holds_alternative<Null>(right))
        return Null{};
    const auto *a = std::get_if<std::string>(&left), *b = std::get_if<std::string>(&right);
    if (name == "||")
        return a && b ? std::optional<Constant>(*a + *b) : std::nullopt;
    if (name == "<>" && a && b)
        return *a != *b;
    if (name == "=" && a && b)
        return *a == *b;
    if (name.size() == 1 && std::string_view("+-*").contains(name.front()))
        return arithmetic(name.front(), left, right);
    const auto order = compare(left, right);
    if (!order)
        return std::nullopt;
    if (name == "=")
        return *order == 0;
    if (name == "<>")
        return *order != 0;
    if (name == "<")
        return *order < 0;
    if (name == ">")
        return *order > 0;
    if (name == "<=")
        return *order <= 0;
    if (name == ">=")
        return *order >= 0;
    return std::nullopt;
}

std::optional<Truth> asCondition(const Constant &constant)
{
    if (std::holds_alternative<Null>(constant))
        return Truth::Unknown;
    if (std::holds_alternative<double>(constant))
        return std::nullopt;
    const auto truth = toBool(constant);
    if (!truth)
        return std::nullopt;
    return *truth ? Truth::True : Truth::False;
}

} // namespace holdpoint
