// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/cascades.h"
#include "core/analysis/rule.h"
#include "core/analysis/statementkind.h"
#include "core/analysis/treesearch.h"

namespace holdpoint {

namespace {

std::string_view kindOf(const Visit &visit)
{
    return visit["removeType"].text();
}

/// The first name of a DROP's list, and how many more there are.
std::string droppedNames(const Visit &visit)
{
    std::string names;
    for (const Node object : visit["objects"]) {
        Node list = object.as("List")["items"];
        if (const Node routine = object.as("ObjectWithArgs"))
            list = routine["objname"];
        else if (const Node type = object.as("TypeName"))
            list = type["names"];
        names.append(names.empty() ? "" : ", ")
            .append(object.type() == "String" ? std::string(object.body()["sval"].text()) : dotted(nameParts(list)));
    }
    return names;
}

void dropTable(const Visit &visit)
{
    if (kindOf(visit) == "OBJECT_TABLE" || kindOf(visit) == "OBJECT_FOREIGN_TABLE")
        visit.found(droppedNames(visit));
}

void dropSchema(const Visit &visit)
{
    if (kindOf(visit) == "OBJECT_SCHEMA")
        visit.found(droppedNames(visit));
}

void dropObject(const Visit &visit)
{
    if (kindOf(visit) != "OBJECT_TABLE" && kindOf(visit) != "OBJECT_FOREIGN_TABLE" && kindOf(visit) != "OBJECT_SCHEMA")
        visit.found(lowered(objectWords(kindOf(visit))) + ' ' + droppedNames(visit));
}

void dropMapping(const Visit &visit)
{
    if (visit["kind"].text() == "ALTER_TSCONFIG_DROP_MAPPING")
        visit.found("text search mapping of " + dotted(nameParts(visit["cfgname"])));
}

bool cascades(const Visit &visit)
{
    return visit["behavior"].text() == "DROP_CASCADE";
}

using Relations = std::vector<const CatalogRelation *>;

/// For the end of a message: what the catalogue knows to go as well.
std::string andAlso(const Relations &relations)
{
    return relations.empty() ? std::string() : ": " + listed(relations);
}

void truncateCascade(const Visit &visit)
{
    Relations along;
    for (const Node item : visit["relations"])
        if (const CatalogRelation *table = visit.inspection().relation(item.as("RangeVar")))
            std::ranges::copy(truncatedAlong(*visit.inspection().catalog(), *table), std::back_inserter(along));
    if (cascades(visit))
        visit.found(andAlso(along));
}

void dropCascade(const Visit &visit)
{
    Relations along;
    const Catalog *catalog = visit.inspection().catalog();
    for (const Node object : visit["objects"]) {
        const auto name = nameParts(object.as("List")["items"]);
        const CatalogRelation *relation = catalog && !name.empty()
            ? catalog->relation(name.size() > 1 ? name[name.size() - 2] : std::string_view(), name.back())
            : nullptr;
        if (relation)
            std::ranges::copy(viewsDroppedAlong(*catalog, *relation), std::back_inserter(along));
    }
    if (cascades(visit))
        visit.found(andAlso(along));
}

void truncate(const Visit &visit)
{
    std::string names;
    for (const Node relation : visit["relations"])
        names.append(names.empty() ? "" : ", ").append(relationName(relation.as("RangeVar")));
    visit.found(names);
}

void dropDatabase(const Visit &visit)
{
    visit.found(visit["dbname"].text());
}

constexpr Rule rules[] = {
    {"truncate", RiskLevel::Destructive, "TruncateStmt", truncate, "TRUNCATE removes every row of %1.",
        "Delete the rows that are meant, with a WHERE clause."},
    {"truncate-cascade", RiskLevel::Destructive, "TruncateStmt", truncateCascade,
        "CASCADE empties every table that refers to these, named or not%1.", "Name the tables, and leave CASCADE out.",
        false, Sight::Better},
    {"drop-table", RiskLevel::Destructive, "DropStmt", dropTable, "The table and all its rows are gone: %1.",
        "Rename it first, and drop it when nobody has missed it."},
    {"drop-object", RiskLevel::Destructive, "DropStmt", dropObject, "An object is dropped: %1.",
        "Make sure that nothing uses it, and that its definition is kept."},
    {"drop-object", RiskLevel::Destructive, "AlterTSConfigurationStmt", dropMapping, "An object is dropped: %1.",
        "Make sure that nothing uses it, and that its definition is kept."},
    {"drop-cascade", RiskLevel::Destructive, "DropStmt|DropOwnedStmt", dropCascade,
        "CASCADE drops everything that depends on it, columns and views that are not named here included%1.",
        "Leave CASCADE out: PostgreSQL then lists what depends on it.", false, Sight::Better},
    {"drop-schema", RiskLevel::Critical, "DropStmt", dropSchema, "A schema is dropped, with what is in it: %1.",
        "Drop its objects one by one, so that each can be reviewed."},
    {"drop-database", RiskLevel::Critical, "DropdbStmt", dropDatabase, "The database \"%1\" is dropped.",
        "This is not for an agent to ask."},
    {"drop-role", RiskLevel::Critical, "DropRoleStmt", always, "A role is dropped.",
        "Take its login away first; roles are for an administrator to drop."},
    {"drop-owned", RiskLevel::Critical, "DropOwnedStmt", always,
        "Everything that a role owns in this database is dropped, and its grants with it.",
        "Drop the objects by name."},
    {"reassign-owned", RiskLevel::Critical, "ReassignOwnedStmt", always,
        "Everything that a role owns gets another owner, who then controls it fully.",
        "Change the owner of the objects by name."},
};

} // namespace

std::span<const Rule> dropRules()
{
    return rules;
}

} // namespace holdpoint
