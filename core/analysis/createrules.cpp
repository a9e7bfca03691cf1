// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/extensions.h"
#include "core/analysis/language.h"
#include "core/analysis/rule.h"
#include "core/analysis/treesearch.h"

#include <array>

namespace holdpoint {

namespace {

std::string routineName(const Visit &visit)
{
    return dotted(nameParts(visit["funcname"]));
}

void replaceView(const Visit &visit)
{
    // Where the catalogue knows no such view, there is nothing to replace.
    const Catalog *catalog = visit.inspection().catalog();
    const Node view = visit["view"];
    if (visit["replace"].truth() && !(catalog && !catalog->relation(view["schemaname"].text(), view["relname"].text())))
        visit.found(relationName(view));
}

void createRoutine(const Visit &visit)
{
    visit.found(routineName(visit));
}

void replaceRoutine(const Visit &visit)
{
    const Catalog *catalog = visit.inspection().catalog();
    const auto name = nameParts(visit["funcname"]);
    const std::string_view schema = name.size() > 1 ? name[name.size() - 2] : std::string_view();
    const bool isNew = catalog && !name.empty() && catalog->routines(schema, name.back()).empty()
        && !isSystemRelation(schema, name.back());
    if (visit["replace"].truth() && !isNew)
        visit.found(routineName(visit));
}

void createTrigger(const Visit &visit)
{
    visit.found(visit["trigname"].text());
}

void builtinShadow(const Visit &visit)
{
    const auto name = nameParts(visit["funcname"]);
    if (!name.empty() && (!builtinFunctionClass(name.back()).empty() || name.front() == "pg_catalog"))
        visit.found(name.back());
}

bool isRoutine(std::string_view objectType)
{
    static constexpr std::array<std::string_view, 4> routines{
        "OBJECT_FUNCTION", "OBJECT_AGGREGATE", "OBJECT_PROCEDURE", "OBJECT_ROUTINE"};
    return std::ranges::contains(routines, objectType);
}

void renamedToBuiltin(const Visit &visit)
{
    const std::string_view name = visit["newname"].text();
    if (isRoutine(visit["renameType"].text()) && !builtinFunctionClass(name).empty())
        visit.found(name);
}

void movedToCatalog(const Visit &visit)
{
    if (visit["newschema"].text() == "pg_catalog")
        visit.found("pg_catalog");
}

/// A flag that is set: one without a value counts, only a clear FALSE does not.
bool isSet(const Visit &visit, std::string_view name)
{
    return std::ranges::any_of(std::array{"options", "actions"}, [&](const char *list) {
        const Node value = option(visit[list], name);
        return value && (value.type() != "Boolean" || value.body()["boolval"].truth());
    });
}

void leakproof(const Visit &visit)
{
    if (isSet(visit, "leakproof"))
        visit.found();
}

void supportFunction(const Visit &visit)
{
    if (isSet(visit, "support"))
        visit.found();
}

void securityDefiner(const Visit &visit)
{
    if (isSet(visit, "security"))
        visit.found();
}

void untrustedLanguage(const Visit &visit)
{
    const std::string language = languageOf(visit.node());
    if (isUntrustedLanguage(language))
        visit.found(language);
}

bool isTame(const Visit &visit)
{
    return isTrustedExtension(visit["extname"].text()) && !option(visit["options"], "cascade");
}

void createExtension(const Visit &visit)
{
    if (isTame(visit))
        visit.found(visit["extname"].text());
}

void untrustedExtension(const Visit &visit)
{
    if (!isTame(visit))
        visit.found(visit["extname"].text());
}

void semanticOverride(const Visit &visit)
{
    static constexpr std::array<std::string_view, 4> harmless{
        "OBJECT_TYPE", "OBJECT_COLLATION", "OBJECT_TSDICTIONARY", "OBJECT_TSCONFIGURATION"};
    if (visit.type() != "DefineStmt" || !std::ranges::contains(harmless, visit["kind"].text()))
        visit.found();
}

constexpr Rule rules[] = {
    {"replace-view", RiskLevel::Destructive, "ViewStmt", replaceView,
        "If the view \"%1\" exists, its definition is replaced: a filter may go with it.",
        "Compare with the present definition, pg_get_viewdef() shows it.", false, Sight::Better},
    {"create-routine", RiskLevel::Write, "CreateFunctionStmt", createRoutine,
        "The routine \"%1\" is created; everybody may call it unless that is revoked.",
        "Revoke EXECUTE from PUBLIC in the same script."},
    {"replace-routine", RiskLevel::Destructive, "CreateFunctionStmt", replaceRoutine,
        "If the routine \"%1\" exists, its body is replaced, under every trigger and policy that uses it.",
        "Compare with the present body, pg_get_functiondef() shows it.", false, Sight::Better},
    {"builtin-shadow", RiskLevel::Critical, "CreateFunctionStmt", builtinShadow,
        "PostgreSQL has a function \"%1\" of its own: calls of it may reach this one.", "Choose another name."},
    {"builtin-shadow", RiskLevel::Critical, "RenameStmt", renamedToBuiltin,
        "PostgreSQL has a function \"%1\" of its own: calls of it may reach this one.", "Choose another name."},
    {"builtin-shadow", RiskLevel::Critical, "AlterObjectSchemaStmt", movedToCatalog,
        "In %1, this goes before what others mean by the name.", "Choose another schema."},
    {"view-security", RiskLevel::Critical, "CreateFunctionStmt|AlterFunctionStmt", leakproof,
        "A LEAKPROOF function sees the rows that a view or a policy hides.", "Leave LEAKPROOF out."},
    {"semantic-override", RiskLevel::Critical, "CreateFunctionStmt|AlterFunctionStmt", supportFunction,
        "A support function changes how queries are planned, and what their conditions mean.", "Leave SUPPORT out."},
    {"create-trigger", RiskLevel::Destructive, "CreateTrigStmt", createTrigger,
        "The trigger \"%1\" will run on every write to the table, and may change or suppress it.",
        "Review the function that it calls."},
    {"security-definer", RiskLevel::Critical, "CreateFunctionStmt|AlterFunctionStmt", securityDefiner,
        "SECURITY DEFINER: whoever calls it acts with its owner's rights.",
        "Leave it out, or pin search_path and revoke EXECUTE from PUBLIC."},
    {"untrusted-language", RiskLevel::Critical, "CreateFunctionStmt|DoStmt", untrustedLanguage,
        "Code in \"%1\" acts on the server's machine, outside the database's rules.", "Use SQL or PL/pgSQL."},
    {"untrusted-language", RiskLevel::Critical, "CreatePLangStmt", always,
        "A new language can run code on the server's machine.", "This is not for an agent to ask."},
    {"create-extension", RiskLevel::Write, "CreateExtensionStmt", createExtension,
        "The extension \"%1\" brings code into the database.", "Make sure that it is wanted."},
    {"untrusted-extension", RiskLevel::Critical, "CreateExtensionStmt", untrustedExtension,
        "The extension \"%1\" is not one of those that PostgreSQL trusts: it may reach files, networks or internals.",
        "Let an administrator install it."},
    {"untrusted-extension", RiskLevel::Critical, "AlterExtensionStmt|AlterExtensionContentsStmt", always,
        "An extension is changed: other code, or other objects, run under its name.", "Let an administrator do it."},
    {"semantic-override", RiskLevel::Critical,
        "DefineStmt|CreateCastStmt|CreateConversionStmt|CreateTransformStmt|CreateAmStmt|CreateOpClassStmt|"
        "CreateOpFamilyStmt|AlterOpFamilyStmt|AlterOperatorStmt|AlterTypeStmt",
        semanticOverride, "This changes what other SQL means, everywhere.", "Use a function with a name of its own."},
};

} // namespace

std::span<const Rule> createRules()
{
    return rules;
}

} // namespace holdpoint
