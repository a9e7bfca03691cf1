// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/expression.h"
#include "core/analysis/rule.h"
#include "core/analysis/treesearch.h"

#include <initializer_list>

namespace holdpoint {

namespace {

bool isSettingAmong(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::ranges::contains(names, lowered(name));
}

bool isRoleSetting(std::string_view name)
{
    return isSettingAmong(name, {"role", "session_authorization"});
}

void setRole(const Visit &visit)
{
    if (isRoleSetting(visit["name"].text()))
        visit.found();
}

void searchPath(const Visit &visit)
{
    if (isSettingAmong(visit["name"].text(), {"search_path"}))
        visit.found();
}

void guardSetting(const Visit &visit)
{
    if (settingClass(visit["name"].text()) == SettingClass::Guard)
        visit.found(visit["name"].text());
}

/// SET TRANSACTION and its like stand under "TRANSACTION"; transaction-escape looks at them.
bool isPlainOther(std::string_view name)
{
    return !name.empty() && settingClass(name) == SettingClass::Other && !isRoleSetting(name)
        && !isSettingAmong(name, {"search_path"});
}

void settingChange(const Visit &visit)
{
    if (visit["kind"].text() != "VAR_SET_MULTI" && isPlainOther(visit["name"].text()))
        visit.found(visit["name"].text());
}

void sessionReset(const Visit &visit)
{
    if (visit["kind"].text() == "VAR_RESET_ALL" || visit["target"].text() == "DISCARD_ALL"
        || visit["target"].text() == "DISCARD_TEMP")
        visit.found();
}

void persistentSetting(const Visit &visit)
{
    if (visit.type() != "AlterFunctionStmt" || option(visit["actions"], "set"))
        visit.found();
}

/// The name in set_config('name', …), if it is written out.
std::optional<std::string> configName(const Visit &visit)
{
    const Node arguments = visit["args"];
    const auto constant = arguments.count() ? foldConstant(*arguments.begin()) : std::nullopt;
    const std::string *name = constant ? std::get_if<std::string>(&*constant) : nullptr;
    return name ? std::optional(*name) : std::nullopt;
}

bool callsSetConfig(const Visit &visit)
{
    const auto name = nameParts(visit["funcname"]);
    return !name.empty() && name.back() == "set_config";
}

void setConfig(const Visit &visit)
{
    if (!callsSetConfig(visit))
        return;
    const auto name = configName(visit);
    if (!name || settingClass(*name) == SettingClass::Guard || isRoleSetting(*name)
        || isSettingAmong(*name, {"search_path"}))
        visit.found(name.value_or("a computed name"));
}

void setConfigGuard(const Visit &visit)
{
    const auto name = callsSetConfig(visit) ? configName(visit) : std::nullopt;
    if (name && settingClass(*name) == SettingClass::Guard)
        visit.found(*name);
}

void setConfigOther(const Visit &visit)
{
    const auto name = callsSetConfig(visit) ? configName(visit) : std::nullopt;
    if (name && isPlainOther(*name))
        visit.found(*name);
}

void updateSettings(const Visit &visit)
{
    if (visit["relation"]["relname"].text() == "pg_settings")
        visit.found("pg_settings");
}

constexpr std::string_view guardMessage =
    "The setting \"%1\" is a limit, or says what SQL means; it may not be changed.";
constexpr std::string_view guardRemedy = "Leave it out: the executor sets what an action needs.";

constexpr Rule rules[] = {
    {"set-role", RiskLevel::Critical, "VariableSetStmt", setRole,
        "The rest would run as somebody else than was reviewed.",
        "Leave it out: an action runs as the executor's role."},
    {"session-reset", RiskLevel::Critical, "VariableSetStmt|DiscardStmt", sessionReset,
        "This drops the limits or the temporary tables that the session was given.",
        "Leave it out: every action gets a fresh session."},
    {"alter-system", RiskLevel::Critical, "AlterSystemStmt", always,
        "The setting changes for the whole server, and outlives a restart.", "Let an administrator do it."},
    {"persistent-setting", RiskLevel::Critical, "AlterDatabaseSetStmt|AlterRoleSetStmt|AlterFunctionStmt",
        persistentSetting, "The setting changes for later sessions as well.", "Let an administrator do it."},
    {"search-path-change", RiskLevel::Critical, "VariableSetStmt", searchPath,
        "From here on, names may mean other tables and functions than were reviewed.",
        "Write the schema before the name."},
    {"guard-setting", RiskLevel::Critical, "VariableSetStmt", guardSetting, guardMessage, guardRemedy},
    {"guard-setting", RiskLevel::Critical, "FuncCall", setConfigGuard, guardMessage, guardRemedy},
    {"guard-setting", RiskLevel::Critical, "UpdateStmt", updateSettings, "UPDATE of \"%1\" is a SET in disguise.",
        guardRemedy},
    {"set-config", RiskLevel::Critical, "FuncCall", setConfig, "set_config() is a SET inside a query: %1.",
        guardRemedy},
    {"setting-change", RiskLevel::Write, "VariableSetStmt", settingChange, "The setting \"%1\" changes.",
        "Leave it out if the action does without."},
    {"setting-change", RiskLevel::Write, "FuncCall", setConfigOther, "The setting \"%1\" changes.",
        "Leave it out if the action does without."},
};

} // namespace

std::span<const Rule> settingRules()
{
    return rules;
}

} // namespace holdpoint
