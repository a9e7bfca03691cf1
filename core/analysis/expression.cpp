// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/expression.h"

#include "core/analysis/likepattern.h"
#include "core/analysis/names.h"

#include <QString>

#include <algorithm>
#include <array>
#include <ranges>
#include <vector>

namespace holdpoint {

namespace {

std::optional<Constant> valueIn(const RowValues &row, Node column)
{
    const auto found = row.find(canonical(column));
    return found == row.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Constant> foldLike(const Constant &left, const Constant &right, bool negated)
{
    if (std::holds_alternative<Null>(left) || std::holds_alternative<Null>(right))
        return Null{};
    const auto *text = std::get_if<std::string>(&left), *pattern = std::get_if<std::string>(&right);
    const auto matches = text && pattern ? matchesLike(*text, *pattern) : std::nullopt;
    return matches ? std::optional<Constant>(*matches != negated) : std::nullopt;
}

std::optional<Constant> foldLiteral(Node constant)
{
    if (constant["isnull"].truth())
        return Null{};
    if (constant["ival"])
        return static_cast<double>(constant["ival"]["ival"].number());
    if (constant["boolval"])
        return constant["boolval"]["boolval"].truth();
    if (constant["sval"])
        return std::string(constant["sval"]["sval"].text());
    if (constant["fval"]) {
        const auto number = toNumber(std::string(constant["fval"]["fval"].text()));
        return number ? std::optional<Constant>(*number) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<Constant> foldCast(Node cast, const RowValues *row)
{
    const auto value = foldConstant(cast["arg"], row);
    const auto type = nameParts(cast["typeName"]["names"]);
    if (!value || cast["typeName"]["arrayBounds"] || cast["typeName"]["typmods"])
        return std::nullopt;
    // For one row's values, a label of somebody's own type is its text.
    if (!isBuiltinType(type))
        return row && std::holds_alternative<std::string>(*value) ? value : std::nullopt;
    if (std::holds_alternative<Null>(*value))
        return value;
    const std::string_view name = type.back();
    if (name == "bool") {
        const auto truth = toBool(*value);
        return truth ? std::optional<Constant>(*truth) : std::nullopt;
    }
    if (name == "int2" || name == "int4" || name == "int8" || name == "numeric" || name == "float8") {
        const auto number = toNumber(*value);
        return number ? std::optional<Constant>(*number) : std::nullopt;
    }
    if ((name == "text" || name == "varchar") && std::holds_alternative<std::string>(*value))
        return value;
    return std::nullopt;
}

std::optional<Constant> foldBetween(Node expression, const RowValues *row, bool negated)
{
    const auto value = foldConstant(expression["lexpr"], row);
    std::vector<std::optional<Constant>> bounds;
    for (const Node bound : expression["rexpr"].as("List")["items"])
        bounds.push_back(foldConstant(bound, row));
    if (!value || bounds.size() != 2 || !bounds[0] || !bounds[1])
        return std::nullopt;
    const auto low = foldOperator(">=", *value, *bounds[0]), high = foldOperator("<=", *value, *bounds[1]);
    if (!low || !high)
        return std::nullopt;
    if (std::holds_alternative<Null>(*low) || std::holds_alternative<Null>(*high))
        return Null{};
    return (std::get<bool>(*low) && std::get<bool>(*high)) != negated;
}

std::optional<Constant> foldIn(Node expression, const RowValues *row)
{
    const auto value = foldConstant(expression["lexpr"], row);
    const bool negated = operatorName(expression) == "<>";
    if (!value || std::holds_alternative<Null>(*value))
        return value;
    bool within = false;
    for (const Node item : expression["rexpr"].as("List")["items"]) {
        const auto other = foldConstant(item, row);
        const auto equal = other ? foldOperator("=", *value, *other) : std::nullopt;
        if (!equal || !std::holds_alternative<bool>(*equal))
            return std::nullopt;
        within = within || std::get<bool>(*equal);
    }
    return within != negated;
}

/// The elements of an array that is written out: ARRAY[…], or a literal without quotes and nesting.
std::optional<std::vector<Constant>> arrayItems(Node array, const RowValues *row)
{
    while (const Node cast = array.as("TypeCast"))
        array = cast["arg"];
    std::vector<Constant> items;
    for (const Node element : array.as("A_ArrayExpr")["elements"]) {
        const auto value = foldConstant(element, row);
        if (!value)
            return std::nullopt;
        items.push_back(*value);
    }
    const std::string_view text = array.as("A_Const")["sval"]["sval"].text();
    if (text.size() > 2 && text.front() == '{' && text.back() == '}'
        && text.find_first_of("\"\\ {", 1) == std::string_view::npos)
        for (const auto item : std::views::split(text.substr(1, text.size() - 2), ','))
            items.emplace_back(std::string(std::string_view(item)));
    return items.empty() ? std::nullopt : std::optional(items);
}

std::optional<Constant> foldAnyEqual(Node expression, const RowValues *row)
{
    const auto value = foldConstant(expression["lexpr"], row);
    const auto items = arrayItems(expression["rexpr"], row);
    if (!value || !items || operatorName(expression) != "=")
        return std::nullopt;
    if (std::holds_alternative<Null>(*value))
        return Null{};
    bool within = false;
    for (const Constant &item : *items) {
        const auto equal = foldOperator("=", *value, item);
        if (!equal || !std::holds_alternative<bool>(*equal))
            return std::nullopt;
        within = within || std::get<bool>(*equal);
    }
    return within;
}

std::optional<Constant> foldAExpr(Node expression, const RowValues *row)
{
    const std::string_view kind = expression["kind"].text();
    if (kind == "AEXPR_IN")
        return foldIn(expression, row);
    if (kind == "AEXPR_OP_ANY")
        return foldAnyEqual(expression, row);
    if (kind == "AEXPR_BETWEEN" || kind == "AEXPR_NOT_BETWEEN")
        return foldBetween(expression, row, kind == "AEXPR_NOT_BETWEEN");
    const auto right = foldConstant(expression["rexpr"], row);
    if (!right)
        return std::nullopt;
    if (kind == "AEXPR_OP" && !expression["lexpr"] && operatorName(expression) == "-")
        return arithmetic('-', 0.0, *right);
    const auto left = foldConstant(expression["lexpr"], row);
    if (!left)
        return std::nullopt;
    if (kind == "AEXPR_OP")
        return foldOperator(operatorName(expression), *left, *right);
    if (kind == "AEXPR_LIKE")
        return foldLike(*left, *right, operatorName(expression).starts_with("!"));
    if (kind != "AEXPR_DISTINCT" && kind != "AEXPR_NOT_DISTINCT")
        return std::nullopt;
    const bool leftNull = std::holds_alternative<Null>(*left), rightNull = std::holds_alternative<Null>(*right);
    if (leftNull || rightNull)
        return (leftNull != rightNull) == (kind == "AEXPR_DISTINCT");
    const auto differ = foldOperator("<>", *left, *right);
    if (!differ || kind == "AEXPR_DISTINCT")
        return differ;
    return !std::get<bool>(*differ);
}

std::optional<Constant> foldBool(Node expression, const RowValues *row)
{
    const std::string_view operation = expression["boolop"].text();
    const bool isAnd = operation == "AND_EXPR";
    bool unknown = false, open = false;
    for (const Node argument : expression["args"]) {
        const auto value = foldConstant(argument, row);
        const auto truth = value ? asCondition(*value) : std::nullopt;
        if (operation == "NOT_EXPR") {
            if (!truth)
                return std::nullopt;
            return *truth == Truth::Unknown ? Constant(Null{}) : Constant(*truth == Truth::False);
        }
        if (truth && *truth == (isAnd ? Truth::False : Truth::True))
            return !isAnd; // one FALSE decides an AND, one TRUE an OR, whatever the rest may be
        open = open || !truth;
        unknown = unknown || (truth && *truth == Truth::Unknown);
    }
    if (open)
        return std::nullopt;
    return unknown ? Constant(Null{}) : Constant(isAnd);
}

/// What every branch of a CASE gives, if that is the same.
std::optional<Constant> commonResult(Node expression, const RowValues *row)
{
    const auto common = foldConstant(expression["defresult"], row);
    for (const Node branch : expression["args"])
        if (!common || foldConstant(branch.as("CaseWhen")["result"], row) != common)
            return std::nullopt;
    return common;
}

std::optional<Constant> foldCase(Node expression, const RowValues *row)
{
    if (const auto common = commonResult(expression, row))
        return common;
    if (expression["arg"])
        return std::nullopt;
    for (const Node branch : expression["args"]) {
        const auto condition = foldConstant(branch.as("CaseWhen")["expr"], row);
        const auto truth = condition ? asCondition(*condition) : std::nullopt;
        if (!truth)
            return std::nullopt;
        if (*truth == Truth::True)
            return foldConstant(branch.as("CaseWhen")["result"], row);
    }
    return expression["defresult"] ? foldConstant(expression["defresult"], row) : Null{};
}

std::optional<Constant> foldCoalesce(Node expression, const RowValues *row)
{
    for (const Node argument : expression["args"]) {
        const auto value = foldConstant(argument, row);
        if (!value || !std::holds_alternative<Null>(*value))
            return value;
    }
    return Null{};
}

// (SELECT true): one row, one value, no table.
std::optional<Constant> foldSubLink(Node link, const RowValues *row)
{
    const Node select = link["subselect"].as("SelectStmt");
    const Node targets = select["targetList"];
    const bool plain = !select["fromClause"] && !select["whereClause"] && !select["withClause"] && !select["limitCount"]
        && !select["limitOffset"] && !select["larg"] && !select["havingClause"];
    if (link["subLinkType"].text() != "EXPR_SUBLINK" || !plain || targets.count() != 1)
        return std::nullopt;
    return foldConstant((*targets.begin()).as("ResTarget")["val"], row);
}

/// The text that lower() and its like make of one row's text.
std::optional<Constant> foldFunction(Node call, const RowValues &row)
{
    const auto value = isFoldingFunction(call) ? foldConstant(*call["args"].begin(), &row) : std::nullopt;
    const std::string *text = value ? std::get_if<std::string>(&*value) : nullptr;
    if (!text)
        return value && std::holds_alternative<Null>(*value) ? value : std::nullopt;
    const std::string_view name = nameParts(call["funcname"]).back();
    const QString whole = QString::fromStdString(*text);
    if (name == "lower" || name == "upper")
        return (name == "lower" ? whole.toLower() : whole.toUpper()).toStdString();
    const std::size_t first = name == "rtrim" ? 0 : std::min(text->find_first_not_of(' '), text->size());
    const std::size_t end = name == "ltrim" ? text->size() : text->find_last_not_of(' ') + 1;
    return end <= first ? std::string() : text->substr(first, end - first);
}

std::optional<Constant> foldNullTest(Node test, const RowValues *row)
{
    const auto value = foldConstant(test["arg"], row);
    if (!value)
        return std::nullopt;
    return std::holds_alternative<Null>(*value) == (test["nulltesttype"].text() == "IS_NULL");
}

std::optional<Constant> foldBooleanTest(Node test, const RowValues *row)
{
    const auto value = foldConstant(test["arg"], row);
    const auto truth = value ? asCondition(*value) : std::nullopt;
    if (!truth)
        return std::nullopt;
    const std::string_view kind = test["booltesttype"].text();
    const bool negated = kind.starts_with("IS_NOT");
    const Truth wanted = kind.ends_with("TRUE") ? Truth::True : kind.ends_with("FALSE") ? Truth::False : Truth::Unknown;
    return (*truth == wanted) != negated;
}

std::optional<Constant> fold(Node expression, const RowValues *row)
{
    const std::string_view type = expression.type();
    const Node body = expression.body();
    if (type == "A_Const")
        return foldLiteral(body);
    if (type == "ColumnRef" && row)
        return valueIn(*row, expression);
    if (type == "FuncCall" && row)
        return foldFunction(body, *row);
    if (type == "TypeCast")
        return foldCast(body, row);
    if (type == "A_Expr")
        return foldAExpr(body, row);
    if (type == "BoolExpr")
        return foldBool(body, row);
    if (type == "CaseExpr")
        return foldCase(body, row);
    if (type == "CoalesceExpr")
        return foldCoalesce(body, row);
    if (type == "SubLink")
        return foldSubLink(body, row);
    if (type == "NullTest")
        return foldNullTest(body, row);
    if (type == "BooleanTest")
        return foldBooleanTest(body, row);
    return std::nullopt;
}

} // namespace

bool isFoldingFunction(Node call)
{
    static constexpr std::array<std::string_view, 5> names{"lower", "upper", "btrim", "ltrim", "rtrim"};
    const auto name = nameParts(call["funcname"]);
    const bool own = name.size() == 1 || (name.size() == 2 && name.front() == "pg_catalog");
    return own && std::ranges::contains(names, name.back()) && call["args"].count() == 1;
}

std::optional<Constant> foldConstant(Node expression, const RowValues *row)
{
    if (row)
        return fold(expression, row);
    if (expression.isNoConstant())
        return std::nullopt;
    auto constant = fold(expression, nullptr);
    if (!constant)
        expression.noteNoConstant();
    return constant;
}

} // namespace holdpoint
