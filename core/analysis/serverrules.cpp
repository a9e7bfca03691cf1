// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/expression.h"
#include "core/analysis/rule.h"
#include "core/analysis/treesearch.h"

#include <array>
#include <initializer_list>

namespace holdpoint {

namespace {

bool drops(const Visit &visit, std::initializer_list<std::string_view> kinds)
{
    return visit.type() != "DropStmt" || std::ranges::contains(kinds, visit["removeType"].text());
}

void copyProgram(const Visit &visit)
{
    if (visit["is_program"].truth())
        visit.found();
}

void copyServerFile(const Visit &visit)
{
    if (visit["filename"] && !visit["is_program"].truth())
        visit.found();
}

void externalAccess(const Visit &visit)
{
    if (drops(visit, {"OBJECT_FOREIGN_SERVER", "OBJECT_FDW"}))
        visit.found();
}

void replicationObject(const Visit &visit)
{
    if (drops(visit, {"OBJECT_PUBLICATION"}))
        visit.found();
}

/// The tables of FROM that no join condition holds together: of a JOIN with a condition, one.
std::size_t looseTables(const Visit &visit, Node item)
{
    const Node join = item.as("JoinExpr");
    if (!join)
        return item.type() == "RangeVar" && !visit.inspection().cte(item.body()["relname"].text());
    const bool tied = join["quals"] || join["usingClause"] || join["isNatural"].truth();
    return tied ? 1 : looseTables(visit, join["larg"]) + looseTables(visit, join["rarg"]);
}

/// FROM a, b, c with no condition at all: every row with every row.
void crossJoin(const Visit &visit)
{
    std::size_t tables = 0;
    for (const Node item : visit["fromClause"])
        tables += looseTables(visit, item);
    if (tables > 1 && !visit["whereClause"])
        visit.found("every row of one table is paired with every row of another");
}

void hugeResult(const Visit &visit)
{
    static constexpr std::array<std::string_view, 4> growing{"generate_series", "repeat", "lpad", "rpad"};
    const auto name = nameParts(visit["funcname"]);
    if (name.empty() || !std::ranges::contains(growing, name.back()))
        return;
    for (const Node argument : visit["args"])
        if (const auto value = foldConstant(argument))
            if (const double *number = std::get_if<double>(&*value); number && *number > 1e7)
                visit.found(std::string(name.back()) + "() makes a great deal of data");
}

void clusterRename(const Visit &visit)
{
    static constexpr std::array<std::string_view, 3> kinds{"OBJECT_DATABASE", "OBJECT_TABLESPACE", "OBJECT_LANGUAGE"};
    if (std::ranges::contains(kinds, visit["renameType"].text()))
        visit.found();
}

constexpr Rule rules[] = {
    {"copy-program", RiskLevel::Critical, "CopyStmt", copyProgram, "COPY … PROGRAM runs a shell command on the server.",
        "Use COPY … TO STDOUT or FROM STDIN."},
    {"copy-server-file", RiskLevel::Critical, "CopyStmt", copyServerFile,
        "COPY reads or writes a file of the server's machine.", "Use COPY … TO STDOUT or FROM STDIN."},
    {"external-access", RiskLevel::Critical,
        "CreateFdwStmt|AlterFdwStmt|CreateForeignServerStmt|AlterForeignServerStmt|CreateForeignTableStmt|"
        "CreateUserMappingStmt|AlterUserMappingStmt|DropUserMappingStmt|ImportForeignSchemaStmt|DropStmt",
        externalAccess, "This opens or changes a way from the database to another system.",
        "Let an administrator do it."},
    {"replication-object", RiskLevel::Critical,
        "CreatePublicationStmt|AlterPublicationStmt|CreateSubscriptionStmt|AlterSubscriptionStmt|"
        "DropSubscriptionStmt|DropStmt",
        replicationObject, "This starts, changes or stops a stream of data to or from another server.",
        "Let an administrator do it."},
    {"load-library", RiskLevel::Critical, "LoadStmt", always, "LOAD runs native code inside the server.",
        "This is not for an agent to ask."},
    {"cluster-object", RiskLevel::Critical,
        "CreateTableSpaceStmt|DropTableSpaceStmt|AlterTableSpaceOptionsStmt|CreatedbStmt|AlterDatabaseStmt|"
        "AlterDatabaseRefreshCollStmt|AlterTableMoveAllStmt",
        always, "This concerns the whole server, not one database.", "Let an administrator do it."},
    {"cluster-object", RiskLevel::Critical, "RenameStmt", clusterRename,
        "What others connect to, or build on, gets another name.", "Let an administrator do it."},
    {"server-control", RiskLevel::Critical, "CheckPointStmt", always,
        "CHECKPOINT makes the whole server write at once; a rollback does not undo it.", "Leave it to the server."},
    {"notify", RiskLevel::Write, "NotifyStmt", always, "Listeners wake up, and may act on it.",
        "Make sure who listens."},
    {"resource-hog", RiskLevel::Read, "SelectStmt", crossJoin, "This may run long and take much memory: %1.",
        "Join the tables by a condition."},
    {"resource-hog", RiskLevel::Read, "FuncCall", hugeResult, "This may run long and take much memory: %1.",
        "Ask for fewer rows."},
};

} // namespace

std::span<const Rule> serverRules()
{
    return rules;
}

} // namespace holdpoint
