// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/columnfacts.h"

#include "core/analysis/catalog.h"
#include "core/analysis/expression.h"
#include "core/analysis/names.h"
#include "core/analysis/narrowing.h"
#include "core/analysis/parser.h"
#include "core/analysis/treesearch.h"

#include <algorithm>
#include <limits>

namespace holdpoint {

namespace {

constexpr std::size_t mostCombinations = 1024;

void collectColumns(Node part, std::vector<Node> &columns)
{
    if (part.type() == "SubLink")
        return;
    if (part.type() == "ColumnRef" && !isVariable(part))
        columns.push_back(part);
    else
        for (const Node child : part.type().empty() ? part : part.body())
            collectColumns(child, columns);
}

Node withoutCasts(Node node)
{
    while (const Node cast = node.as("TypeCast"))
        node = cast["arg"];
    return node;
}

/// Whether an expression of a constraint is a column of that name, whatever it is cast to.
bool isColumn(Node node, std::string_view name)
{
    const auto parts = columnParts(withoutCasts(node));
    return parts.size() == 1 && parts.front() == name;
}

/// What CHECK constraints leave a column to hold.
struct Domain
{
    std::optional<std::vector<Constant>> values;
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
};

std::optional<double> numberOf(Node node)
{
    const auto constant = foldConstant(withoutCasts(node));
    const double *number = constant ? std::get_if<double>(&*constant) : nullptr;
    return number ? std::optional(*number) : std::nullopt;
}

bool isWhole(const CatalogColumn &column)
{
    return column.type == "integer" || column.type == "bigint" || column.type == "smallint";
}

/// `column op number`, in a constraint.
void takeBound(Node expression, const CatalogColumn &column, Domain &domain)
{
    const std::string_view name = operatorName(expression);
    const auto number = numberOf(expression["rexpr"]);
    if (!number || !isWhole(column) || !isColumn(expression["lexpr"], column.name))
        return;
    if (name == ">=" || name == ">")
        domain.least = std::max(domain.least, *number + (name == ">" ? 1 : 0));
    else if (name == "<=" || name == "<")
        domain.most = std::min(domain.most, *number - (name == "<" ? 1 : 0));
}

/// `column = ANY (ARRAY[…])`: how the catalogue writes IN.
void takeList(Node expression, const CatalogColumn &column, Domain &domain)
{
    const Node elements = withoutCasts(expression["rexpr"]).as("A_ArrayExpr")["elements"];
    if (!elements || operatorName(expression) != "=" || !isColumn(expression["lexpr"], column.name))
        return;
    std::vector<Constant> values;
    for (const Node element : elements) {
        const auto value = foldConstant(withoutCasts(element));
        if (!value || std::holds_alternative<Null>(*value))
            return;
        values.push_back(*value);
    }
    domain.values = std::move(values);
}

void takeCheck(Node condition, const CatalogColumn &column, Domain &domain)
{
    if (condition.as("BoolExpr")["boolop"].text() == "AND_EXPR")
        for (const Node part : condition.body()["args"])
            takeCheck(part, column, domain);
    const Node expression = condition.as("A_Expr");
    const std::string_view kind = expression["kind"].text();
    if (kind == "AEXPR_OP")
        takeBound(expression, column, domain);
    else if (kind == "AEXPR_OP_ANY")
        takeList(expression, column, domain);
}

Domain domainOf(const ColumnBinding &binding, const Catalog &catalog)
{
    Domain domain;
    const CatalogColumn &column = *binding.column;
    if (column.type == "boolean")
        domain.values = std::vector<Constant>{true, false};
    if (const CatalogType *type = catalog.type(column.typeOid); type && type->kind == 'e')
        domain.values = std::vector<Constant>(type->labels.begin(), type->labels.end());
    for (const std::string &check : binding.relation->checks) {
        const auto parsed = parseSql(QByteArray::fromStdString(check), ParseMode::Expression);
        if (parsed && parsed->statements.size() == 1)
            for (const Node target : parsed->statements.front().node.as("SelectStmt")["targetList"])
                takeCheck(target.as("ResTarget")["val"], column, domain);
    }
    return domain;
}

/// `column op number` where a constraint bounds the column.
Outcome outcomeByBounds(Node condition, const Catalog &catalog)
{
    const Node expression = condition.as("A_Expr");
    const ColumnBinding *binding = bindingOf(expression["lexpr"]);
    const auto number = numberOf(expression["rexpr"]);
    if (!binding || !binding->column || !number || expression["kind"].text() != "AEXPR_OP")
        return Outcome::Depends;
    const Domain domain = domainOf(*binding, catalog);
    const std::string_view name = operatorName(expression);
    const auto decide = [](bool always, bool never) {
        return always ? Outcome::TrueUnlessNull : never ? Outcome::NeverTrue : Outcome::Depends;
    };
    if (name == ">")
        return decide(domain.least > *number, domain.most <= *number);
    if (name == ">=")
        return decide(domain.least >= *number, domain.most < *number);
    if (name == "<")
        return decide(domain.most < *number, domain.least >= *number);
    if (name == "<=")
        return decide(domain.most <= *number, domain.least > *number);
    const bool outside = *number < domain.least || *number > domain.most;
    return name == "<>" ? decide(outside, false) : name == "=" ? decide(false, outside) : Outcome::Depends;
}

/// The columns of a condition with all that each can hold; nothing if that is too much, or not known.
std::optional<std::map<std::string, std::vector<Constant>>> finiteDomains(Node condition, const Catalog &catalog)
{
    std::map<std::string, std::vector<Constant>> domains;
    constexpr std::size_t effortOfColumn = 32;
    std::size_t combinations = 1;
    for (const Node column : columnsIn(condition)) {
        condition.spend(effortOfColumn);
        const ColumnBinding *binding = bindingOf(column);
        if (!binding || !binding->column)
            return std::nullopt;
        std::string name = canonical(column);
        if (domains.contains(name))
            continue;
        Domain domain = domainOf(*binding, catalog);
        if (!domain.values || domain.values->empty() || (combinations *= domain.values->size()) > mostCombinations)
            return std::nullopt;
        domains.emplace(std::move(name), std::move(*domain.values));
    }
    return domains.empty() ? std::nullopt : std::optional(domains);
}

bool isKey(const ColumnBinding &binding)
{
    return binding.relation && binding.column
        && std::ranges::contains(binding.relation->keys, std::vector<std::string>{binding.column->name});
}

} // namespace

Nullness nullness(Node column)
{
    const ColumnBinding *binding = bindingOf(column);
    if (!binding || !binding->column)
        return Nullness::Unknown;
    return binding->column->notNull && !binding->isOptional ? Nullness::Never : Nullness::Possible;
}

std::vector<Node> columnsIn(Node expression)
{
    std::vector<Node> columns;
    collectColumns(expression, columns);
    return columns;
}

Outcome outcomeOverDomains(Node condition, const Catalog &catalog)
{
    if (const Outcome outcome = outcomeByBounds(condition, catalog); outcome != Outcome::Depends)
        return outcome;
    const auto domains = finiteDomains(condition, catalog);
    if (!domains)
        return Outcome::Depends;
    bool always = true, never = true;
    std::vector<RowValues> rows{{}};
    for (const auto &[column, values] : *domains) {
        std::vector<RowValues> longer;
        for (const RowValues &row : rows)
            for (const Constant &value : values)
                (longer.emplace_back(row))[column] = value;
        rows = std::move(longer);
    }
    condition.spend(rows.size() * weightOf(condition));
    for (const RowValues &row : rows) {
        const auto value = foldConstant(condition, &row);
        const auto truth = value ? asCondition(*value) : std::nullopt;
        if (!truth)
            return Outcome::Depends;
        always = always && *truth == Truth::True;
        never = never && *truth != Truth::True;
    }
    return always ? Outcome::TrueUnlessNull : never ? Outcome::NeverTrue : Outcome::Depends;
}

bool hasFewValues(Node column)
{
    const ColumnBinding *binding = bindingOf(column);
    if (!binding || !binding->column || !binding->column->statistics)
        return false;
    constexpr double nearlyAll = 0.95;
    double share = binding->column->statistics->nullFraction;
    for (const double frequency : binding->column->statistics->frequencies)
        share += frequency;
    return share > nearlyAll;
}

bool namesKey(Node condition)
{
    if (const Node junction = condition.as("BoolExpr")) {
        const auto names = [](Node part) { return namesKey(part); };
        if (junction["boolop"].text() == "AND_EXPR")
            return std::ranges::any_of(junction["args"], names);
        return junction["boolop"].text() == "OR_EXPR" && std::ranges::all_of(junction["args"], names);
    }
    const Node expression = condition.as("A_Expr");
    const std::string_view kind = expression["kind"].text();
    if (!expression || operatorName(expression) != "="
        || (kind != "AEXPR_OP" && kind != "AEXPR_IN" && kind != "AEXPR_OP_ANY"))
        return false;
    const bool left = expression["lexpr"].type() == "ColumnRef";
    const Node column = expression[left ? "lexpr" : "rexpr"], value = expression[left ? "rexpr" : "lexpr"];
    const ColumnBinding *binding = bindingOf(column);
    return binding && isKey(*binding) && value.type() != "ColumnRef";
}

} // namespace holdpoint
