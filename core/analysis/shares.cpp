// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/shares.h"

#include "core/analysis/catalog.h"
#include "core/analysis/columnfacts.h"
#include "core/analysis/expression.h"
#include "core/analysis/names.h"
#include "core/analysis/treesearch.h"

#include <QDateTime>

#include <algorithm>
#include <charconv>

namespace holdpoint {

namespace {

bool isNumeric(std::string_view type)
{
    return type == "integer" || type == "bigint" || type == "smallint" || type.starts_with("numeric")
        || type == "double precision" || type == "real";
}

bool isTime(std::string_view type)
{
    return type.starts_with("timestamp") || type == "date";
}

/// Days since 1970, of a date or a time in ISO form; UTC where it names no zone. Good to about a day.
std::optional<double> daysOf(std::string_view text)
{
    QString iso = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).trimmed().left(19);
    iso.replace(QLatin1Char(' '), QLatin1Char('T'));
    const QDate date = QDate::fromString(iso.left(10), Qt::ISODate);
    if (!date.isValid())
        return std::nullopt;
    const QTime time = QTime::fromString(iso.mid(11, 8), Qt::ISODate);
    const double day = double(date.toJulianDay() - QDate(1970, 1, 1).toJulianDay());
    return day + (time.isValid() ? time.msecsSinceStartOfDay() / 86'400'000.0 : 0.0);
}

/// A value as it has to be compared: a number for numbers and times, a boolean, or its text.
std::optional<Constant> valueOf(const std::string &text, const std::string &type)
{
    if (type == "boolean")
        return Constant(text == "t" || text == "true");
    if (isTime(type)) {
        const auto days = daysOf(text);
        return days ? std::optional<Constant>(*days) : std::nullopt;
    }
    if (!isNumeric(type))
        return Constant(text);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() ? std::optional<Constant>(number) : std::nullopt;
}

bool isText(std::string_view type)
{
    return type == "text" || type.starts_with("character varying");
}

/// How two texts stand in any usual collation; nothing where that depends on which one it is. What comes first is
/// certain for lower-case letters and for digits of ASCII, and for a text that the other one begins with.
std::optional<int> certainOrder(const std::string &a, const std::string &b)
{
    const auto [atA, atB] = std::ranges::mismatch(a, b);
    if (atA == a.end() || atB == b.end())
        return atA == a.end() && atB == b.end() ? 0 : atA == a.end() ? -1 : 1;
    const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const bool alike = (isLetter(*atA) && isLetter(*atB)) || (isDigit(*atA) && isDigit(*atB));
    return alike ? std::optional(*atA < *atB ? -1 : 1) : std::nullopt;
}

/// Compares a column with fixed values, for one value of the column.
class Sample
{
public:
    Sample(Node column, Constant value)
        : m_name(canonical(column))
        , m_isTime(isTime(bindingOf(column)->column->type))
        , m_isText(isText(bindingOf(column)->column->type))
        , m_value(std::move(value))
    {
    }

    std::optional<Truth> keeps(Node condition) const
    {
        if (m_isTime)
            return keepsInOrder(condition);
        const RowValues row{{m_name, m_value}};
        if (const auto value = foldConstant(condition, &row))
            return asCondition(*value);
        return m_isText ? keepsInOrder(condition) : std::nullopt;
    }

private:
    static std::optional<double> timeOf(Node operand)
    {
        while (const Node cast = operand.as("TypeCast"))
            operand = cast["arg"];
        const auto constant = foldConstant(operand);
        const std::string *text = constant ? std::get_if<std::string>(&*constant) : nullptr;
        return text ? daysOf(*text) : std::nullopt;
    }

    std::optional<Truth> keepsInOrder(Node condition) const
    {
        if (const Node test = condition.as("NullTest"))
            return canonical(test["arg"]) != m_name
                ? std::nullopt
                : std::optional(truth(isNull() == (test["nulltesttype"].text() == "IS_NULL")));
        if (const Node junction = condition.as("BoolExpr"))
            return keepsAll(junction);
        const Node expression = condition.as("A_Expr");
        const std::string_view kind = expression["kind"].text();
        const Node bounds = expression["rexpr"].as("List")["items"];
        if (kind == "AEXPR_BETWEEN" && bounds.count() == 2 && canonical(expression["lexpr"]) == m_name)
            return both(compared(">=", *bounds.begin()), compared("<=", *++bounds.begin()));
        if (kind != "AEXPR_OP")
            return std::nullopt;
        if (canonical(expression["lexpr"]) == m_name)
            return compared(operatorName(expression), expression["rexpr"]);
        return std::nullopt;
    }

    std::optional<Truth> keepsAll(Node junction) const
    {
        const bool isAnd = junction["boolop"].text() == "AND_EXPR";
        if (junction["boolop"].text() == "NOT_EXPR")
            return std::nullopt;
        bool any = false, all = true;
        for (const Node argument : junction["args"]) {
            const auto kept = keepsInOrder(argument);
            if (!kept)
                return std::nullopt;
            any = any || *kept == Truth::True;
            all = all && *kept == Truth::True;
        }
        return truth(isAnd ? all : any);
    }

    std::optional<Truth> compared(std::string_view name, Node other) const
    {
        if (m_isText)
            return comparedAsText(name, other);
        const auto limit = timeOf(other);
        const double *own = std::get_if<double>(&m_value);
        if (isNull())
            return Truth::Unknown;
        if (!limit || !own)
            return std::nullopt;
        if (name == "<" || name == "<=")
            return truth(*own < *limit);
        if (name == ">" || name == ">=")
            return truth(*own >= *limit);
        if (name == "=" || name == "<>")
            return truth((*own == *limit) == (name == "="));
        return std::nullopt;
    }

    /// What is not certain is not kept: the share is then the least that it can be.
    std::optional<Truth> comparedAsText(std::string_view name, Node other) const
    {
        const auto constant = foldConstant(other);
        const std::string *limit = constant ? std::get_if<std::string>(&*constant) : nullptr;
        const std::string *own = std::get_if<std::string>(&m_value);
        if (isNull())
            return Truth::Unknown;
        if (!limit || !own || (name != "<" && name != "<=" && name != ">" && name != ">="))
            return std::nullopt;
        const auto order = certainOrder(*own, *limit);
        if (!order)
            return Truth::False;
        return truth((*order == 0 && name.ends_with('=')) || *order == (name.starts_with('<') ? -1 : 1));
    }

    static std::optional<Truth> both(std::optional<Truth> a, std::optional<Truth> b)
    {
        if (!a || !b)
            return std::nullopt;
        return *a == Truth::True && *b == Truth::True ? Truth::True : Truth::False;
    }

    static Truth truth(bool value) { return value ? Truth::True : Truth::False; }
    bool isNull() const { return std::holds_alternative<Null>(m_value); }

    std::string m_name;
    bool m_isTime;
    bool m_isText;
    Constant m_value;
};

/// 1 if a condition holds for one value of a column, 0 if not.
std::optional<double> keptOf(Node condition, Node column, const Constant &value)
{
    const auto kept = Sample(column, value).keeps(condition);
    return kept ? std::optional(*kept == Truth::True ? 1.0 : 0.0) : std::nullopt;
}

std::optional<double> keptOf(Node condition, Node column, const std::string &text)
{
    const auto value = valueOf(text, bindingOf(column)->column->type);
    return value ? keptOf(condition, column, *value) : std::nullopt;
}

/// The share by one column's statistics.
std::optional<double> shareByColumn(Node condition, Node column)
{
    const ColumnStatistics &statistics = *bindingOf(column)->column->statistics;
    condition.spend((statistics.common.size() + statistics.bounds.size()) * weightOf(condition));
    double share = 0, rest = 1 - statistics.nullFraction;
    for (std::size_t index = 0; index < statistics.common.size(); ++index) {
        const auto kept = keptOf(condition, column, statistics.common[index]);
        if (!kept)
            return std::nullopt;
        share += *kept * statistics.frequencies[index];
        rest -= statistics.frequencies[index];
    }
    double kept = 0;
    for (const std::string &bound : statistics.bounds) {
        const auto one = keptOf(condition, column, bound);
        if (!one)
            return std::nullopt;
        kept += *one;
    }
    if (!statistics.bounds.empty())
        share += std::max(0.0, rest) * kept / double(statistics.bounds.size());
    else if (rest > 0.05)
        return std::nullopt; // much of the column is not described
    const auto ofNull = keptOf(condition, column, Constant(Null{}));
    return ofNull ? std::optional(share + *ofNull * statistics.nullFraction) : std::nullopt;
}

std::optional<double> shareOfJunction(Node junction)
{
    const std::string_view operation = junction["boolop"].text();
    double kept = 1, left = 1;
    for (const Node argument : junction["args"]) {
        const auto share = keptShare(argument);
        if (!share)
            return std::nullopt;
        kept *= *share;
        left *= 1 - *share;
    }
    return operation == "AND_EXPR" ? kept : operation == "OR_EXPR" ? 1 - left : left;
}

} // namespace

std::optional<double> keptShare(Node condition)
{
    constexpr std::size_t effortOfColumn = 32;
    const std::vector<Node> columns = columnsIn(condition);
    condition.spend(columns.size() * effortOfColumn);
    if (columns.empty() || condition.isSpent())
        return std::nullopt;
    const std::string first = canonical(columns.front());
    const bool single = std::ranges::all_of(columns, [&](Node column) { return canonical(column) == first; });
    if (!single)
        return condition.type() == "BoolExpr" ? shareOfJunction(condition.body()) : std::nullopt;
    const ColumnBinding *binding = bindingOf(columns.front());
    if (!binding || !binding->column || !binding->column->statistics || binding->isOptional)
        return std::nullopt;
    return shareByColumn(condition, columns.front());
}

} // namespace holdpoint
