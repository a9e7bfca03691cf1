// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rewriting/rewriter.h"

#include "core/analysis/codereach.h"
#include "core/analysis/rewriting/newvalues.h"
#include "core/analysis/rewriting/reach.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

using namespace pgtree;

namespace {

using Kind = RowChange::Kind;

/// A query of the places that a change reads, without a target list.
SelectStmt *frame(const RowChange &change)
{
    auto *select = made<SelectStmt>(T_SelectStmt);
    select->fromClause = change.from;
    select->whereClause = change.where;
    select->withClause = change.with;
    return select;
}

List *place(const RowChange &change)
{
    const char *table = nameIn(*change.relation);
    return list_make2(column(table, "tableoid"), column(table, "ctid"));
}

/// With other relations in play a row may match more than once and is still changed once: then each place counts once.
SelectStmt *rowsOf(const RowChange &change)
{
    if (!change.from)
        return change.source;
    SelectStmt *select = frame(change);
    if (!change.repeats) {
        select->targetList = list_make1(target(one()));
        return select;
    }
    select->distinctClause = list_make1(nullptr);
    for (PgNode *part : {column(nameIn(*change.relation), "tableoid"), column(nameIn(*change.relation), "ctid")})
        select->targetList = lappend(select->targetList, target(part));
    return select;
}

/// Whether a column that foreign keys refer to gets another value.
PgNode *referenceChanges(const RowChange &change, const NewValues &values, const std::vector<std::string> &referenced)
{
    PgNode *any = nullptr;
    for (qsizetype index = 0; index < values.columns.size(); ++index) {
        const std::string column = values.columns[index].column.toStdString();
        if (!std::ranges::contains(referenced, column))
            continue;
        PgNode *value = static_cast<ResTarget *>(list_nth(values.targets, static_cast<int>(index)))->val;
        PgNode *changes = isDistinct(pgtree::column(nameIn(*change.relation), name(column)), value);
        any = any ? node(makeBoolExpr(OR_EXPR, list_make2(any, changes), -1)) : changes;
    }
    return any;
}

QList<PreviewColumn> columnsOf(const CatalogRelation &table)
{
    QList<PreviewColumn> columns;
    for (const CatalogColumn &column : table.columns)
        columns.append({.name = QString::fromStdString(column.name),
            .type = QString::fromStdString(column.type),
            .isKey = !table.keys.empty() && std::ranges::contains(table.keys.front(), column.name)});
    return columns;
}

/// The rows of a table that is only being made, each as one text.
QString wholeRows(SelectStmt *source)
{
    auto *from = made<RangeSubselect>(T_RangeSubselect);
    from->subquery = node(source);
    from->alias = makeAlias("holdpoint_rows", nullptr);
    auto *row = made<ColumnRef>(T_ColumnRef);
    row->fields = list_make1(makeString(name("holdpoint_rows")));
    auto *select = made<SelectStmt>(T_SelectStmt);
    select->targetList = list_make1(target(shown(node(row)), "row"));
    select->fromClause = list_make1(from);
    return textOf(select).value_or(QString());
}

bool isSetTo(const NewValue &value, const std::vector<std::string> &columns)
{
    return std::ranges::contains(columns, value.column.toStdString());
}

CatalogTrigger::Event eventOf(Kind kind)
{
    using Event = CatalogTrigger::Event;
    return kind == Kind::Delete ? Event::Delete : kind == Kind::Update ? Event::Update : Event::Insert;
}

/// Why the rows of the statement are not those that change; empty if they are.
QString whyOthersDecide(const CatalogRelation &table, Kind kind)
{
    const char event = kind == Kind::Delete ? 'd' : kind == Kind::Update ? 'u' : 'i';
    for (const CatalogRewriteRule &rule : table.rules)
        if (rule.event == event)
            return u"the rule %1 decides what happens instead"_s.arg(QString::fromStdString(rule.name));
    for (const CatalogTrigger &trigger : table.triggers)
        if (trigger.firesOn(eventOf(kind)) && trigger.isInsteadOf())
            return u"the trigger %1 decides what happens instead"_s.arg(QString::fromStdString(trigger.name));
    return {};
}

bool rowTriggerComesFirst(const CatalogRelation &table, Kind kind)
{
    return std::ranges::any_of(table.triggers,
        [&](const CatalogTrigger &trigger) { return trigger.firesOn(eventOf(kind)) && trigger.isBeforeRow(); });
}

class Queries
{
public:
    Queries(const RowChange &change, const Catalog *catalog)
        : m_change(change)
        , m_catalog(catalog)
    {
    }

    RowQueries make() const
    {
        RowQueries queries;
        queries.kind = static_cast<RowQueries::Kind>(m_change.kind);
        queries.branch = m_change.branch;
        const CatalogRelation *table = relation();
        queries.unknownBecause = m_change.problem;
        if (queries.unknownBecause.isEmpty() && table)
            queries.unknownBecause = whyOthersDecide(*table, m_change.kind);
        if (!queries.unknownBecause.isEmpty())
            return queries;
        queries.atMost = m_change.mayCollide;
        const auto rows = textOf(rowsOf(m_change));
        if (!rows) {
            queries.unknownBecause = rows.error();
            return queries;
        }
        queries.rows = *rows;
        if (m_catalog && m_change.kind == Kind::Create)
            queries.preview = wholeRows(m_change.source);
        if (table) {
            queries.table = table->isView() ? changedTable(*m_catalog, *table) : table;
            addDetails(queries, *table);
        }
        return queries;
    }

private:
    const CatalogRelation *relation() const
    {
        const auto text = [](const char *name) { return std::string_view(name ? name : ""); };
        const RangeVar *named = m_change.relation;
        return m_catalog && named ? m_catalog->relation(text(named->schemaname), text(named->relname)) : nullptr;
    }

    void addDetails(RowQueries &queries, const CatalogRelation &table) const
    {
        if (m_change.kind == Kind::Insert) {
            const InsertedRows inserted = insertedValues(m_change, table, *m_catalog);
            if (inserted.select)
                queries.preview = textOf(inserted.select).value_or(QString());
            queries.newValues = inserted.columns;
        } else {
            const NewValues values =
                m_change.kind == Kind::Update ? updatedValues(m_change, table, *m_catalog) : NewValues();
            queries.preview = previewOf(table, values);
            queries.columns = columnsOf(table);
            queries.newValues = values.columns;
            addPlaces(queries, values);
        }
        if (queries.preview.isEmpty()) {
            queries.columns.clear();
            queries.newValues.clear();
        }
        if (rowTriggerComesFirst(table, m_change.kind))
            for (NewValue &value : queries.newValues)
                value.mayDiffer = true;
    }

    QString previewOf(const CatalogRelation &table, const NewValues &values) const
    {
        SelectStmt *select = frame(m_change);
        if (m_change.repeats)
            select->distinctClause = place(m_change);
        for (const CatalogColumn &each : table.columns)
            select->targetList = lappend(select->targetList,
                target(shown(column(nameIn(*m_change.relation), name(each.name))), name(each.name)));
        for (int index = 0; index < list_length(values.targets); ++index) {
            const auto &value = *static_cast<ResTarget *>(list_nth(values.targets, index));
            select->targetList = lappend(select->targetList, target(shown(value.val), value.name));
        }
        return textOf(select).value_or(QString());
    }

    void addPlaces(RowQueries &queries, const NewValues &values) const
    {
        if (!queries.table)
            return;
        const std::vector<std::string> referenced = referencedColumns(*m_catalog, *queries.table);
        if (relation()->isView() && !referenced.empty())
            queries.placesUnknownBecause = u"the rows are changed through a view"_s;
        for (const NewValue &value : values.columns)
            if (isSetTo(value, referenced)) {
                queries.changedKeys.push_back(value.column.toStdString());
                if (queries.placesUnknownBecause.isEmpty())
                    queries.placesUnknownBecause = value.unknownBecause;
            }
        const bool isUpdate = m_change.kind == Kind::Update;
        if (referenced.empty() || (isUpdate && queries.changedKeys.empty()) || !queries.placesUnknownBecause.isEmpty())
            return;
        SelectStmt *select = frame(m_change);
        const char *table = nameIn(*m_change.relation);
        for (const char *part : {"tableoid", "ctid"})
            select->targetList = lappend(select->targetList, target(column(table, part)));
        for (const std::string &part : referenced)
            select->targetList = lappend(select->targetList, target(column(table, name(part))));
        if (isUpdate)
            select->whereClause = both(select->whereClause, referenceChanges(m_change, values, referenced));
        queries.places = textOf(select).value_or(QString());
    }

    const RowChange &m_change;
    const Catalog *m_catalog;
};

std::vector<RowQueries> queriesOf(PgNode *statement, const QStringList &leaveOut, const Catalog *catalog)
{
    std::vector<RowQueries> all;
    for (const RowChange &change : rowChanges(statement, leaveOut))
        all.push_back(Queries(change, catalog).make());
    return all;
}

} // namespace

Rewriter::Rewriter(const RawStmt &statement, const Catalog *catalog)
    : m_memory(std::make_unique<ParseMemory>())
    , m_core(coreOf(statement.stmt))
    , m_catalog(catalog)
{
}

Rewriter::~Rewriter() = default;

std::vector<RowQueries> Rewriter::changes(const QStringList &leaveOut) const
{
    const ParseMemory::Scope scope(*m_memory);
    return queriesOf(m_core, leaveOut, m_catalog);
}

std::vector<RowQueries> Rewriter::changesOfCte(const QString &name) const
{
    const ParseMemory::Scope scope(*m_memory);
    const WithClause *with = withOf(m_core);
    const QByteArray wanted = name.toUtf8();
    for (int index = 0; with && index < list_length(with->ctes); ++index)
        if (wanted == withItem(with, index)->ctename)
            return queriesOf(withItem(with, index)->ctequery, {}, m_catalog);
    return {};
}

} // namespace holdpoint
