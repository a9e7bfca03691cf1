// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/codereach.h"

#include "core/analysis/body.h"
#include "core/analysis/extensions.h"
#include "core/analysis/inspection.h"
#include "core/analysis/parser.h"

#include <algorithm>

namespace holdpoint {

namespace {

using Kind = CodeKey::Kind;

void note(Consequences &consequences, const Statement &statement)
{
    consequences.level = std::max(consequences.level, statement.level);
    for (const Finding &finding : statement.findings)
        if (finding.level > RiskLevel::Write)
            consequences.rules.insert(finding.rule.toStdString());
}

/// Nobody can look into it.
Consequences opaque()
{
    return {RiskLevel::Destructive, {"user-function"}};
}

CatalogTrigger::Event eventOf(Kind kind)
{
    switch (kind) {
    case Kind::Insert:
        return CatalogTrigger::Event::Insert;
    case Kind::Update:
        return CatalogTrigger::Event::Update;
    case Kind::Truncate:
        return CatalogTrigger::Event::Truncate;
    default:
        return CatalogTrigger::Event::Delete;
    }
}

bool isCascade(char action)
{
    return action == 'c' || action == 'n' || action == 'd';
}

} // namespace

CodeReach::CodeReach(const Catalog &catalog)
    : m_catalog(catalog)
{
}

Consequences CodeReach::of(const std::set<CodeKey> &used)
{
    Consequences all;
    std::set<CodeKey> seen = used;
    std::vector<CodeKey> open(used.begin(), used.end());
    while (!open.empty()) {
        const CodeKey key = open.back();
        open.pop_back();
        const Piece &next = piece(key);
        all.level = std::max(all.level, next.own.level);
        all.rules.insert(next.own.rules.begin(), next.own.rules.end());
        for (const CodeKey &each : next.uses)
            if (seen.insert(each).second)
                open.push_back(each);
    }
    return all;
}

const CodeReach::Piece &CodeReach::piece(const CodeKey &key)
{
    if (const auto known = m_pieces.find(key); known != m_pieces.end())
        return known->second;
    Piece made = read(key);
    return m_pieces.insert_or_assign(key, std::move(made)).first->second;
}

CodeReach::Piece CodeReach::read(const CodeKey &key)
{
    if (key.kind == Kind::Routine) {
        const CatalogRoutine *routine = m_catalog.routine(key.oid);
        return routine ? readRoutine(*routine) : Piece{opaque(), {}};
    }
    if (key.kind == Kind::Type)
        return readType(key.oid);
    const CatalogRelation *relation = m_catalog.relation(key.oid);
    if (!relation)
        return {opaque(), {}};
    if (key.kind == Kind::View)
        return readView(*relation);
    return key.kind == Kind::Expressions ? readExpressions(*relation) : readTriggers(*relation, key.kind);
}

CodeReach::Piece CodeReach::readRoutine(const CatalogRoutine &routine)
{
    if (isTrustedExtension(routine.extension) && routine.definition.empty())
        return {};
    const QByteArray text = QByteArray::fromStdString(routine.definition);
    const auto parsed = text.isEmpty() ? std::unexpected(ParseFailure{}) : parseSql(text);
    if (!parsed || parsed->statements.size() != 1)
        return {opaque(), {}};
    Piece piece;
    Statement body;
    body.level = RiskLevel::Read;
    ScriptState script{.catalog = &m_catalog, .code = this, .uses = &piece.uses};
    Inspection carrier(script, Source{text, 0, false, {0, text.size()}}, body);
    const ParsedStatement &statement = parsed->statements.front();
    carrier.begin(statement.node, {statement.start, statement.end});
    inspectRoutineBody(carrier, statement.node.as("CreateFunctionStmt"), script, body);
    note(piece.own, body);
    return piece;
}

CodeReach::Piece CodeReach::readView(const CatalogRelation &view)
{
    Piece piece;
    Statement query;
    query.level = RiskLevel::Read;
    ScriptState script{.catalog = &m_catalog, .code = this, .uses = &piece.uses};
    const QByteArray text = QByteArray::fromStdString(view.definition);
    if (!inspectSqlText(script, query, Source{text, 0, false, {0, text.size()}}, 0))
        return {opaque(), {}};
    note(piece.own, query);
    return piece;
}

void CodeReach::readExpression(const std::string &expression, Piece &piece)
{
    if (expression.empty())
        return;
    Statement query;
    query.level = RiskLevel::Read;
    ScriptState script{.catalog = &m_catalog, .code = this, .uses = &piece.uses};
    const QByteArray text = "SELECT " + QByteArray::fromStdString(expression);
    if (inspectSqlText(script, query, Source{text, 0, false, {0, text.size()}}, 0))
        note(piece.own, query);
    else
        piece.own = opaque();
}

CodeReach::Piece CodeReach::readExpressions(const CatalogRelation &relation)
{
    Piece piece;
    for (const CatalogRelation *each : m_catalog.withDescendants(relation)) {
        for (const CatalogColumn &column : each->columns) {
            readExpression(column.defaultText, piece);
            piece.uses.insert({Kind::Type, column.typeOid});
        }
        for (const auto &list : {each->checks, each->expressions})
            for (const std::string &expression : list)
                readExpression(expression, piece);
    }
    return piece;
}

CodeReach::Piece CodeReach::readType(Oid oid)
{
    const CatalogType *type = m_catalog.type(oid);
    if (m_catalog.isUnknownType(oid) || (type && type->kind == 'b' && !isTrustedExtension(type->extension)))
        return {opaque(), {}};
    Piece piece;
    for (const Oid part : m_catalog.partsOfType(oid))
        piece.uses.insert({Kind::Type, part});
    if (!type)
        return piece;
    if (type->routine)
        piece.uses.insert({Kind::Routine, type->routine});
    readExpression(type->defaultText, piece);
    for (const std::string &check : type->checks)
        readExpression(check, piece);
    return piece;
}

CodeReach::Piece CodeReach::readTriggers(const CatalogRelation &relation, Kind kind)
{
    Piece piece;
    for (const CatalogRelation *each : m_catalog.withDescendants(relation))
        for (const CatalogTrigger &trigger : each->triggers)
            if (trigger.firesOn(eventOf(kind)))
                piece.uses.insert({Kind::Routine, trigger.routine});
    if (const CatalogRelation *table = changedTable(m_catalog, relation); table && table != &relation)
        piece.uses.insert({kind, table->oid});
    if (kind == Kind::Delete || kind == Kind::Update)
        for (const CatalogForeignKey *key : m_catalog.referencing(relation)) {
            const char action = kind == Kind::Delete ? key->onDelete : key->onUpdate;
            if (isCascade(action))
                piece.uses.insert({kind == Kind::Delete && action == 'c' ? Kind::Delete : Kind::Update, key->from});
        }
    return piece;
}

const CatalogRelation *changedTable(const Catalog &catalog, const CatalogRelation &relation)
{
    constexpr int deepest = 8;
    const CatalogRelation *at = &relation;
    for (int depth = 0; at && at->isView(); ++depth) {
        const auto parsed = parseSql(QByteArray::fromStdString(at->definition));
        if (!parsed || parsed->statements.size() != 1 || depth == deepest)
            return nullptr;
        const Node from = parsed->statements.front().node.as("SelectStmt")["fromClause"];
        const Node table = from.count() == 1 ? (*from.begin()).as("RangeVar") : Node();
        at = table ? catalog.relation(table["schemaname"].text(), table["relname"].text()) : nullptr;
    }
    return at;
}

} // namespace holdpoint
