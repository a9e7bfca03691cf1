// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/locktaker.h"

#include "core/analysis/names.h"
#include "core/analysis/parser.h"
#include "core/analysis/statementkind.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// Whether a locking clause of a SELECT means a relation of this FROM.
bool marks(Node locking, Node rangeVar)
{
    const std::string_view alias = rangeVar["alias"]["aliasname"].text();
    const std::string_view name = alias.empty() ? rangeVar["relname"].text() : alias;
    return std::ranges::any_of(locking, [&](Node item) {
        const Node names = item.as("LockingClause")["lockedRels"];
        return !names
            || std::ranges::any_of(names, [&](Node each) { return each.as("RangeVar")["relname"].text() == name; });
    });
}

/// The one table that an updatable view shows.
Node shownTable(Node select)
{
    const Node from = select["fromClause"];
    return from.count() == 1 ? (*from.begin()).as("RangeVar") : Node();
}

} // namespace

void LockTaker::take(const QString &table, LockMode mode, bool withDescendants)
{
    const auto known = std::ranges::find(m_locks, table, &TableLock::table);
    if (known == m_locks.end()) {
        m_locks.append({.table = table, .mode = mode, .withDescendants = withDescendants});
        return;
    }
    known->mode = std::max(known->mode, mode);
    known->withDescendants = known->withDescendants || withDescendants;
}

void LockTaker::take(const CatalogRelation &relation, LockMode mode, Family family)
{
    const bool along = family == Family::Along && m_catalog->withDescendants(relation).size() > 1;
    take(QString::fromStdString(relation.qualifiedName()), mode, along);
}

void LockTaker::take(Node rangeVar, LockMode mode, Family family)
{
    if (const CatalogRelation *known = relation(rangeVar))
        take(*known, mode, rangeVar["inh"].truth() ? family : Family::Alone);
    else
        take(QString::fromStdString(relationName(rangeVar)), mode);
}

void LockTaker::take(const std::vector<std::string_view> &parts, LockMode mode, Family family)
{
    if (parts.empty())
        return takeUnknown(mode);
    const std::string_view schema = parts.size() > 1 ? parts[parts.size() - 2] : std::string_view();
    if (const CatalogRelation *known = m_catalog ? m_catalog->relation(schema, parts.back()) : nullptr)
        take(*known, mode, family);
    else
        take(QString::fromStdString(dotted(parts)), mode);
}

void LockTaker::takeUnknown(LockMode mode)
{
    take(u"unknown"_s, mode);
}

QList<TableLock> LockTaker::locks() const
{
    const bool plain =
        std::ranges::all_of(m_locks, [](const TableLock &lock) { return lock.mode == LockMode::AccessShare; });
    return plain ? QList<TableLock>() : m_locks;
}

const CatalogRelation *LockTaker::relation(Node rangeVar) const
{
    return m_catalog ? m_catalog->relation(rangeVar["schemaname"].text(), rangeVar["relname"].text()) : nullptr;
}

void LockTaker::read(Node tree)
{
    const std::string_view type = tree.type();
    if (type == "RangeVar")
        return takeRead(tree.body(), LockMode::AccessShare);
    if (type == "SelectStmt")
        return select(tree.body(), LockMode::AccessShare);
    if (isRowChange(type))
        return change(type, tree.body());
    for (const Node child : type.empty() ? tree : tree.body())
        read(child);
}

void LockTaker::takeItems(Node with)
{
    const bool recursive = with["recursive"].truth();
    for (const Node item : with["ctes"])
        if (recursive)
            m_items.push_back(item.as("CommonTableExpr")["ctename"].text());
    for (const Node item : with["ctes"]) {
        const Node cte = item.as("CommonTableExpr");
        read(cte["ctequery"]);
        if (!recursive)
            m_items.push_back(cte["ctename"].text());
    }
}

void LockTaker::select(Node body, LockMode marks)
{
    const std::size_t scope = m_items.size();
    takeItems(body["withClause"]);
    const Node locking = body["lockingClause"];
    for (const Node member : body) {
        const std::string_view key = member.key();
        if (key == "larg" || key == "rarg")
            select(member, marks);
        else if (key == "fromClause")
            for (const Node item : member)
                from(item, locking, marks);
        else if (key != "withClause" && key != "lockingClause")
            read(member);
    }
    m_items.resize(scope);
}

void LockTaker::from(Node item, Node locking, LockMode mode)
{
    const std::string_view type = item.type();
    const Node body = item.body();
    const LockMode marked = marks(locking, body) ? std::max(LockMode::RowShare, mode) : mode;
    if (type == "RangeVar")
        takeRead(body, marked);
    else if (type == "RangeSubselect")
        select(body["subquery"].body(), marked);
    else if (type == "JoinExpr" || type == "RangeTableSample")
        for (const Node member : body)
            if (const std::string_view key = member.key(); key == "larg" || key == "rarg" || key == "relation")
                from(member, locking, mode);
            else
                read(member);
    else
        read(item);
}

void LockTaker::takeRead(Node rangeVar, LockMode mode)
{
    const std::string_view schema = rangeVar["schemaname"].text(), name = rangeVar["relname"].text();
    if ((schema.empty() && std::ranges::contains(m_items, name))
        || (mode == LockMode::AccessShare && isSystemRelation(schema, name)))
        return;
    take(rangeVar, mode);
    if (const CatalogRelation *known = relation(rangeVar); known && known->isView())
        openView(*known, mode);
}

void LockTaker::lock(Node rangeVar, LockMode mode)
{
    take(rangeVar, mode);
    if (const CatalogRelation *known = relation(rangeVar); known && known->isView())
        openView(*known, mode);
}

void LockTaker::openView(const CatalogRelation &view, LockMode mode)
{
    if (!m_opened.emplace(view.oid, mode).second)
        return;
    const auto parsed = parseSql(QByteArray::fromStdString(view.definition));
    if (!parsed || parsed->statements.size() != 1)
        return takeUnknown();
    const std::vector<std::string_view> outside = std::exchange(m_items, {});
    const Node query = parsed->statements.front().node.as("SelectStmt");
    const bool isReplaced = std::ranges::any_of(view.triggers, &CatalogTrigger::isInsteadOf);
    const Node table = mode == LockMode::RowExclusive && !isReplaced ? shownTable(query) : Node();
    if (table)
        lock(table, LockMode::RowExclusive);
    select(query, mode == LockMode::RowExclusive ? LockMode::AccessShare : mode);
    m_items = outside;
}

void LockTaker::change(std::string_view type, Node body)
{
    const std::size_t scope = m_items.size();
    takeItems(body["withClause"]);
    lock(body["relation"], LockMode::RowExclusive);
    for (const Node member : body)
        if (member.key() != "withClause" && member.key() != "relation")
            read(member);
    if (m_catalog && type != "DeleteStmt")
        checkKeys(type, body);
    m_items.resize(scope);
}

/// What a foreign key refers to is looked up and kept from going away.
void LockTaker::checkKeys(std::string_view type, Node body)
{
    const CatalogRelation *table = relation(body["relation"]);
    if (!table)
        return;
    std::vector<std::string_view> assigned;
    for (const Node item : body["targetList"])
        assigned.push_back(item.as("ResTarget")["name"].text());
    for (const CatalogForeignKey *key : m_catalog->keysOf(*table)) {
        const bool concerned = type != "UpdateStmt" || std::ranges::any_of(key->fromColumns, [&](const auto &column) {
            return std::ranges::contains(assigned, std::string_view(column));
        });
        if (const CatalogRelation *to = m_catalog->relation(key->to); to && concerned)
            take(*to, LockMode::RowShare);
    }
}

} // namespace holdpoint
