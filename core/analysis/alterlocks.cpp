// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/alterlocks.h"

#include "core/analysis/names.h"

#include <algorithm>
#include <array>

namespace holdpoint {

namespace {

using Family = LockTaker::Family;

template <std::size_t count> bool isOneOf(std::string_view word, const std::array<std::string_view, count> &words)
{
    return std::ranges::contains(words, word);
}

/// Settings of how a table is stored; those of views, and the one that concerns what others read, are not among them.
LockMode levelOfOptions(Node alterTable, Node command)
{
    const bool ofTable =
        alterTable["objtype"].text() == "OBJECT_TABLE" || alterTable["objtype"].text() == "OBJECT_MATVIEW";
    const bool gentle = std::ranges::none_of(command["def"].as("List")["items"],
        [](Node item) { return item.as("DefElem")["defname"].text() == "user_catalog_table"; });
    return ofTable && gentle ? LockMode::ShareUpdateExclusive : LockMode::AccessExclusive;
}

LockMode levelOf(Node alterTable, Node command)
{
    static constexpr std::array<std::string_view, 8> gentle{"AT_SetStatistics", "AT_ClusterOn", "AT_DropCluster",
        "AT_SetOptions", "AT_ResetOptions", "AT_AttachPartition", "AT_ValidateConstraint",
        "AT_DetachPartitionFinalize"};
    static constexpr std::array<std::string_view, 8> writesOnly{"AT_EnableTrig", "AT_EnableAlwaysTrig",
        "AT_EnableReplicaTrig", "AT_EnableTrigAll", "AT_EnableTrigUser", "AT_DisableTrig", "AT_DisableTrigAll",
        "AT_DisableTrigUser"};
    const std::string_view subtype = command["subtype"].text();
    if (isOneOf(subtype, gentle))
        return LockMode::ShareUpdateExclusive;
    if (isOneOf(subtype, writesOnly))
        return LockMode::ShareRowExclusive;
    if (subtype == "AT_SetRelOptions" || subtype == "AT_ResetRelOptions")
        return levelOfOptions(alterTable, command);
    if (subtype == "AT_DetachPartition" && command["def"].as("PartitionCmd")["concurrent"].truth())
        return LockMode::ShareUpdateExclusive;
    if (subtype == "AT_AddConstraint" && command["def"].as("Constraint")["contype"].text() == "CONSTR_FOREIGN")
        return LockMode::ShareRowExclusive;
    return LockMode::AccessExclusive;
}

/// Whether a subcommand leaves partitions and children alone.
bool staysWithOne(Node command, LockMode level)
{
    return command["def"].as("PartitionCmd")
        || (level < LockMode::ShareRowExclusive && command["subtype"].text() != "AT_ValidateConstraint");
}

void takeReferenced(LockTaker &taker, Node constraint)
{
    if (constraint["contype"].text() == "CONSTR_FOREIGN")
        taker.take(constraint["pktable"], LockMode::ShareRowExclusive);
}

/// Whether a subcommand ends or makes anew a foreign key that goes by this name or has this column.
bool undoes(
    std::string_view subtype, std::string_view name, std::string_view key, const std::vector<std::string> &columns)
{
    if (subtype == "AT_DropConstraint")
        return key == name;
    return (subtype == "AT_DropColumn" || subtype == "AT_AlterColumnType")
        && std::ranges::contains(columns, std::string(name));
}

/// A foreign key has triggers on both its tables: whoever drops it needs both alone.
void takeOtherEnds(LockTaker &taker, const CatalogRelation &table, Node command)
{
    const std::string_view subtype = command["subtype"].text(), name = command["name"].text();
    const Catalog &catalog = *taker.catalog();
    for (const CatalogForeignKey *key : catalog.keysOf(table))
        if (const CatalogRelation *to = catalog.relation(key->to); to) {
            if (undoes(subtype, name, key->name, key->fromColumns))
                taker.take(*to, LockMode::AccessExclusive);
            if (subtype == "AT_ValidateConstraint" && key->name == name)
                taker.take(*to, LockMode::RowShare);
        }
    for (const CatalogForeignKey *key : catalog.referencing(table))
        if (const CatalogRelation *from = catalog.relation(key->from);
            from && subtype != "AT_DropConstraint" && undoes(subtype, name, {}, key->toColumns))
            taker.take(*from, LockMode::AccessExclusive);
}

void takeOthers(LockTaker &taker, Node command, LockMode level)
{
    const std::string_view subtype = command["subtype"].text();
    const Node definition = command["def"];
    takeReferenced(taker, definition.as("Constraint"));
    for (const Node item : definition.as("ColumnDef")["constraints"])
        takeReferenced(taker, item.as("Constraint"));
    if (subtype == "AT_AttachPartition")
        taker.take(definition.as("PartitionCmd")["name"], LockMode::AccessExclusive);
    else if (const Node partition = definition.as("PartitionCmd"))
        taker.take(partition["name"], level);
    if (subtype == "AT_AddInherit")
        taker.take(definition.as("RangeVar"), LockMode::ShareUpdateExclusive, Family::Alone);
    else if (subtype == "AT_DropInherit")
        taker.take(definition.as("RangeVar"), LockMode::AccessShare, Family::Alone);
    taker.read(definition.as("ColumnDef")["raw_default"]);
}

} // namespace

void takeAltered(LockTaker &taker, Node alterTable)
{
    const Node name = alterTable["relation"];
    const CatalogRelation *table = taker.relation(name);
    for (const Node item : alterTable["cmds"]) {
        const Node command = item.as("AlterTableCmd");
        const LockMode level = levelOf(alterTable, command);
        taker.take(name, level, staysWithOne(command, level) ? Family::Alone : Family::Along);
        takeOthers(taker, command, level);
        if (table)
            takeOtherEnds(taker, *table, command);
    }
}

} // namespace holdpoint
