// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/effects.h"

#include "core/analysis/cascades.h"
#include "core/analysis/catalog.h"
#include "core/analysis/rewriting/reach.h"
#include "core/analysis/rowsrewritten.h"
#include "core/analysis/statementkind.h"
#include "core/analysis/treesearch.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

Effect named(std::string_view verb, std::string_view table)
{
    Effect effect;
    effect.verb = text(verb);
    effect.table = table.empty() ? u"unknown"_s : text(table);
    return effect;
}

Effect unknown(std::string_view verb, std::string_view table, const QString &why)
{
    Effect effect = named(verb, table);
    effect.unknownBecause = why;
    return effect;
}

Effect counted(std::string_view verb, std::string_view table, qint64 rows)
{
    Effect effect = named(verb, table);
    effect.rows = rows;
    return effect;
}

Effect whole(std::string_view verb, std::string_view table)
{
    Effect effect = named(verb, table);
    effect.wholeTable = true;
    return effect;
}

QString verbOf(RowQueries::Kind kind)
{
    switch (kind) {
    case RowQueries::Kind::Delete:
        return u"delete"_s;
    case RowQueries::Kind::Update:
        return u"update"_s;
    case RowQueries::Kind::Insert:
        return u"insert"_s;
    case RowQueries::Kind::Create:
        return u"create"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

/// The first word of a kind, as an approver types it: `ALTER TABLE` is `alter`.
std::string verbOf(Node statement)
{
    const std::string kind = lowered(statementKind(statement));
    return kind.substr(0, kind.find(' '));
}

/// Whether a tree reads a relation of one of these names.
bool refersTo(Node tree, const QStringList &names)
{
    return !names.isEmpty() && anyNode(tree, [&](std::string_view type, Node body) {
        return type == "RangeVar" && !body["schemaname"] && names.contains(text(body["relname"].text()));
    });
}

class EffectReader
{
public:
    EffectReader(const ParsedStatement &statement, const Statement &inspected, const Catalog *catalog)
        : m_statement(core(statement.node))
        , m_body(m_statement.body())
        , m_inspected(inspected)
        , m_native(*statement.native)
        , m_catalog(catalog)
    {
    }

    QList<Effect> read()
    {
        const Node with = withClause();
        for (const Node item : with["ctes"]) {
            const Node cte = item.as("CommonTableExpr");
            m_items.append(text(cte["ctename"].text()));
            if (isRowChange(cte["ctequery"].type()))
                m_writers.append(m_items.constLast());
        }
        for (const Node item : with["ctes"])
            if (const Node cte = item.as("CommonTableExpr"); isRowChange(cte["ctequery"].type()))
                addCte(cte);
        ofStatement();
        return m_effects;
    }

private:
    /// What EXPLAIN ANALYZE runs, what COPY prints.
    static Node core(Node statement)
    {
        const Node explained = statement.as("ExplainStmt");
        if (explained && explainExecutes(explained))
            return core(explained["query"]);
        const Node copied = statement.as("CopyStmt")["query"];
        return copied ? core(copied) : statement;
    }

    Node withClause() const
    {
        if (m_body["withClause"])
            return m_body["withClause"];
        const char *inner = m_statement.type() == "InsertStmt" ? "selectStmt" : "query";
        return m_body[inner].body()["withClause"];
    }

    const Rewriter &rewriter() const
    {
        if (!m_rewriter)
            m_rewriter.emplace(m_native, m_catalog);
        return *m_rewriter;
    }

    /// A change inside WITH: told if it stands on its own.
    void addCte(Node cte)
    {
        const Node change = cte["ctequery"];
        const std::string verb = verbOf(change), table = relationName(change.body()["relation"]);
        if (refersTo(change, m_items))
            m_effects.append(unknown(verb, table, u"it reads another WITH item"_s));
        else
            addChanges(change, table, rewriter().changesOfCte(text(cte["ctename"].text())));
    }

    /// One effect for each thing that a statement does to the rows of a table.
    void addChanges(Node statement, std::string_view table, const std::vector<RowQueries> &changes)
    {
        for (const RowQueries &change : changes) {
            Effect effect = named({}, table);
            effect.verb = verbOf(change.kind);
            effect.branch = change.branch;
            effect.atMost = change.atMost;
            effect.rows = change.unknownBecause.isEmpty() ? literalRows(statement) : std::nullopt;
            effect.unknownBecause = change.unknownBecause;
            if (!effect.rows)
                effect.rowsSelect = change.rows;
            effect.previewSelect = change.preview;
            effect.previewColumns = change.columns;
            effect.newValues = change.newValues;
            if (m_catalog)
                effect.reached = reachOf(change, *m_catalog);
            m_effects.append(effect);
        }
    }

    /// The rows of an INSERT … VALUES or DEFAULT VALUES.
    static std::optional<qint64> literalRows(Node statement)
    {
        const Node insert = statement.as("InsertStmt");
        if (!insert)
            return std::nullopt;
        const Node select = insert["selectStmt"].body();
        if (!select)
            return 1;
        if (select["valuesLists"] && !select["limitCount"] && !select["limitOffset"])
            return static_cast<qint64>(select["valuesLists"].count());
        return std::nullopt;
    }

    /// The rows that the statement itself changes depend on what a WITH item of it has just changed.
    bool dependsOnWriter() const
    {
        for (const Node member : m_body)
            if (member.key() != "withClause" && refersTo(member, m_writers))
                return true;
        for (const Node item : withClause()["ctes"])
            if (const Node query = item.as("CommonTableExpr")["ctequery"];
                !isRowChange(query.type()) && refersTo(query, m_writers))
                return true;
        return false;
    }

    void addRewritten(std::string_view verb, std::string_view table)
    {
        if (dependsOnWriter())
            m_effects.append(unknown(verb, table, u"it reads what a WITH item changes"_s));
        else
            addChanges(m_statement, table, rewriter().changes(m_writers));
    }

    void ofStatement()
    {
        const std::string_view type = m_statement.type();
        if (isRowChange(type))
            addRewritten(verbOf(m_statement), relationName(m_body["relation"]));
        else if (type == "SelectStmt")
            ofSelect();
        else if (type == "CreateTableAsStmt")
            ofCreateTableAs();
        else if (type == "TruncateStmt")
            ofTruncate();
        else if (type == "DropStmt")
            ofDrop();
        else if (type == "AlterTableStmt")
            ofAlterTable();
        else if (m_effects.isEmpty())
            m_effects.append(ofOther());
    }

    void ofSelect()
    {
        if (const Node into = m_body["intoClause"]["rel"])
            addRewritten("create", relationName(into));
        else if (m_effects.isEmpty())
            m_effects.append(ofWritingSelect());
    }

    /// A SELECT that was rated above `read`: something in it acts.
    Effect ofWritingSelect() const
    {
        const QString table = m_inspected.relations.value(0);
        for (const Finding &finding : m_inspected.findings)
            if (finding.level >= RiskLevel::Destructive)
                return unknown("select", table.toStdString(), u"what it calls may change anything"_s);
        return counted("select", table.toStdString(), 0);
    }

    void ofCreateTableAs()
    {
        const std::string table = relationName(m_body["into"]["rel"]);
        if (m_body["into"]["skipData"].truth())
            m_effects.append(counted("create", table, 0));
        else
            addRewritten("create", table);
    }

    void ofTruncate()
    {
        for (const Node relation : m_body["relations"])
            m_effects.append(whole("truncate", relationName(relation.as("RangeVar"))));
        if (m_body["behavior"].text() == "DROP_CASCADE")
            addTruncatedAlong();
    }

    void addTruncatedAlong()
    {
        std::vector<const CatalogRelation *> named, along;
        for (const Node item : m_body["relations"]) {
            const Node relation = item.as("RangeVar");
            named.push_back(
                m_catalog ? m_catalog->relation(relation["schemaname"].text(), relation["relname"].text()) : nullptr);
        }
        if (std::ranges::contains(named, nullptr)) {
            m_effects.append(unknown("truncate", {}, u"CASCADE reaches tables that the text does not name"_s));
            return;
        }
        for (const CatalogRelation *table : named)
            for (const CatalogRelation *reached : truncatedAlong(*m_catalog, *table))
                if (!std::ranges::contains(named, reached) && !std::ranges::contains(along, reached))
                    along.push_back(reached);
        for (const CatalogRelation *table : along)
            m_effects.append(whole("truncate", table->qualifiedName()));
    }

    void ofDrop()
    {
        const std::string_view kind = m_body["removeType"].text();
        const bool opaque = kind == "OBJECT_SCHEMA" || kind == "OBJECT_EXTENSION"
            || (m_body["behavior"].text() == "DROP_CASCADE" && kind != "OBJECT_TABLE");
        for (const Node object : m_body["objects"]) {
            const std::string name = droppedName(object);
            if (kind == "OBJECT_TABLE")
                m_effects.append(whole("drop", name));
            else if (opaque)
                m_effects.append(unknown("drop", name, u"the text does not name all that is dropped with it"_s));
            else
                m_effects.append(counted("drop", name, 0));
        }
    }

    static std::string droppedName(Node object)
    {
        if (object.type() == "String")
            return std::string(object.body()["sval"].text());
        for (const char *member : {"items", "objname", "names"})
            if (const Node list = object.body()[member])
                return dotted(nameParts(list));
        return {};
    }

    void ofAlterTable()
    {
        static constexpr std::array<std::string_view, 5> touchesAll{
            "AT_DropColumn", "AT_AlterColumnType", "AT_SetAccessMethod", "AT_SetLogged", "AT_SetTableSpace"};
        const std::string table = relationName(m_body["relation"]);
        bool all = false;
        for (const Node item : m_body["cmds"]) {
            const Node command = item.as("AlterTableCmd");
            const std::string_view subtype = command["subtype"].text();
            if (subtype.starts_with("AT_DetachPartition"))
                m_effects.append(whole("alter", relationName(command["def"].as("PartitionCmd")["name"])));
            all = all || std::ranges::contains(touchesAll, subtype);
        }
        if (all)
            m_effects.append(m_body["objtype"].text() == "OBJECT_TABLE"
                    ? whole("alter", table)
                    : unknown("alter", table, u"the tables that use it are not named"_s));
        if (m_effects.isEmpty())
            m_effects.append(counted("alter", table, 0));
        if (m_body["objtype"].text() == "OBJECT_TABLE")
            m_effects.last().rewritten = rowsRewritten(m_body, m_catalog);
    }

    Effect ofOther() const
    {
        static constexpr std::array<std::string_view, 15> opaque{"DoStmt", "CallStmt", "ExecuteStmt", "CopyStmt",
            "RefreshMatViewStmt", "DropOwnedStmt", "DropdbStmt", "LoadStmt", "CreateExtensionStmt",
            "AlterExtensionStmt", "ImportForeignSchemaStmt", "CreateSchemaStmt", "CreateSubscriptionStmt",
            "AlterDomainStmt", "AlterTypeStmt"};
        const std::string_view type = m_statement.type();
        const std::string verb = verbOf(m_statement), name = objectNameOf(type);
        if (type == "CreateSchemaStmt" && !m_body["schemaElts"])
            return counted(verb, name, 0);
        if (!isKnownStatement(type) || std::ranges::contains(opaque, type))
            return unknown(verb, name, u"the text does not tell which rows it touches"_s);
        return counted(verb, name, 0);
    }

    std::string objectNameOf(std::string_view type) const
    {
        if (type == "CallStmt")
            return dotted(nameParts(m_body["funccall"]["funcname"]));
        return objectName(m_body);
    }

    Node m_statement;
    Node m_body;
    const Statement &m_inspected;
    const RawStmt &m_native;
    const Catalog *m_catalog;
    mutable std::optional<Rewriter> m_rewriter; ///< made when it is first needed
    QStringList m_items; ///< names of all WITH items
    QStringList m_writers;
    QList<Effect> m_effects;
};

} // namespace

QList<Effect> effectsOf(const ParsedStatement &statement, const Statement &inspected, const Catalog *catalog)
{
    if (inspected.level == RiskLevel::Read)
        return {};
    return EffectReader(statement, inspected, catalog).read();
}

} // namespace holdpoint
