// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rowsrewritten.h"
#include "core/analysis/rule.h"
#include "core/analysis/treesearch.h"

#include <array>

namespace holdpoint {

namespace {

std::string_view subtype(const Visit &visit)
{
    return visit["subtype"].text();
}

template <std::size_t count> bool isOneOf(std::string_view word, const std::array<std::string_view, count> &words)
{
    return std::ranges::contains(words, word);
}

void dropColumn(const Visit &visit)
{
    if (subtype(visit) == "AT_DropColumn")
        visit.found(visit["name"].text());
}

void dropConstraint(const Visit &visit)
{
    // ALTER DOMAIN has letters for its subcommands.
    if (subtype(visit) == "AT_DropConstraint" || (visit.type() == "AlterDomainStmt" && subtype(visit) == "X"))
        visit.found(visit["name"].text());
}

void dropCascade(const Visit &visit)
{
    if (visit["behavior"].text() == "DROP_CASCADE" && subtype(visit).starts_with("AT_Drop"))
        visit.inspection().report(ruleById("drop-cascade"), RiskLevel::Destructive, visit.inspection().statementSpan());
}

void detachPartition(const Visit &visit)
{
    if (subtype(visit).starts_with("AT_DetachPartition") || subtype(visit) == "AT_DropInherit")
        visit.found();
}

void setUnlogged(const Visit &visit)
{
    if (subtype(visit) == "AT_SetUnLogged")
        visit.found();
}

void alterColumnType(const Visit &visit)
{
    if (subtype(visit) == "AT_AlterColumnType" && !isWidening(visit.node(), visit.inspection().alteredRelation()))
        visit.found(visit["name"].text());
}

void setExpression(const Visit &visit)
{
    if (subtype(visit) == "AT_SetExpression")
        visit.found(visit["name"].text());
}

void emptyMatview(const Visit &visit)
{
    if (visit["skipData"].truth())
        visit.found(relationName(visit["relation"]));
}

bool restarts(Node options)
{
    return bool(option(options, "restart"));
}

void sequenceReset(const Visit &visit)
{
    const bool identity = subtype(visit) == "AT_SetIdentity" && restarts(visit["def"].as("List")["items"]);
    if (identity || (visit.type() == "AlterSeqStmt" && restarts(visit["options"])))
        visit.found();
}

void tableRewrite(const Visit &visit)
{
    bool rewrites = isOneOf(
        subtype(visit), std::array<std::string_view, 3>{"AT_SetAccessMethod", "AT_SetLogged", "AT_SetTableSpace"});
    if (subtype(visit) == "AT_AddColumn")
        for (const Node item : visit["def"].as("ColumnDef")["constraints"]) {
            const Node constraint = item.as("Constraint");
            const std::string_view kind = constraint["contype"].text();
            rewrites = rewrites || kind == "CONSTR_GENERATED" || kind == "CONSTR_IDENTITY"
                || (kind == "CONSTR_DEFAULT" && isVolatile(constraint["raw_expr"]));
        }
    if (rewrites)
        visit.found();
}

void constraintScan(const Visit &visit)
{
    const Node constraint = visit["def"].as("Constraint");
    const bool adds = subtype(visit) == "AT_AddConstraint" && constraint && !constraint["skip_validation"].truth()
        && !constraint["indexname"];
    if (adds || subtype(visit) == "AT_SetNotNull")
        visit.found();
}

void weakenConstraint(const Visit &visit)
{
    const bool dropsDefault = subtype(visit) == "AT_ColumnDefault" && !visit["def"];
    const bool domain =
        visit.type() == "AlterDomainStmt" && (subtype(visit) == "O" || (subtype(visit) == "T" && !visit["def"]));
    if (dropsDefault || domain
        || isOneOf(
            subtype(visit), std::array<std::string_view, 3>{"AT_DropNotNull", "AT_DropIdentity", "AT_DropExpression"}))
        visit.found(visit["name"].text());
}

void renamedLabel(const Visit &visit)
{
    if (visit["oldVal"])
        visit.found(visit["oldVal"].text());
}

bool isConcurrent(Node options)
{
    return bool(option(options, "concurrently"));
}

void createIndex(const Visit &visit)
{
    const std::string table = relationName(visit["relation"]);
    if (!visit["concurrent"].truth() && !visit.inspection().script().created.contains(table))
        visit.found(table);
}

void dropIndex(const Visit &visit)
{
    if (visit["removeType"].text() == "OBJECT_INDEX" && !visit["concurrent"].truth())
        visit.found();
}

void exclusiveLock(const Visit &visit)
{
    const bool plainVacuum = visit.type() == "VacuumStmt" && !option(visit["options"], "full");
    const bool gentleRefresh = visit.type() == "RefreshMatViewStmt" && visit["concurrent"].truth();
    const bool gentleReindex = visit.type() == "ReindexStmt" && isConcurrent(visit["params"]);
    if (!plainVacuum && !gentleRefresh && !gentleReindex)
        visit.found();
}

constexpr Rule rules[] = {
    {"drop-column", RiskLevel::Destructive, "AlterTableCmd", dropColumn, "The column \"%1\" and its values are gone.",
        "Stop using it first, and keep a copy of its values."},
    {"drop-constraint", RiskLevel::Destructive, "AlterTableCmd|AlterDomainStmt", dropConstraint,
        "The constraint \"%1\" is dropped: what it kept out can come in from now on.",
        "Replace it in the same statement, or say why it is not needed."},
    {"drop-cascade", RiskLevel::Destructive, "AlterTableCmd", dropCascade,
        "CASCADE drops everything that depends on it, objects that are not named here included.",
        "Leave CASCADE out: PostgreSQL then lists what depends on it."},
    {"detach-partition", RiskLevel::Destructive, "AlterTableCmd", detachPartition,
        "The rows of the partition or child vanish from its parent.",
        "Make sure that nobody reads them through the parent."},
    {"set-unlogged", RiskLevel::Destructive, "AlterTableCmd", setUnlogged,
        "An unlogged table is emptied by a crash and is not replicated.", "Keep it logged."},
    {"alter-column-type", RiskLevel::Destructive, "AlterTableCmd", alterColumnType,
        "The column \"%1\" gets another type: values may be lost, and the table may be rewritten under a lock.",
        "Add a column of the new type, fill it, and switch over.", false, Sight::Better},
    {"alter-column-type", RiskLevel::Destructive, "AlterTableCmd", setExpression,
        "The column \"%1\" is computed in another way: the values that it holds are replaced, under a lock.",
        "Add a column with the new expression, and switch over."},
    {"matview-empty", RiskLevel::Destructive, "RefreshMatViewStmt", emptyMatview,
        "The materialized view \"%1\" is emptied, and cannot be read until it is refreshed.",
        "Leave WITH NO DATA out."},
    {"sequence-reset", RiskLevel::Destructive, "AlterTableCmd|AlterSeqStmt", sequenceReset,
        "A sequence starts over: it may give out keys that exist already.",
        "Set it no lower than the largest key in use."},
    {"table-rewrite", RiskLevel::Write, "AlterTableCmd", tableRewrite,
        "The whole table is written anew, and nobody can use it meanwhile.",
        "Add the column without a default, and fill it in steps."},
    {"constraint-scan", RiskLevel::Write, "AlterTableCmd", constraintScan,
        "Every row is checked while the table is locked.",
        "Add the constraint NOT VALID first, and VALIDATE it in a second statement."},
    {"weaken-constraint", RiskLevel::Write, "AlterTableCmd|AlterDomainStmt", weakenConstraint,
        "What \"%1\" must hold is loosened.", "Make sure that readers cope with what may now be in it."},
    {"rename-object", RiskLevel::Write, "AlterEnumStmt", renamedLabel, "Whatever uses the old label breaks.",
        "Add a label, and move the rows over."},
    {"rename-object", RiskLevel::Write, "RenameStmt|AlterObjectSchemaStmt", always,
        "Whatever uses the old name breaks.", "Keep the old name working, through a view for example."},
    {"index-not-concurrent", RiskLevel::Write, "IndexStmt", createIndex,
        "Nobody can write to \"%1\" while the index is built.", "Say CREATE INDEX CONCURRENTLY."},
    {"index-not-concurrent", RiskLevel::Write, "DropStmt", dropIndex, "The table is locked while its index is dropped.",
        "Say DROP INDEX CONCURRENTLY."},
    {"exclusive-lock", RiskLevel::Write, "LockStmt|VacuumStmt|ClusterStmt|ReindexStmt|RefreshMatViewStmt",
        exclusiveLock, "Others have to wait while this runs.",
        "Choose the form that runs concurrently, or a quiet hour."},
};

} // namespace

std::span<const Rule> alterRules()
{
    return rules;
}

} // namespace holdpoint
