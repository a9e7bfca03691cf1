// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rewriting/reach.h"

#include "core/analysis/catalog.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr std::size_t mostSteps = 64;

QString quoted(const std::string &name)
{
    return u'"' + QString::fromStdString(name).replace(u'"', "\"\""_L1) + u'"';
}

QString quoted(const CatalogRelation &table)
{
    return quoted(table.schema) + u'.' + quoted(table.name);
}

QString columnsOf(QStringView alias, const std::vector<std::string> &names)
{
    QStringList list;
    for (const std::string &name : names)
        list.append(u"%1.%2"_s.arg(alias, quoted(name)));
    return list.join(u", "_s);
}

bool share(const std::vector<std::string> &a, const std::vector<std::string> &b)
{
    return std::ranges::any_of(a, [&](const std::string &each) { return std::ranges::contains(b, each); });
}

/// Rows of one table that are deleted or changed; the first step is the statement's own rows.
struct Step
{
    const CatalogRelation *table = nullptr;
    bool deletes = false;
    std::vector<std::string> changed; ///< columns, where rows are not deleted
    std::vector<const CatalogForeignKey *> keys; ///< that lead here
    std::vector<std::size_t> from; ///< where each of `keys` comes from
    Reached::Action action = Reached::Action::Delete;
    int hops = 0;
};

class Reach
{
public:
    Reach(const RowQueries &change, const Catalog &catalog)
        : m_change(change)
        , m_catalog(catalog)
    {
        Step start;
        start.table = change.table;
        start.deletes = change.kind == RowQueries::Kind::Delete;
        start.changed = change.changedKeys;
        m_steps.push_back(start);
    }

    QList<Reached> read()
    {
        for (std::size_t at = 0; at < m_steps.size() && m_steps.size() <= mostSteps; ++at)
            follow(at);
        QList<Reached> reached;
        for (std::size_t at = 1; at < m_steps.size(); ++at)
            reached.append(describe(at));
        if (m_steps.size() > mostSteps)
            for (Reached &each : reached)
                setUnknown(each, u"foreign keys lead to more than %1 places"_s.arg(mostSteps));
        return reached;
    }

private:
    using Action = Reached::Action;

    static void setUnknown(Reached &reached, const QString &why)
    {
        reached.rowsSelect.clear();
        reached.unknownBecause = why;
    }

    static Action actionOf(char code, bool deletes)
    {
        switch (code) {
        case 'c':
            return deletes ? Action::Delete : Action::Update;
        case 'n':
            return Action::SetNull;
        case 'd':
            return Action::SetDefault;
        default:
            return Action::Refuse;
        }
    }

    void follow(std::size_t at)
    {
        const Step step = m_steps[at];
        if (step.action == Action::Refuse)
            return;
        for (const CatalogForeignKey *key : m_catalog.referencing(*step.table)) {
            const CatalogRelation *child = m_catalog.relation(key->from);
            if (!child || (!step.deletes && !share(key->toColumns, step.changed)))
                continue;
            add(at, *key, *child, actionOf(step.deletes ? key->onDelete : key->onUpdate, step.deletes));
        }
    }

    void add(std::size_t from, const CatalogForeignKey &key, const CatalogRelation &child, Action action)
    {
        if (action == Action::Delete)
            for (std::size_t at = 1; at < m_steps.size(); ++at)
                if (Step &known = m_steps[at]; known.deletes && known.table == &child) {
                    known.keys.push_back(&key);
                    known.from.push_back(from);
                    return;
                }
        Step step;
        step.table = &child;
        step.deletes = action == Action::Delete;
        step.changed = key.fromColumns;
        step.keys = {&key};
        step.from = {from};
        step.action = action;
        step.hops = m_steps[from].hops + 1;
        m_steps.push_back(step);
    }

    /// Whatever has to be known first, in an order that works; false where steps wait for each other.
    bool order(std::size_t at, std::vector<std::size_t> &done, std::set<std::size_t> &open) const
    {
        if (std::ranges::contains(done, at))
            return true;
        if (!open.insert(at).second)
            return false;
        for (const std::size_t from : m_steps[at].from)
            if (from != at && !order(from, done, open))
                return false;
        open.erase(at);
        done.push_back(at);
        return true;
    }

    static QString nameOf(std::size_t at) { return u"holdpoint_%1"_s.arg(at); }

    QString selected(std::size_t at) const
    {
        const QString keys = columnsOf(u"x", referencedColumns(m_catalog, *m_steps[at].table));
        return keys.isEmpty() ? u"x.tableoid, x.ctid"_s : u"x.tableoid, x.ctid, "_s + keys;
    }

    /// The server looks at the rows of an ordinary table alone, not at those of its children.
    static QString tableText(const CatalogRelation &table)
    {
        return (table.kind == 'p' ? QString() : u"ONLY "_s) + quoted(table) + u" AS x"_s;
    }

    QString parentRows(const CatalogForeignKey &key, std::size_t from) const
    {
        const QString rows = u"SELECT %1 FROM %2 AS p"_s.arg(columnsOf(u"p", key.toColumns), nameOf(from));
        const CatalogRelation *to = m_catalog.relation(key.to);
        if (!to || to->kind == 'p' || m_catalog.withDescendants(*m_steps[from].table).size() == 1)
            return rows;
        return rows + u" WHERE p.tableoid = '%1'::pg_catalog.regclass"_s.arg(quoted(*to).replace(u'\'', "''"_L1));
    }

    QString matches(const CatalogForeignKey &key, std::size_t from) const
    {
        return u"(%1) IN (%2)"_s.arg(columnsOf(u"x", key.fromColumns), parentRows(key, from));
    }

    /// Steps whose rows refer to rows of the same table need recursion.
    QString bodyOf(std::size_t at) const
    {
        const Step &step = m_steps[at];
        QStringList parts, again;
        for (std::size_t index = 0; index < step.keys.size(); ++index) {
            const CatalogForeignKey &key = *step.keys[index];
            if (step.from[index] != at) {
                parts.append(u"SELECT %1 FROM %2 WHERE %3"_s.arg(
                    selected(at), tableText(*step.table), matches(key, step.from[index])));
                continue;
            }
            QStringList equal;
            for (std::size_t column = 0; column < key.fromColumns.size(); ++column)
                equal.append(u"x.%1 = p.%2"_s.arg(quoted(key.fromColumns[column]), quoted(key.toColumns[column])));
            again.append(u"(%1)"_s.arg(equal.join(u" AND "_s)));
        }
        if (!again.isEmpty())
            parts.append(u"SELECT %1 FROM %2 JOIN %3 AS p ON %4"_s.arg(
                selected(at), tableText(*step.table), nameOf(at), again.join(u" OR "_s)));
        return parts.join(u" UNION "_s);
    }

    /// Rows that go anyway are not counted as kept from going, nor as changed, nor twice.
    std::vector<std::size_t> goneIn(std::size_t at) const
    {
        std::vector<std::size_t> gone;
        const auto isSameTable = [&](std::size_t other) {
            return std::ranges::contains(m_catalog.withDescendants(*m_steps[other].table), m_steps[at].table)
                || std::ranges::contains(m_catalog.withDescendants(*m_steps[at].table), m_steps[other].table);
        };
        // Of two steps that delete, the later one leaves out what the earlier one has.
        const std::size_t end = m_steps[at].deletes ? at : m_steps.size();
        for (std::size_t other = 0; other < end; ++other)
            if (other != at && m_steps[other].deletes && isSameTable(other))
                gone.push_back(other);
        return gone;
    }

    Reached describe(std::size_t at) const
    {
        const Step &step = m_steps[at];
        Reached reached;
        reached.table = QString::fromStdString(step.table->qualifiedName());
        reached.through = QString::fromStdString(m_steps[step.from.front()].table->qualifiedName());
        for (const CatalogForeignKey *key : step.keys)
            reached.constraints.append(QString::fromStdString(key->name));
        reached.action = step.action;
        reached.hops = step.hops;
        if (m_change.places.isEmpty()) {
            setUnknown(reached, m_change.placesUnknownBecause);
            return reached;
        }
        std::vector<std::size_t> needed;
        std::set<std::size_t> open;
        bool ordered = order(at, needed, open);
        QString rows = u" SELECT 1 FROM %1 AS x"_s.arg(nameOf(at));
        QStringList kept;
        for (const std::size_t gone : goneIn(at)) {
            ordered = ordered && order(gone, needed, open);
            kept.append(u"NOT EXISTS (SELECT 1 FROM %1 AS g WHERE g.tableoid = x.tableoid AND g.ctid = x.ctid)"_s.arg(
                nameOf(gone)));
        }
        if (!ordered) {
            setUnknown(reached, u"foreign keys lead in a circle"_s);
            return reached;
        }
        QStringList items;
        for (const std::size_t each : needed)
            items.append(u"%1 AS (%2)"_s.arg(nameOf(each), each == 0 ? m_change.places : bodyOf(each)));
        reached.rowsSelect = u"WITH RECURSIVE "_s + items.join(u", "_s) + rows;
        if (!kept.isEmpty())
            reached.rowsSelect += u" WHERE "_s + kept.join(u" AND "_s);
        return reached;
    }

    const RowQueries &m_change;
    const Catalog &m_catalog;
    std::vector<Step> m_steps;
};

} // namespace

std::vector<std::string> referencedColumns(const Catalog &catalog, const CatalogRelation &table)
{
    std::vector<std::string> columns;
    for (const CatalogForeignKey *key : catalog.referencing(table))
        for (const std::string &column : key->toColumns)
            if (!std::ranges::contains(columns, column))
                columns.push_back(column);
    return columns;
}

QList<Reached> reachOf(const RowQueries &change, const Catalog &catalog)
{
    const bool isFollowed = change.table
        && (change.kind == RowQueries::Kind::Delete
            || (change.kind == RowQueries::Kind::Update && !change.changedKeys.empty()));
    return isFollowed ? Reach(change, catalog).read() : QList<Reached>();
}

} // namespace holdpoint
