// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/narrowing.h"

#include "core/analysis/expression.h"
#include "core/analysis/names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace holdpoint {

namespace {

constexpr double widestRange = 100'000;
constexpr int mostYears = 2;

bool isStableFunction(Node call)
{
    static constexpr std::array<std::string_view, 24> names{"now", "transaction_timestamp", "statement_timestamp",
        "lower", "upper", "btrim", "ltrim", "rtrim", "left", "right", "replace", "concat", "md5", "length", "substring",
        "to_date", "to_timestamp", "to_char", "date_trunc", "make_date", "make_interval", "current_setting", "abs",
        "timezone"};
    const auto name = nameParts(call["funcname"]);
    const bool own = name.size() == 1 || (name.size() == 2 && name.front() == "pg_catalog");
    return own && std::ranges::contains(names, name.back()) && std::ranges::all_of(call["args"], isFixed);
}

bool isFixedOperation(Node expression)
{
    const std::string_view name = operatorName(expression);
    return expression["kind"].text() == "AEXPR_OP" && !name.empty() && isBuiltinOperator(name)
        && (!expression["lexpr"] || isFixed(expression["lexpr"])) && isFixed(expression["rexpr"]);
}

/// The value of a literal below its casts; nothing for anything else.
std::optional<Constant> literal(Node operand)
{
    if (const Node cast = operand.as("TypeCast"))
        return isBuiltinType(nameParts(cast["typeName"]["names"])) ? literal(cast["arg"]) : std::nullopt;
    return foldConstant(operand);
}

std::optional<double> number(const Constant &constant)
{
    if (const double *value = std::get_if<double>(&constant))
        return *value;
    const std::string *text = std::get_if<std::string>(&constant);
    const bool digits =
        text && !text->empty() && text->size() < 16 && text->find_first_not_of("0123456789") == std::string::npos;
    return digits ? std::optional(std::stod(*text)) : std::nullopt;
}

/// The year that a date begins with, as in 2026-11-22.
std::optional<int> year(const std::string &text)
{
    if (text.size() < 8 || text[4] != '-' || text.find_first_not_of("0123456789") != 4
        || text.find_first_not_of("0123456789-:.+ TZ") != std::string::npos)
        return std::nullopt;
    return std::stoi(text.substr(0, 4));
}

/// Letters only: no number, and no date or infinity in words that begin alike.
bool isWord(const std::string &text)
{
    return text.size() > 1
        && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

/// Codes of one length that differ in their last few characters: SKU-0490 and SKU-0495.
bool areNeighbours(const std::string &first, const std::string &last)
{
    constexpr std::ptrdiff_t leastShared = 4, mostOpen = 3;
    const auto shared = std::ranges::mismatch(first, last).in1 - first.begin();
    return first.size() == last.size() && shared >= leastShared && std::ssize(first) - shared <= mostOpen;
}

std::string qualifierOf(Node column)
{
    const auto parts = columnParts(column);
    return parts.size() < 2 ? std::string() : std::string(parts[parts.size() - 2]);
}

/// What a value would be for a boolean column; nothing for what cannot be a boolean.
std::optional<Truth> asTruth(Node value)
{
    const auto constant = literal(value);
    return constant && !std::holds_alternative<Null>(*constant) ? asCondition(*constant) : std::nullopt;
}

} // namespace

bool isBareColumn(Node operand, const RowScope &scope)
{
    static constexpr std::array system{"tableoid", "xmin", "xmax", "cmin", "cmax"};
    const auto parts = columnParts(operand);
    if (parts.empty() || parts.back().empty() || isVariable(operand) || std::ranges::contains(system, parts.back()))
        return false;
    return parts.size() > 1 || !std::ranges::contains(scope.names, parts.front());
}

bool isFixed(Node operand)
{
    const std::string_view type = operand.type();
    const Node body = operand.body();
    if (type == "A_Const" || type == "ParamRef" || type == "SQLValueFunction" || isVariable(operand))
        return true;
    if (type == "TypeCast")
        return isBuiltinType(nameParts(body["typeName"]["names"])) && isFixed(body["arg"]);
    if (type == "A_Expr")
        return isFixedOperation(body);
    if (type == "FuncCall")
        return isStableFunction(body);
    if (type == "A_ArrayExpr")
        return std::ranges::all_of(body["elements"], isFixed);
    return (type == "CoalesceExpr" || type == "MinMaxExpr") && std::ranges::all_of(body["args"], isFixed);
}

bool isTelling(Node operand)
{
    const auto constant = literal(operand);
    return isFixed(operand) && !(constant && std::holds_alternative<bool>(*constant));
}

bool namesByText(Node cast, Node value, const RowScope &scope)
{
    const Node body = cast.as("TypeCast");
    const auto type = nameParts(body["typeName"]["names"]);
    const bool toText = !type.empty() && (type.back() == "text" || type.back() == "varchar") && isBuiltinType(type)
        && !body["typeName"]["typmods"] && !body["typeName"]["arrayBounds"];
    return toText && isBareColumn(body["arg"], scope) && isTelling(value) && !asTruth(value);
}

bool namesByFunction(Node call, Node value, const RowScope &scope)
{
    const Node function = call.as("FuncCall");
    if (!isFoldingFunction(function))
        return false;
    const Node of = *function["args"].begin();
    return namesByText(of, value, scope) || (isBareColumn(of, scope) && isTelling(value));
}

bool namesByRow(Node columns, Node values, const RowScope &scope)
{
    const Node left = columns.as("RowExpr")["args"], right = values.as("RowExpr")["args"];
    auto value = right.begin();
    for (auto column = left.begin(); column != left.end() && value != right.end(); ++column, ++value)
        if (isBareColumn(*column, scope) && isTelling(*value))
            return left.count() == right.count();
    return false;
}

bool areTelling(Node values)
{
    bool anyTrue = false, anyFalse = false;
    for (const Node value : values) {
        const auto truth = asTruth(value);
        anyTrue = anyTrue || truth == Truth::True;
        anyFalse = anyFalse || truth == Truth::False;
    }
    return values.count() > 0 && std::ranges::all_of(values, isTelling) && !(anyTrue && anyFalse);
}

bool askBothTruths(Node conditions)
{
    std::set<std::pair<std::string, Truth>> asked;
    for (const Node condition : conditions) {
        const Node expression = condition.as("A_Expr");
        for (const auto &[column, value] : {std::pair("lexpr", "rexpr"), std::pair("rexpr", "lexpr")})
            if (const auto truth = asTruth(expression[value]); truth && expression[column].type() == "ColumnRef")
                asked.emplace(canonical(expression[column]), *truth);
    }
    return std::ranges::any_of(asked,
        [&](const auto &entry) { return entry.second == Truth::True && asked.contains({entry.first, Truth::False}); });
}

bool isFixedArray(Node operand)
{
    if (const Node cast = operand.as("TypeCast"))
        return isBuiltinType(nameParts(cast["typeName"]["names"])) && isFixedArray(cast["arg"]);
    if (const Node array = operand.as("A_ArrayExpr"))
        return areTelling(array["elements"]);
    return operand.type() == "ParamRef" || operand.as("A_Const")["sval"];
}

bool isLiteralSet(Node call)
{
    static constexpr std::array<std::string_view, 15> names{"unnest", "jsonb_to_recordset", "json_to_recordset",
        "jsonb_to_record", "json_to_record", "jsonb_populate_recordset", "json_populate_recordset",
        "json_array_elements", "jsonb_array_elements", "json_array_elements_text", "jsonb_array_elements_text",
        "jsonb_each", "jsonb_each_text", "string_to_table", "regexp_split_to_table"};
    const Node function = call.as("FuncCall");
    const auto name = nameParts(function["funcname"]);
    const bool own = name.size() == 1 || (name.size() == 2 && name.front() == "pg_catalog");
    return own && std::ranges::contains(names, name.back()) && std::ranges::all_of(function["args"], isFixed)
        && std::ranges::none_of(function["args"], isVariable);
}

bool isNarrowRange(Node low, Node high)
{
    const auto from = literal(low), to = literal(high);
    if (!from || !to)
        return false;
    const auto least = number(*from), most = number(*to);
    if (least && most)
        return *most - *least <= widestRange;
    const std::string *first = std::get_if<std::string>(&*from), *last = std::get_if<std::string>(&*to);
    if (!first || !last || first->empty() || last->empty())
        return false;
    const auto firstYear = year(*first), lastYear = year(*last);
    if (firstYear && lastYear)
        return *lastYear - *firstYear <= mostYears;
    if (isWord(*first) && isWord(*last))
        return first->substr(0, 2) == last->substr(0, 2);
    return areNeighbours(*first, *last);
}

bool hasPrefix(Node pattern)
{
    const auto text = literal(pattern);
    const std::string *like = text ? std::get_if<std::string>(&*text) : nullptr;
    return like && !like->empty() && !std::string_view("%_").contains(like->front());
}

bool isTie(Node condition)
{
    const Node expression = condition.as("A_Expr");
    const Node left = expression["lexpr"], right = expression["rexpr"];
    return expression["kind"].text() == "AEXPR_OP" && operatorName(expression) == "=" && left.type() == "ColumnRef"
        && right.type() == "ColumnRef" && qualifierOf(left) != qualifierOf(right);
}

std::size_t countTies(const std::vector<Node> &conditions)
{
    std::set<std::pair<std::string, std::string>> pairs;
    for (const Node condition : conditions) {
        if (!isTie(condition))
            continue;
        const Node expression = condition.as("A_Expr");
        pairs.insert(std::minmax(qualifierOf(expression["lexpr"]), qualifierOf(expression["rexpr"])));
    }
    return pairs.size();
}

} // namespace holdpoint
