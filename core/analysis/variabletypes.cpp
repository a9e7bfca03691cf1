// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/variabletypes.h"

#include "core/analysis/body.h"
#include "core/analysis/givencasts.h"
#include "core/analysis/namedtype.h"
#include "core/analysis/names.h"
#include "core/analysis/parser.h"
#include "core/analysis/rule.h"

#include <algorithm>

namespace holdpoint {

namespace {

/// What `SELECT NULL::t` casts to: the body of a TypeName.
Node castType(Node select)
{
    const Node target = *select.as("SelectStmt")["targetList"].begin();
    return target.as("ResTarget")["val"].as("TypeCast")["typeName"];
}

/// The type of a column as the catalogue writes it; empty if the name is none of a column's.
std::string typeOfColumn(const Catalog &catalog, const QByteArray &name)
{
    const auto script = parseSql("SELECT NULL::" + name);
    if (!script || script->statements.size() != 1)
        return {};
    const auto parts = nameParts(castType(script->statements.front().node)["names"]);
    const std::size_t count = parts.size();
    const CatalogRelation *relation =
        count > 1 ? catalog.relation(count > 2 ? parts[count - 3] : std::string_view(), parts[count - 2]) : nullptr;
    const CatalogColumn *column = relation ? relation->column(parts.back()) : nullptr;
    return column ? column->type : std::string();
}

} // namespace

VariableTypes::VariableTypes(ScriptState &script, Statement &statement, Span whole, int nesting)
    : m_script(script)
    , m_statement(statement)
    , m_whole(whole)
    , m_nesting(nesting)
{
}

// A parameter, which has no line, has its value already.
void VariableTypes::inspect(Node node)
{
    const std::string_view type = node["datatype"].as("PLpgSQL_type")["typname"].text();
    if (!type.empty() && !node["lineno"])
        note(QByteArray(type.data(), qsizetype(type.size())));
    else if (!type.empty() && m_declared.emplace(type).second)
        declared(type);
    for (const Node child : node)
        inspect(child);
}

void VariableTypes::declared(std::string_view written)
{
    const QByteArray text = QByteArray(written.data(), qsizetype(written.size())).trimmed();
    const qsizetype percent = text.lastIndexOf('%');
    if (percent < 0)
        return castTo(text);
    // Without a catalogue, a relation's types are as unknown here as where its rows are written.
    const Catalog *catalog = m_script.catalog;
    if (!catalog)
        return;
    if (text.sliced(percent).toUpper().startsWith("%ROWTYPE"))
        return castTo(text.first(percent));
    if (const std::string type = typeOfColumn(*catalog, text.first(percent)); !type.empty())
        castTo(QByteArray::fromStdString(type));
}

void VariableTypes::castTo(const QByteArray &type)
{
    note(type);
    const Source source{"SELECT NULL::" + type, 0, false, m_whole};
    if (!inspectSqlText(m_script, m_statement, source, m_nesting))
        Inspection(m_script, source, m_statement)
            .report(ruleById("opaque-body"), RiskLevel::Critical, m_whole, "a variable's type cannot be read");
}

// What assignments may cast from, and call to cast.
void VariableTypes::note(const QByteArray &written)
{
    const Catalog *catalog = m_script.catalog;
    const auto script = catalog ? parseSql("SELECT NULL::" + written) : std::unexpected(ParseFailure{});
    if (!script || script->statements.size() != 1)
        return;
    const Node name = castType(script->statements.front().node);
    const NamedType type = namedType(Inspection(m_script, Source{written, 0, false, m_whole}, m_statement), name);
    m_script.variableTypes.insert(type.uses.begin(), type.uses.end());
    for (const CatalogCast &cast : catalog->casts())
        if (isSilent(cast) && (type.name.ends_with(cast.target) || holds(type.uses, cast.targetOid)))
            m_casts.push_back(&cast);
}

bool VariableTypes::holds(const std::set<CodeKey> &types, Oid part) const
{
    return std::ranges::any_of(types, [&](const CodeKey &key) {
        return key.kind == CodeKey::Kind::Type && m_script.catalog->holdsType(key.oid, part);
    });
}

void VariableTypes::inspectAssignment(Inspection &expression) const
{
    std::set<CodeKey> used;
    for (const CatalogCast *cast : m_casts)
        if (mayCast(expression, expression.root(), *cast))
            used.insert({CodeKey::Kind::Routine, cast->routine});
    if (expression.consequencesOf(used).level > RiskLevel::Write)
        expression.report(ruleById("user-function"), RiskLevel::Destructive, expression.statementSpan(), "A cast");
}

void inspectSignature(Inspection &inspection, Node createFunction)
{
    std::vector<Node> types{createFunction["returnType"]};
    for (const Node parameter : createFunction["parameters"])
        types.push_back(parameter.as("FunctionParameter")["argType"]);
    for (const Node each : types) {
        // PostgreSQL writes the schema of every type that is not its own.
        if (each["names"].count() < 2)
            continue;
        const NamedType type = namedType(inspection, each);
        inspection.consequencesOf(type.uses);
        inspection.script().variableTypes.insert(type.uses.begin(), type.uses.end());
        if (!type.isKnown)
            inspection.report(ruleById("user-function"), RiskLevel::Destructive, inspection.statementSpan(), type.name);
    }
}

} // namespace holdpoint
