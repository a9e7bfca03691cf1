// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/inspection.h"

#include "core/analysis/columnresolver.h"
#include "core/analysis/madeobjects.h"
#include "core/analysis/names.h"
#include "core/analysis/predicate.h"
#include "core/analysis/rule.h"
#include "core/analysis/statementkind.h"

#include <algorithm>

namespace holdpoint {

namespace {

/// The first and the last place that the parser noted in a subtree.
void extent(Node node, std::int64_t &first, std::int64_t &last)
{
    if (const auto location = node.isObject() ? node.location() : std::nullopt) {
        first = first < 0 ? *location : std::min(first, *location);
        last = std::max(last, *location);
    }
    for (const Node child : node)
        extent(child, first, last);
}

/// How often a tree reads a relation of that name, without a schema.
std::size_t references(Node tree, std::string_view name)
{
    const bool named = tree.isObject() && tree["relname"].text() == name && !tree["schemaname"];
    std::size_t count = named ? 1 : 0;
    for (const Node child : tree)
        count += references(child, name);
    return count;
}

/// What the relations in a tree are called by.
void collectRelationNames(Node tree, std::set<std::string_view> &names)
{
    if (tree.key() == "aliasname" || tree.key() == "relname" || tree.key() == "ctename")
        names.insert(tree.text());
    else
        for (const Node child : tree)
            collectRelationNames(child, names);
}

/// Whether the word WITH can be in a text: without it there are no names to collect.
bool mayHaveWith(QByteArrayView text)
{
    for (qsizetype at = 0; at + 4 <= text.size(); ++at)
        if ((text[at] | 0x20) == 'w' && (text[at + 1] | 0x20) == 'i' && (text[at + 2] | 0x20) == 't'
            && (text[at + 3] | 0x20) == 'h')
            return true;
    return false;
}

QString filled(std::string_view message, std::string_view detail)
{
    QString text = QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size()));
    return text.replace(
        QLatin1StringView("%1"), QString::fromUtf8(detail.data(), static_cast<qsizetype>(detail.size())));
}

/// A body is looked at as a text of its own, a type by the rules on what it is the type of.
bool isSeenElsewhere(std::string_view type, std::string_view member)
{
    if (type == "CreateFunctionStmt")
        return member == "sql_body";
    return member == "typeName" && (type == "TypeCast" || type == "ColumnDef" || type == "CreateDomainStmt");
}

bool onlyPlans(std::string_view type, Node body)
{
    return type == "ExplainStmt" && !explainExecutes(body);
}

} // namespace

Inspection::Inspection(ScriptState &script, Source source, Statement &statement)
    : m_script(script)
    , m_source(std::move(source))
    , m_statement(statement)
    , m_span(m_source.whole)
{
}

void Inspection::begin(Node statement, Span local)
{
    m_local = local;
    m_span = m_source.map(local);
    m_root = statement;
}

void Inspection::inspect(Node statement, Span local)
{
    begin(statement, local);
    inspectPart(statement);
}

void Inspection::inspectPart(Node tree, bool executes)
{
    if (!m_root)
        m_root = tree;
    if (mayHaveWith(m_local.end ? QByteArrayView(m_source.text).sliced(m_local.start, m_local.end - m_local.start)
                                : QByteArrayView(m_source.text)))
        collectNames(tree);
    if (catalog())
        ColumnResolver(*catalog(), m_script.created, isBody()).resolve(tree);
    if (!m_script.variables.empty())
        bindVariables(tree);
    walk(tree, executes);
}

/// A name that the catalogue did not find to be a column may be a variable's; so may one qualified with a record.
void Inspection::bindVariables(Node tree)
{
    if (const Node column = tree.as("ColumnRef"); column && (!column.binding() || column.binding()->isMissing)) {
        const auto parts = nameParts(column["fields"]);
        const bool known = !parts.empty() && m_script.variables.contains(parts.front());
        if (known && parts.size() < 3 && !goesBy(parts.front())) {
            ColumnBinding variable;
            variable.isVariable = true;
            column.bind(std::move(variable));
        }
    }
    for (const Node child : tree)
        bindVariables(child);
}

const CatalogRelation *Inspection::relation(Node rangeVar) const
{
    const std::string_view schema = rangeVar["schemaname"].text(), name = rangeVar["relname"].text();
    if (!catalog() || (schema.empty() && cte(name)) || m_script.created.contains(relationName(rangeVar)))
        return nullptr;
    return catalog()->relation(schema, name);
}

bool Inspection::goesBy(std::string_view name) const
{
    if (m_namesOf != m_root) {
        m_names.clear();
        collectRelationNames(m_root, m_names);
        m_namesOf = m_root;
    }
    return m_names.contains(name);
}

bool Inspection::isUnknownRelation(Node rangeVar) const
{
    const std::string_view schema = rangeVar["schemaname"].text(), name = rangeVar["relname"].text();
    if (!catalog() || name.empty() || (schema.empty() && cte(name))
        || m_script.created.contains(relationName(rangeVar)))
        return false;
    return !catalog()->relation(schema, name);
}

Consequences Inspection::consequencesOf(const std::set<CodeKey> &used)
{
    if (m_script.uses) {
        m_script.uses->insert(used.begin(), used.end());
        return {};
    }
    return m_script.code ? m_script.code->of(used) : Consequences{};
}

void Inspection::report(const Rule &rule, RiskLevel level, Span span, std::string_view detail)
{
    Finding finding{QString::fromUtf8(rule.id.data(), static_cast<qsizetype>(rule.id.size())), level, span.start,
        span.end, filled(rule.message, detail), filled(rule.remedy, detail)};
    m_script.reported.add(m_statement, std::move(finding));
    raise(level);
}

void Inspection::raise(RiskLevel level)
{
    m_statement.level = std::max(m_statement.level, level);
}

Span Inspection::spanOf(Node node) const
{
    std::int64_t first = -1, last = -1;
    if (!node || node == m_root.body())
        return m_span;
    if (const auto own = node.isObject() ? node["relation"].location() : std::nullopt)
        first = last = *own;
    else
        extent(node, first, last);
    if (first < 0 || last >= m_source.text.size())
        return m_span;
    const QByteArrayView text =
        QByteArrayView(m_source.text).first(m_local.end > last ? m_local.end : m_source.text.size());
    return m_source.map(withBalancedBrackets(text, {first, tokenEnd(text, last)}));
}

Node Inspection::cte(std::string_view name) const
{
    const auto found = m_ctes.find(name);
    return found == m_ctes.end() ? Node() : found->second;
}

void Inspection::collectNames(Node tree)
{
    if (const Node with = tree["withClause"])
        noteWith(tree, with, tree == m_root.body());
    for (const Node child : tree)
        collectNames(child);
}

void Inspection::noteWith(Node carrier, Node with, bool outermost)
{
    constexpr std::size_t mostItems = 64; // beyond it, looking up every name in every item takes too long
    const bool tooMany = with["ctes"].count() > mostItems;
    for (const Node item : with["ctes"]) {
        const Node cte = item.as("CommonTableExpr");
        const std::string name(cte["ctename"].text());
        bool isTable = !m_ctes.emplace(name, cte["ctequery"]).second || tooMany;
        // Without RECURSIVE, an item does not see itself nor later ones: the name means a table there.
        if (!isTable && !with["recursive"].truth())
            for (const Node earlier : with["ctes"]) {
                isTable = isTable || references(earlier.as("CommonTableExpr")["ctequery"], name) > 0;
                if (earlier == item)
                    break;
            }
        if (isTable || (!outermost && references(m_root, name) != references(carrier, name)))
            m_cteReaches[name] = int(Reach::Vacuous);
    }
}

void Inspection::noteRelation(Node rangeVar)
{
    if (rangeVar["schemaname"].text().empty() && cte(rangeVar["relname"].text()))
        return;
    const CatalogRelation *known = relation(rangeVar);
    const QString name = QString::fromStdString(known ? known->qualifiedName() : relationName(rangeVar));
    m_script.reported.add(m_statement, name);
}

// DROP holds its tables as plain names.
void Inspection::noteDropped(Node drop)
{
    const std::string_view kind = drop["removeType"].text();
    if (kind != "OBJECT_TABLE" && kind != "OBJECT_FOREIGN_TABLE" && kind != "OBJECT_VIEW" && kind != "OBJECT_MATVIEW")
        return;
    for (const Node object : drop["objects"])
        m_statement.relations.append(QString::fromStdString(dotted(nameParts(object.as("List")["items"]))));
}

void Inspection::walk(Node value, bool executes)
{
    if (!value.type().empty())
        return visit(value, executes);
    if (value.isObject() && value["relname"])
        noteRelation(value);
    if (value.key() == "typeName" && value["names"])
        for (const Rule *rule : rulesFor("typeName"))
            ask(*rule, value, "typeName", executes);
    for (const Node child : value)
        walk(child, executes);
}

void Inspection::visit(Node node, bool executes)
{
    const std::string_view type = node.type();
    const Node body = node.body();
    if (type == "RangeVar")
        noteRelation(body);
    if (type == "DropStmt")
        noteDropped(body);
    const bool isStatement = isStatementType(type);
    if (isStatement)
        noteMade(*this, type, body);
    noteAltered(*this, type, body);
    for (const Rule *rule : rulesFor(type))
        ask(*rule, body, type, executes);
    if (isStatement)
        visitStatement(node, executes);
    else if (!isKnownPart(type))
        report(ruleById("unknown-construct"), RiskLevel::Destructive, spanOf(body), type);
    const bool childrenExecute = executes && !onlyPlans(type, body);
    for (const Node child : body)
        if (!isSeenElsewhere(type, child.key()))
            walk(child, childrenExecute);
}

void Inspection::visitStatement(Node node, bool executes)
{
    if (!isKnownStatement(node.type()))
        report(ruleById("unknown-statement"), RiskLevel::Critical, m_span, node.type());
    // What a plan of this text does was seen where it was prepared.
    const bool isOwnPlan = node.type() == "ExecuteStmt" && m_script.prepared.contains(node.body()["name"].text());
    if (executes && !isOwnPlan)
        raise(baseLevel(node));
    for (const Rule *rule : rulesFor("*"))
        ask(*rule, node.body(), node.type(), executes);
}

void Inspection::ask(const Rule &rule, Node body, std::string_view type, bool executes)
{
    if (executes || rule.whenPlanned)
        rule.check(Visit(*this, rule, body, type, executes));
}

} // namespace holdpoint
