// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/codereport.h"
#include "core/analysis/givencasts.h"
#include "core/analysis/namedtype.h"
#include "core/analysis/names.h"

namespace holdpoint {

namespace {

bool isNamed(const CatalogCast &cast, const NamedType &type)
{
    return !type.name.empty() && cast.target.ends_with(type.name.substr(type.name.rfind('.') + 1));
}

void reportType(const Visit &visit, const NamedType &type)
{
    std::set<CodeKey> used = type.uses;
    if (const Catalog *catalog = visit.inspection().catalog())
        for (const CatalogCast &cast : catalog->casts())
            if (cast.routine && isNamed(cast, type) && mayCast(visit.inspection(), visit.inspection().root(), cast))
                used.insert({CodeKey::Kind::Routine, cast.routine});
    reportCode(visit, used, type.isKnown, type.name);
}

void castType(const Visit &visit)
{
    reportType(visit, namedType(visit.inspection(), visit["typeName"]));
}

/// Wherever else a text says what a value is to be made.
void namedByText(const Visit &visit)
{
    reportType(visit, namedType(visit.inspection(), visit.node()));
}

void planParameters(const Visit &visit)
{
    for (const Node type : visit["argtypes"])
        reportType(visit, namedType(visit.inspection(), type.as("TypeName")));
}

void reportColumns(const Visit &visit, Node columns)
{
    for (const Node item : columns)
        reportType(visit, columnType(visit.inspection(), item.as("ColumnDef")));
}

/// `f() AS t(a my_type)`, and the same for each of several functions in ROWS FROM.
void functionColumns(const Visit &visit)
{
    reportColumns(visit, visit["coldeflist"]);
    for (const Node function : visit["functions"])
        for (const Node part : function.as("List")["items"])
            reportColumns(visit, part.as("List")["items"]);
}

/// json_populate_record() and its like make a row of the type that their first argument has. A cast is seen by itself.
void populatedRow(const Visit &visit)
{
    const auto name = nameParts(visit["funcname"]);
    const Node row = *visit["args"].begin();
    if (name.empty() || !name.back().contains("populate_record") || row.type() == "TypeCast")
        return;
    std::set<CodeKey> used = typesRead(visit.inspection(), visit.inspection().root());
    const std::set<CodeKey> &variables = visit.inspection().script().variableTypes;
    used.insert(variables.begin(), variables.end());
    reportCode(visit, used, true, "the row that " + dotted(name) + " fills");
}

/// VALIDATE CONSTRAINT runs a condition on every row that there is.
void validatedDomain(const Visit &visit)
{
    const Catalog *catalog = visit.inspection().catalog();
    const auto name = nameParts(visit["typeName"]);
    if (!catalog || name.empty() || visit["subtype"].text() != "V")
        return;
    const CatalogType *type = catalog->type(name.size() > 1 ? name[name.size() - 2] : std::string_view(), name.back());
    reportCode(visit, type ? std::set{CodeKey{CodeKey::Kind::Type, type->oid}} : std::set<CodeKey>(), bool(type),
        dotted(name));
}

/// A column that a table gets later is filled for the rows that it has.
void filledColumn(const Visit &visit)
{
    if (visit["objtype"].text() == "OBJECT_TYPE")
        return;
    for (const Node item : visit["cmds"]) {
        const Node command = item.as("AlterTableCmd");
        const std::string_view kind = command["subtype"].text();
        if (kind == "AT_AddColumn" || kind == "AT_AlterColumnType")
            reportType(visit, columnType(visit.inspection(), command["def"].as("ColumnDef")));
    }
}

constexpr std::string_view message =
    "%1 is no type of PostgreSQL: reading a value as one may run a function of somebody's own.";
constexpr std::string_view remedy = "Use PostgreSQL's own types.";

constexpr Rule rules[] = {
    {"user-function", RiskLevel::Destructive, "TypeCast", castType, message, remedy, true, Sight::Better},
    {"user-function", RiskLevel::Destructive, "FuncCall", populatedRow,
        "Filling %1 may run a function of somebody's own.", remedy, true, Sight::Catalog},
    {"user-function", RiskLevel::Destructive, "typeName", namedByText, message, remedy, true, Sight::Better},
    {"user-function", RiskLevel::Destructive, "PrepareStmt", planParameters, message, remedy, true, Sight::Better},
    {"user-function", RiskLevel::Destructive, "RangeFunction", functionColumns, message, remedy, true, Sight::Better},
    {"user-function", RiskLevel::Destructive, "AlterTableStmt", filledColumn, message, remedy, true, Sight::Better},
    {"user-function", RiskLevel::Destructive, "AlterDomainStmt", validatedDomain,
        "The constraint runs a function of somebody's own, on every value of %1.", "Review that function first.", true,
        Sight::Catalog},
};

} // namespace

std::span<const Rule> typeRules()
{
    return rules;
}

} // namespace holdpoint
