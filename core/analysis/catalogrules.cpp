// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/cascades.h"
#include "core/analysis/givencasts.h"
#include "core/analysis/names.h"
#include "core/analysis/predicate.h"
#include "core/analysis/rule.h"
#include "core/analysis/statementkind.h"

#include <algorithm>

namespace holdpoint {

namespace {

using Kind = CodeKey::Kind;

/// What a statement does to the rows of its relation.
std::set<Kind> eventsOf(const Visit &visit)
{
    const std::string_view type = visit.type();
    if (type == "DeleteStmt")
        return {Kind::Delete};
    if (type == "UpdateStmt")
        return {Kind::Update};
    if (type == "CopyStmt")
        return visit["is_from"].truth() ? std::set{Kind::Insert} : std::set<Kind>{};
    std::set<Kind> events;
    if (type == "InsertStmt")
        events.insert(Kind::Insert);
    if (visit["onConflictClause"]["action"].text() == "ONCONFLICT_UPDATE")
        events.insert(Kind::Update);
    for (const Node item : visit["mergeWhenClauses"]) {
        const std::string_view command = item.as("MergeWhenClause")["commandType"].text();
        if (command != "CMD_NOTHING")
            events.insert(command == "CMD_DELETE" ? Kind::Delete
                    : command == "CMD_UPDATE"     ? Kind::Update
                                                  : Kind::Insert);
    }
    return events;
}

/// The RangeVar that a statement changes, seen through plain views that the text itself has made.
Node changed(const Visit &visit)
{
    constexpr int deepest = 8;
    const ScriptState &script = visit.inspection().script();
    Node at = visit["relation"];
    for (int depth = 0; depth < deepest; ++depth) {
        const auto view = script.views.find(relationName(at));
        const Node from = view == script.views.end() ? Node() : view->second.as("SelectStmt")["fromClause"];
        const Node table = from.count() == 1 ? (*from.begin()).as("RangeVar") : Node();
        if (!table)
            break;
        at = table;
    }
    return at;
}

const CatalogRelation *target(const Visit &visit)
{
    return visit.inspection().relation(changed(visit));
}

/// Every relation whose rows a statement changes by itself, a view and the table behind it alike.
std::vector<const CatalogRelation *> targets(const Visit &visit)
{
    std::vector<const CatalogRelation *> all;
    if (visit.type() == "TruncateStmt") {
        for (const Node relation : visit["relations"])
            if (const CatalogRelation *found = visit.inspection().relation(relation.as("RangeVar")))
                all.push_back(found);
    } else if (const CatalogRelation *found = target(visit)) {
        all.push_back(found);
    }
    return all;
}

bool keepsNothing(const Visit &visit)
{
    return visit["whereClause"] && judge(visit["whereClause"], {visit.inspection(), {}, {}}).reach == Reach::Nothing;
}

void fkCascade(const Visit &visit)
{
    const CatalogRelation *relation = eventsOf(visit).contains(Kind::Delete) ? target(visit) : nullptr;
    const CatalogRelation *table = relation ? changedTable(*visit.inspection().catalog(), *relation) : nullptr;
    if (!table || keepsNothing(visit))
        return;
    const CascadeReach reach = cascadeReach(*visit.inspection().catalog(), *table);
    if (!reach.deleted.empty())
        visit.found(listed(reach.deleted));
    else if (!reach.changed.empty())
        visit.foundAs(RiskLevel::Write, listed(reach.changed));
}

void ruleRewrite(const Visit &visit)
{
    const CatalogRelation *relation = target(visit);
    if (!relation)
        return;
    for (const Kind event : eventsOf(visit))
        for (const CatalogRewriteRule &rule : relation->rules)
            if (rule.event == (event == Kind::Insert ? 'i' : event == Kind::Update ? 'u' : 'd'))
                visit.found(rule.name);
}

std::string joined(const std::set<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text.append(text.empty() ? "" : ", ").append(word);
    return text.empty() ? "it cannot be told what" : text;
}

void triggerSideEffect(const Visit &visit)
{
    std::set<CodeKey> used;
    for (const CatalogRelation *relation : targets(visit)) {
        if (visit.type() == "TruncateStmt")
            used.insert({Kind::Truncate, relation->oid});
        for (const Kind event : eventsOf(visit))
            used.insert({event, relation->oid});
    }
    const Consequences consequences = visit.inspection().consequencesOf(used);
    if (consequences.level > RiskLevel::Write)
        visit.foundAs(consequences.level, joined(consequences.rules));
}

/// Defaults, constraints and indexes run their functions on whatever is written.
void writtenExpressions(const Visit &visit)
{
    const std::set<Kind> events = eventsOf(visit);
    const CatalogRelation *relation = target(visit);
    const CatalogRelation *table = relation ? changedTable(*visit.inspection().catalog(), *relation) : nullptr;
    if (!table || !(events.contains(Kind::Insert) || events.contains(Kind::Update)))
        return;
    if (visit.inspection().consequencesOf({{Kind::Expressions, table->oid}}).level > RiskLevel::Write)
        visit.found("a default, constraint or index of " + table->qualifiedName());
}

/// Whether a statement may write a column of a type, or one that holds it.
bool writesColumnOf(const Visit &visit, const CatalogRelation &table, Oid type)
{
    const bool isInsert = visit.type() == "InsertStmt" && !visit["onConflictClause"];
    const Node written = isInsert ? visit["cols"] : visit.type() == "UpdateStmt" ? visit["targetList"] : Node();
    return std::ranges::any_of(table.columns, [&](const CatalogColumn &column) {
        const auto isColumn = [&](Node item) { return item.as("ResTarget")["name"].text() == column.name; };
        return visit.inspection().catalog()->holdsType(column.typeOid, type)
            && (!written || std::ranges::any_of(written, isColumn));
    });
}

/// Casts that PostgreSQL calls by itself where a value is of another type than its column.
void silentCast(const Visit &visit)
{
    const Catalog *catalog = visit.inspection().catalog();
    if (!catalog)
        return;
    const CatalogRelation *relation = target(visit);
    const CatalogRelation *table = relation ? changedTable(*catalog, *relation) : nullptr;
    // A view may have other names for its columns.
    const bool isDirect = table && table == visit.inspection().relation(visit["relation"]);
    std::set<CodeKey> used;
    for (const CatalogCast &cast : catalog->casts())
        if (isSilent(cast) && (!isDirect || writesColumnOf(visit, *table, cast.targetOid))
            && mayCast(visit.inspection(), visit.inspection().root(), cast))
            used.insert({Kind::Routine, cast.routine});
    if (visit.inspection().consequencesOf(used).level > RiskLevel::Write)
        visit.found("a cast to the type of a column");
}

/// What a table that the text has made took over from others.
void writtenInheritance(const Visit &visit)
{
    const ScriptState &script = visit.inspection().script();
    const std::string name = relationName(changed(visit));
    const auto made = script.created.find(name);
    const auto gained = script.gained.find(name);
    if (eventsOf(visit).empty())
        return;
    std::set<CodeKey> used = gained == script.gained.end() ? std::set<CodeKey>() : gained->second;
    if (made != script.created.end()) {
        used.insert(made->second.uses.begin(), made->second.uses.end());
        if (!made->second.strangeType.empty())
            visit.found("reading a value as \"" + made->second.strangeType + '"');
    }
    if (visit.inspection().consequencesOf(used).level > RiskLevel::Write)
        visit.found("what " + name + " took over from other relations and types");
}

/// VALIDATE CONSTRAINT runs a condition on every row that there is.
void validatedTable(const Visit &visit)
{
    const CatalogRelation *table = visit.inspection().alteredRelation();
    if (table && visit["subtype"].text() == "AT_ValidateConstraint"
        && visit.inspection().consequencesOf({{Kind::Expressions, table->oid}}).level > RiskLevel::Write)
        visit.found("a constraint of " + table->qualifiedName());
}

void viewFunction(const Visit &visit)
{
    const CatalogRelation *relation = visit.inspection().relation(visit.node());
    if (!relation)
        return;
    std::set<CodeKey> used;
    if (relation->isView())
        used.insert({Kind::View, relation->oid});
    if (relation->rowSecurity)
        used.insert({Kind::Expressions, relation->oid});
    const Consequences consequences = visit.inspection().consequencesOf(used);
    if (consequences.level > RiskLevel::Read && (relation->isView() || consequences.level > RiskLevel::Write))
        visit.foundAs(std::max(RiskLevel::Destructive, consequences.level), relation->qualifiedName());
}

/// What REFRESH runs.
void refreshedFunction(const Visit &visit)
{
    const CatalogRelation *relation = target(visit);
    if (relation && visit.inspection().consequencesOf({{Kind::View, relation->oid}}).level > RiskLevel::Read)
        visit.found(relation->qualifiedName());
}

/// The RangeVar of what a statement creates.
Node createdRelation(const Visit &visit)
{
    for (const char *member : {"into", "intoClause"})
        if (const Node rel = visit[member]["rel"])
            return rel;
    for (const char *member : {"relation", "view", "sequence"})
        if (visit[member]["relname"])
            return visit[member];
    return {};
}

void tempShadow(const Visit &visit)
{
    const Node made = createdRelation(visit);
    const Catalog *catalog = visit.inspection().catalog();
    const bool temporary = made["relpersistence"].text() == "t" || made["schemaname"].text().starts_with("pg_temp");
    const std::string_view name = made["relname"].text();
    if (temporary && (isSystemRelation({}, name) || (catalog && catalog->relation({}, name))))
        visit.found(name);
}

/// A relation gets the name of another: PostgreSQL refuses that, unless one of the two is temporary.
void renamedOver(const Visit &visit)
{
    const Catalog *catalog = visit.inspection().catalog();
    const std::string_view kind = visit["renameType"].text();
    const bool relation =
        kind == "OBJECT_TABLE" || kind == "OBJECT_VIEW" || kind == "OBJECT_SEQUENCE" || kind == "OBJECT_MATVIEW";
    if (catalog && relation && catalog->relation(visit["relation"]["schemaname"].text(), visit["newname"].text()))
        visit.found(visit["newname"].text());
}

bool isHidden(Node rangeVar)
{
    const std::string_view schema = rangeVar["schemaname"].text();
    return schema.starts_with("pg_temp") || schema.starts_with("pg_toast");
}

void unknownRead(const Visit &visit)
{
    if (visit.inspection().isUnknownRelation(visit.node()) && !isHidden(visit.node()))
        visit.found(relationName(visit.node()));
}

void unknownTarget(const Visit &visit)
{
    if (visit.inspection().isUnknownRelation(visit["relation"]) && !isHidden(visit["relation"]))
        visit.foundAs(RiskLevel::Destructive, relationName(visit["relation"]));
}

void unknownColumn(const Visit &visit)
{
    const ColumnBinding *binding = visit.node().binding();
    const auto parts = nameParts(visit["fields"]);
    const bool isAdded = !parts.empty() && visit.inspection().script().addedColumns.contains(parts.back());
    if (binding && binding->isMissing && !isAdded)
        visit.found(dotted(nameParts(visit["fields"])));
}

void unknownAssignment(const Visit &visit)
{
    const CatalogRelation *relation = visit.inspection().relation(visit["relation"]);
    if (!relation)
        return;
    for (const Node item : visit[visit.type() == "InsertStmt" ? "cols" : "targetList"]) {
        const std::string_view name = item.as("ResTarget")["name"].text();
        if (!name.empty() && !relation->column(name) && !visit.inspection().script().addedColumns.contains(name))
            visit.foundAt(item.body(), name);
    }
}

constexpr Rule rules[] = {
    {"fk-cascade", RiskLevel::Destructive, "DeleteStmt|MergeStmt", fkCascade,
        "Foreign keys take rows of other tables along: %1.", "Delete or move those rows first, on purpose.", false,
        Sight::Catalog},
    {"rule-rewrite", RiskLevel::Destructive, "InsertStmt|UpdateStmt|DeleteStmt|MergeStmt", ruleRewrite,
        "The rule \"%1\" on this relation decides what really runs, not this text.",
        "Change the table behind it instead.", false, Sight::Catalog},
    {"trigger-side-effect", RiskLevel::Destructive, "InsertStmt|UpdateStmt|DeleteStmt|MergeStmt|CopyStmt|TruncateStmt",
        triggerSideEffect, "Triggers that this sets off do more than the text says (%1).",
        "Read their functions, and send what is meant itself.", false, Sight::Catalog},
    {"user-function", RiskLevel::Destructive, "InsertStmt|UpdateStmt|MergeStmt|CopyStmt", writtenExpressions,
        "Writing runs a function of somebody's own: %1.", "Review that function first.", false, Sight::Catalog},
    {"user-function", RiskLevel::Destructive, "AlterTableCmd", validatedTable,
        "This runs a function of somebody's own: %1.", "Review that function first.", false, Sight::Catalog},
    {"user-function", RiskLevel::Destructive, "InsertStmt|UpdateStmt|MergeStmt", silentCast,
        "Writing may run a function of somebody's own: %1.", "Review that function first.", false, Sight::Catalog},
    {"user-function", RiskLevel::Destructive, "InsertStmt|UpdateStmt|DeleteStmt|MergeStmt|CopyStmt", writtenInheritance,
        "Writing may run a function of somebody's own: %1.", "Review that function first.", false, Sight::Better},
    {"view-function", RiskLevel::Destructive, "RangeVar", viewFunction,
        "Reading \"%1\" runs functions that may change anything.", "Read the tables behind it instead.", true,
        Sight::Catalog},
    {"view-function", RiskLevel::Destructive, "RefreshMatViewStmt", refreshedFunction,
        "Refreshing \"%1\" runs functions that may change anything.", "Review those functions first.", false,
        Sight::Catalog},
    {"temp-shadow", RiskLevel::Critical, "CreateStmt|CreateTableAsStmt|SelectStmt|ViewStmt|CreateSeqStmt", tempShadow,
        "From here on, \"%1\" means this temporary relation, and no longer the real one.",
        "Choose a name that is free.", false, Sight::Better},
    {"temp-shadow", RiskLevel::Critical, "RenameStmt", renamedOver,
        "From here on, \"%1\" may mean another relation than the one of that name.", "Choose a name that is free.",
        false, Sight::Catalog},
    {"unknown-relation", RiskLevel::Write, "RangeVar", unknownRead,
        "The catalogue knows no relation \"%1\": what it would do cannot be told.",
        "Correct the name, or write its schema before it.", false, Sight::Catalog},
    {"unknown-relation", RiskLevel::Write, "InsertStmt|UpdateStmt|DeleteStmt|MergeStmt", unknownTarget,
        "The catalogue knows no relation \"%1\": what hangs on it cannot be told.",
        "Correct the name, or write its schema before it.", false, Sight::Catalog},
    {"unknown-column", RiskLevel::Write, "ColumnRef", unknownColumn, "Nothing that is read here has a column \"%1\".",
        "Correct the name, or write its table before it.", false, Sight::Catalog},
    {"unknown-column", RiskLevel::Write, "InsertStmt|UpdateStmt", unknownAssignment,
        "The relation has no column \"%1\".", "Correct the name.", false, Sight::Catalog},
};

} // namespace

std::span<const Rule> catalogRules()
{
    return rules;
}

} // namespace holdpoint
