// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/catalog.h"
#include "core/analysis/tree.h"
#include "core/assessment/tablelock.h"

#include <QList>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace holdpoint {

/// Gathers the locks of one statement: one for each relation, the strongest. What queries in it take it finds itself;
/// with a catalogue it looks through views and foreign keys.
class LockTaker
{
public:
    /// Whether a lock goes on to what inherits from its table.
    enum class Family { Along, Alone };

    explicit LockTaker(const Catalog *catalog)
        : m_catalog(catalog)
    {
    }

    /// Of the relation that a RangeVar's body names; `ONLY` leaves its family out in any case.
    void take(Node rangeVar, LockMode mode, Family family = Family::Along);
    /// Of the relation that parts of a name mean.
    void take(const std::vector<std::string_view> &parts, LockMode mode, Family family = Family::Along);
    void take(const CatalogRelation &relation, LockMode mode, Family family = Family::Alone);
    void take(const QString &table, LockMode mode, bool withDescendants = false);
    void takeUnknown(LockMode mode = LockMode::Unknown);

    /// What LOCK TABLE and a change of rows take: of a view, of what it shows too.
    void lock(Node rangeVar, LockMode mode);
    /// What running a view's query takes.
    void readDefinition(const CatalogRelation &view) { openView(view, LockMode::AccessShare); }
    /// Everything that a tree reads, and what changes of rows inside it take.
    void read(Node tree);

    /// What a change of rows takes; @p type is `InsertStmt`, `UpdateStmt`, `DeleteStmt`, `MergeStmt` or `CopyStmt`.
    void change(std::string_view type, Node body);

    const CatalogRelation *relation(Node rangeVar) const;
    const Catalog *catalog() const { return m_catalog; }
    bool hasTaken() const { return !m_locks.isEmpty(); }
    /// Nothing if nothing beyond ACCESS SHARE was taken.
    QList<TableLock> locks() const;

private:
    void select(Node body, LockMode marks);
    void from(Node item, Node locking, LockMode marks);
    void checkKeys(std::string_view type, Node body);
    void takeItems(Node with);
    void takeRead(Node rangeVar, LockMode mode);
    void openView(const CatalogRelation &view, LockMode mode);

    const Catalog *m_catalog;
    QList<TableLock> m_locks;
    std::vector<std::string_view> m_items; ///< WITH items in sight
    std::set<std::pair<Oid, LockMode>> m_opened; ///< views that were looked through
};

} // namespace holdpoint
