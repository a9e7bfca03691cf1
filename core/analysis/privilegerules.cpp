// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rule.h"
#include "core/analysis/treesearch.h"

namespace holdpoint {

namespace {

void grant(const Visit &visit)
{
    if (visit["is_grant"].truth())
        visit.found();
}

void revoke(const Visit &visit)
{
    if (!visit["is_grant"].truth())
        visit.found();
}

void roleChange(const Visit &visit)
{
    if (visit.type() != "RenameStmt" || visit["renameType"].text() == "OBJECT_ROLE")
        visit.found();
}

void ownerChange(const Visit &visit)
{
    if (visit.type() == "AlterOwnerStmt" || visit["subtype"].text() == "AT_ChangeOwner")
        visit.found();
}

constexpr Rule rules[] = {
    {"grant", RiskLevel::Critical, "GrantStmt|GrantRoleStmt", grant, "Somebody gets more rights.",
        "Let an administrator grant it, outside an agent's action."},
    {"revoke", RiskLevel::Destructive, "GrantStmt|GrantRoleStmt", revoke,
        "Somebody loses rights, and may stop working.", "Make sure who uses them."},
    {"default-privileges", RiskLevel::Critical, "AlterDefaultPrivilegesStmt", always,
        "Who may use objects that do not exist yet changes.", "Let an administrator do it."},
    {"role-change", RiskLevel::Critical, "CreateRoleStmt|AlterRoleStmt|RenameStmt", roleChange,
        "A role is created or changed.", "Let an administrator do it, outside an agent's action."},
    {"owner-change", RiskLevel::Critical, "AlterOwnerStmt|AlterTableCmd", ownerChange,
        "The object gets another owner, who then controls it fully.", "Grant what is needed instead."},
};

} // namespace

std::span<const Rule> privilegeRules()
{
    return rules;
}

} // namespace holdpoint
