// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/locks.h"

#include "core/analysis/alterlocks.h"
#include "core/analysis/cascades.h"
#include "core/analysis/names.h"
#include "core/analysis/statementkind.h"
#include "core/analysis/treesearch.h"

#include <array>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Family = LockTaker::Family;
using Parts = std::vector<std::string_view>;

LockMode unless(bool gentle, LockMode gentleMode, LockMode mode)
{
    return gentle ? gentleMode : mode;
}

/// What a DROP or a COMMENT names: a list of the parts of a name, or one word.
Parts partsOf(Node object)
{
    if (object.type() == "String")
        return {object.body()["sval"].text()};
    return nameParts(object.as("List")["items"]);
}

/// Whether something is a part of a table, and named behind the table's name.
bool isOnTable(std::string_view objectType)
{
    static constexpr std::array<std::string_view, 5> parts{
        "OBJECT_TRIGGER", "OBJECT_RULE", "OBJECT_POLICY", "OBJECT_TABCONSTRAINT", "OBJECT_COLUMN"};
    return std::ranges::contains(parts, objectType);
}

bool isRelation(std::string_view objectType)
{
    static constexpr std::array<std::string_view, 6> kinds{
        "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE", "OBJECT_SEQUENCE", "OBJECT_INDEX"};
    return std::ranges::contains(kinds, objectType);
}

/// Whether a finding says that code runs which may take any lock.
bool runsCode(const Statement &statement)
{
    static constexpr std::array names{"user-function"_L1, "view-function"_L1, "rule-rewrite"_L1,
        "trigger-side-effect"_L1, "do-block"_L1, "call-procedure"_L1, "dynamic-sql"_L1, "opaque-body"_L1,
        "opaque-execute"_L1, "unknown-construct"_L1, "unknown-statement"_L1};
    return std::ranges::any_of(
        statement.findings, [](const Finding &finding) { return std::ranges::contains(names, finding.rule); });
}

/// Whether a query says FOR UPDATE or the like: without it, what only reads takes no more than ACCESS SHARE.
bool locksRows(Node select)
{
    return anyNode(select, [](std::string_view type, Node) { return type == "LockingClause"; });
}

void takeAll(LockTaker &taker, Node list, LockMode mode)
{
    for (const Node item : list)
        taker.take(item.as("RangeVar"), mode);
}

void query(LockTaker &taker, Node body)
{
    taker.read(body["query"]);
}

void everything(LockTaker &taker, Node)
{
    taker.takeUnknown();
}

void copy(LockTaker &taker, Node body)
{
    if (body["is_from"].truth())
        taker.change("CopyStmt", body);
    else if (body["relation"])
        taker.take(body["relation"], LockMode::AccessShare);
    taker.read(body["query"]);
}

void truncate(LockTaker &taker, Node body)
{
    takeAll(taker, body["relations"], LockMode::AccessExclusive);
    if (body["behavior"].text() != "DROP_CASCADE")
        return;
    for (const Node item : body["relations"]) {
        const CatalogRelation *table = taker.relation(item.as("RangeVar"));
        if (!table)
            return taker.takeUnknown(LockMode::AccessExclusive);
        for (const CatalogRelation *along : truncatedAlong(*taker.catalog(), *table))
            taker.take(*along, LockMode::AccessExclusive, Family::Along);
    }
}

/// With a table go its partitions and its foreign keys, which have triggers on both tables; a partition's table must
/// do without it.
void dropTable(LockTaker &taker, const CatalogRelation &table, bool cascades)
{
    const Catalog &catalog = *taker.catalog();
    for (const CatalogRelation *each : catalog.withDescendants(table))
        for (const CatalogForeignKey *key : catalog.keysOf(*each))
            if (const CatalogRelation *to = catalog.relation(key->to))
                taker.take(*to, LockMode::AccessExclusive);
    for (const Oid parent : table.parents)
        if (const CatalogRelation *whole = catalog.relation(parent); whole && whole->kind == 'p')
            taker.take(*whole, LockMode::AccessExclusive);
    if (!cascades)
        return;
    for (const CatalogForeignKey *key : catalog.referencing(table))
        if (const CatalogRelation *from = catalog.relation(key->from))
            taker.take(*from, LockMode::AccessExclusive);
    for (const CatalogRelation *view : viewsDroppedAlong(catalog, table))
        taker.take(*view, LockMode::AccessExclusive);
}

void dropRelation(LockTaker &taker, const Parts &name, bool cascades)
{
    taker.take(name, LockMode::AccessExclusive);
    const std::string_view schema = name.size() > 1 ? name[name.size() - 2] : std::string_view();
    const Catalog *catalog = taker.catalog();
    if (const CatalogRelation *known = catalog && !name.empty() ? catalog->relation(schema, name.back()) : nullptr)
        dropTable(taker, *known, cascades);
    else if (cascades)
        taker.takeUnknown(LockMode::AccessExclusive);
}

void drop(LockTaker &taker, Node body)
{
    const std::string_view kind = body["removeType"].text();
    const bool cascades = body["behavior"].text() == "DROP_CASCADE";
    for (const Node object : body["objects"]) {
        Parts name = partsOf(object);
        if (isOnTable(kind) && !name.empty()) {
            name.pop_back();
            taker.take(name, LockMode::AccessExclusive);
        } else if (kind == "OBJECT_INDEX")
            taker.take(
                name, unless(body["concurrent"].truth(), LockMode::ShareUpdateExclusive, LockMode::AccessExclusive));
        else if (isRelation(kind))
            dropRelation(taker, name, cascades);
        else if (cascades || kind == "OBJECT_SCHEMA" || kind == "OBJECT_EXTENSION" || kind == "OBJECT_STATISTIC_EXT")
            taker.takeUnknown();
    }
}

void comment(LockTaker &taker, Node body)
{
    const std::string_view kind = body["objtype"].text();
    Parts name = partsOf(body["object"]);
    const bool isPart = isOnTable(kind) && !name.empty();
    if (isPart)
        name.pop_back();
    if (isPart && kind != "OBJECT_COLUMN")
        taker.take(name, LockMode::AccessShare, Family::Alone);
    else if (isPart || isRelation(kind))
        taker.take(name, LockMode::ShareUpdateExclusive, Family::Alone);
}

void createIndex(LockTaker &taker, Node body)
{
    taker.take(body["relation"], unless(body["concurrent"].truth(), LockMode::ShareUpdateExclusive, LockMode::Share));
}

void reindex(LockTaker &taker, Node body)
{
    const LockMode mode =
        unless(bool(option(body["params"], "concurrently")), LockMode::ShareUpdateExclusive, LockMode::Share);
    if (body["relation"])
        taker.take(body["relation"], mode);
    else
        taker.takeUnknown(mode);
}

void cluster(LockTaker &taker, Node body)
{
    if (body["relation"])
        taker.take(body["relation"], LockMode::AccessExclusive);
    else
        taker.takeUnknown(LockMode::AccessExclusive);
}

void vacuum(LockTaker &taker, Node body)
{
    const LockMode mode =
        unless(!option(body["options"], "full"), LockMode::ShareUpdateExclusive, LockMode::AccessExclusive);
    for (const Node item : body["rels"])
        taker.take(item.as("VacuumRelation")["relation"], mode);
    if (!body["rels"])
        taker.takeUnknown(mode);
}

void refresh(LockTaker &taker, Node body)
{
    taker.take(body["relation"], unless(body["concurrent"].truth(), LockMode::Exclusive, LockMode::AccessExclusive));
    if (const CatalogRelation *view = taker.relation(body["relation"]))
        taker.readDefinition(*view);
}

void createTrigger(LockTaker &taker, Node body)
{
    taker.take(body["relation"], LockMode::ShareRowExclusive);
    if (body["constrrel"])
        taker.take(body["constrrel"], LockMode::AccessShare);
}

void createRule(LockTaker &taker, Node body)
{
    taker.take(body["relation"], LockMode::AccessExclusive);
}

void changePolicy(LockTaker &taker, Node body)
{
    taker.take(body["table"], LockMode::AccessExclusive);
    taker.read(body["qual"]);
    taker.read(body["with_check"]);
}

void lockTable(LockTaker &taker, Node body)
{
    const auto mode = body["mode"].number();
    const bool known = mode >= 1 && mode <= std::ssize(lockModes) - 1;
    for (const Node item : body["relations"])
        taker.lock(item.as("RangeVar"), known ? lockModes[static_cast<std::size_t>(mode) - 1] : LockMode::Unknown);
}

/// What a new table refers to, is made like, or becomes a part of.
void createTable(LockTaker &taker, Node body)
{
    const Node create = body["base"] ? body["base"] : body;
    for (const Node parent : create["inhRelations"])
        taker.take(parent.as("RangeVar"),
            unless(!create["partbound"], LockMode::ShareUpdateExclusive, LockMode::AccessExclusive), Family::Alone);
    const auto reference = [&](Node constraint) {
        if (constraint["contype"].text() == "CONSTR_FOREIGN")
            taker.take(constraint["pktable"], LockMode::ShareRowExclusive);
    };
    for (const Node element : create["tableElts"]) {
        reference(element.as("Constraint"));
        for (const Node constraint : element.as("ColumnDef")["constraints"])
            reference(constraint.as("Constraint"));
        if (const Node like = element.as("TableLikeClause"))
            taker.take(like["relation"], LockMode::AccessShare, Family::Alone);
    }
}

void createView(LockTaker &taker, Node body)
{
    if (body["replace"].truth())
        taker.take(body["view"], LockMode::AccessExclusive);
    taker.read(body["query"]);
}

void createStatistics(LockTaker &taker, Node body)
{
    takeAll(taker, body["relations"], LockMode::ShareUpdateExclusive);
}

void publish(LockTaker &taker, Node body)
{
    for (const Node item : body["pubobjects"])
        if (const Node table = item.as("PublicationObjSpec")["pubtable"])
            taker.take(table["relation"], LockMode::ShareUpdateExclusive);
}

void rename(LockTaker &taker, Node body)
{
    const bool gentle = body["renameType"].text() == "OBJECT_INDEX";
    if (body["relation"])
        taker.take(body["relation"], unless(gentle, LockMode::ShareUpdateExclusive, LockMode::AccessExclusive));
}

void moveObject(LockTaker &taker, Node body)
{
    if (body["relation"])
        taker.take(body["relation"], LockMode::AccessExclusive, Family::Alone);
}

void alterSequence(LockTaker &taker, Node body)
{
    taker.take(body["sequence"], LockMode::ShareRowExclusive);
}

void createSchema(LockTaker &taker, Node body);

struct Entry
{
    std::string_view type;
    void (*take)(LockTaker &, Node);
};

constexpr std::array entries = std::to_array<Entry>({{"CopyStmt", copy}, {"TruncateStmt", truncate}, {"DropStmt", drop},
    {"AlterTableStmt", takeAltered}, {"CreateStmt", createTable}, {"CreateForeignTableStmt", createTable},
    {"CreateTableAsStmt", query}, {"ExplainStmt", query}, {"PrepareStmt", query}, {"DeclareCursorStmt", query},
    {"ViewStmt", createView}, {"IndexStmt", createIndex}, {"ReindexStmt", reindex}, {"ClusterStmt", cluster},
    {"VacuumStmt", vacuum}, {"RefreshMatViewStmt", refresh}, {"CreateTrigStmt", createTrigger},
    {"RuleStmt", createRule}, {"CreatePolicyStmt", changePolicy}, {"AlterPolicyStmt", changePolicy},
    {"LockStmt", lockTable}, {"CommentStmt", comment}, {"SecLabelStmt", comment}, {"CreateStatsStmt", createStatistics},
    {"CreatePublicationStmt", publish}, {"AlterPublicationStmt", publish}, {"RenameStmt", rename},
    {"AlterObjectSchemaStmt", moveObject}, {"AlterObjectDependsStmt", moveObject}, {"AlterSeqStmt", alterSequence},
    {"CreateSchemaStmt", createSchema}, {"DoStmt", everything}, {"CallStmt", everything}, {"ExecuteStmt", everything},
    {"DropOwnedStmt", everything}, {"ReassignOwnedStmt", everything}, {"CreateExtensionStmt", everything},
    {"AlterExtensionStmt", everything}, {"AlterExtensionContentsStmt", everything},
    {"AlterTableMoveAllStmt", everything}, {"AlterDomainStmt", everything}, {"ImportForeignSchemaStmt", everything}});

void takeFor(LockTaker &taker, Node statement)
{
    const std::string_view type = statement.type();
    if (type == "SelectStmt" || isRowChange(type))
        return taker.read(statement);
    if (!isKnownStatement(type))
        return taker.takeUnknown();
    const auto entry = std::ranges::find(entries, type, &Entry::type);
    if (entry != entries.end())
        entry->take(taker, statement.body());
}

void createSchema(LockTaker &taker, Node body)
{
    for (const Node element : body["schemaElts"])
        takeFor(taker, element);
}

} // namespace

QList<TableLock> locksOf(Node statement, const Statement &inspected, const Catalog *catalog)
{
    if (inspected.level == RiskLevel::Read && statement.type() == "SelectStmt" && !locksRows(statement))
        return {};
    LockTaker taker(catalog);
    takeFor(taker, statement);
    for (const Effect &effect : inspected.effects)
        for (const Reached &reached : effect.reached)
            taker.take(reached.table,
                unless(reached.action == Reached::Action::Refuse, LockMode::RowShare, LockMode::RowExclusive));
    if (runsCode(inspected))
        taker.takeUnknown();
    return taker.locks();
}

} // namespace holdpoint
