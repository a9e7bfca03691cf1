// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/effects.h"

#include "core/analysis/rewrite.h"
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

Effect selected(std::string_view verb, std::string_view table, const std::expected<QString, QString> &rows)
{
    if (!rows)
        return unknown(verb, table, rows.error());
    Effect effect = named(verb, table);
    effect.rowsSelect = *rows;
    return effect;
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

/// The name of whatever a statement is about, from the member that holds it.
std::string objectName(Node body)
{
    for (const char *member : {"relation", "view", "sequence", "typevar"})
        if (body[member]["relname"])
            return relationName(body[member]);
    if (body["into"]["rel"])
        return relationName(body["into"]["rel"]);
    for (const char *member : {"funcname", "defnames", "domainname", "typeName", "objname", "opclassname"})
        if (const std::string name = dotted(nameParts(body[member])); !name.empty())
            return name;
    for (const char *member : {"schemaname", "name", "role", "extname", "dbname", "tablespacename", "pubname",
             "subname", "servername", "fdwname", "conditionname", "trigname", "policy_name", "table_name", "plname",
             "subject", "portalname", "savepoint_name", "newname"})
        if (body[member].isText())
            return std::string(body[member].text());
    if (const Node object = body["object"]; object.type() == "String")
        return std::string(object.body()["sval"].text());
    else if (object)
        return dotted(nameParts(object.as("List") ? object.body()["items"] : object.body()["objname"]));
    for (const Node relation : body["relations"])
        return relationName(relation.as("RangeVar") ? relation.body() : relation.body()["relation"]);
    for (const Node relation : body["rels"])
        return relationName(relation.as("VacuumRelation")["relation"]);
    if (body["setstmt"]["name"])
        return std::string(body["setstmt"]["name"].text());
    for (const Node object : body["objects"])
        if (object.type() == "RangeVar")
            return relationName(object.body());
    return {};
}

class EffectReader
{
public:
    EffectReader(const ParsedStatement &statement, const Statement &inspected)
        : m_statement(core(statement.node))
        , m_body(m_statement.body())
        , m_inspected(inspected)
        , m_native(*statement.native)
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
                m_effects.append(ofCte(cte));
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
            m_rewriter.emplace(m_native);
        return *m_rewriter;
    }

    /// A change inside WITH: told if it stands on its own.
    Effect ofCte(Node cte) const
    {
        const Node change = cte["ctequery"];
        const std::string verb = verbOf(change), table = relationName(change.body()["relation"]);
        if (refersTo(change, m_items))
            return unknown(verb, table, u"it reads another WITH item"_s);
        if (const auto rows = literalRows(change))
            return counted(verb, table, *rows);
        return selected(verb, table, rewriter().rowsOfCte(text(cte["ctename"].text())));
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

    Effect rewritten(std::string_view verb, std::string_view table) const
    {
        if (dependsOnWriter())
            return unknown(verb, table, u"it reads what a WITH item changes"_s);
        return selected(verb, table, rewriter().rows(m_writers));
    }

    void ofStatement()
    {
        const std::string_view type = m_statement.type();
        if (type == "DeleteStmt" || type == "UpdateStmt" || type == "InsertStmt")
            m_effects.append(ofRowChange());
        else if (type == "SelectStmt")
            ofSelect();
        else if (type == "CreateTableAsStmt")
            m_effects.append(ofCreateTableAs());
        else if (type == "TruncateStmt")
            ofTruncate();
        else if (type == "DropStmt")
            ofDrop();
        else if (type == "AlterTableStmt")
            ofAlterTable();
        else if (m_effects.isEmpty() || type == "MergeStmt")
            m_effects.append(ofOther());
    }

    Effect ofRowChange() const
    {
        const std::string verb = verbOf(m_statement), table = relationName(m_body["relation"]);
        if (const auto rows = literalRows(m_statement))
            return counted(verb, table, *rows);
        return rewritten(verb, table);
    }

    void ofSelect()
    {
        if (const Node into = m_body["intoClause"]["rel"])
            m_effects.append(rewritten("create", relationName(into)));
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

    Effect ofCreateTableAs() const
    {
        const std::string table = relationName(m_body["into"]["rel"]);
        if (m_body["into"]["skipData"].truth())
            return counted("create", table, 0);
        return rewritten("create", table);
    }

    void ofTruncate()
    {
        for (const Node relation : m_body["relations"])
            m_effects.append(whole("truncate", relationName(relation.as("RangeVar"))));
        if (m_body["behavior"].text() == "DROP_CASCADE")
            m_effects.append(unknown("truncate", {}, u"CASCADE reaches tables that the text does not name"_s));
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
    }

    Effect ofOther() const
    {
        static constexpr std::array<std::string_view, 16> opaque{"DoStmt", "CallStmt", "ExecuteStmt", "CopyStmt",
            "MergeStmt", "RefreshMatViewStmt", "DropOwnedStmt", "DropdbStmt", "LoadStmt", "CreateExtensionStmt",
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
    mutable std::optional<Rewriter> m_rewriter; ///< made when it is first needed
    QStringList m_items; ///< names of all WITH items
    QStringList m_writers;
    QList<Effect> m_effects;
};

} // namespace

QList<Effect> effectsOf(const ParsedStatement &statement, const Statement &inspected)
{
    if (inspected.level == RiskLevel::Read)
        return {};
    return EffectReader(statement, inspected).read();
}

} // namespace holdpoint
