// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/predicate.h"
#include "core/analysis/rule.h"
#include "core/analysis/segments.h"
#include "core/analysis/statementkind.h"
#include "core/analysis/treesearch.h"

namespace holdpoint {

namespace {

void noWhere(const Visit &visit)
{
    if (!visit["whereClause"])
        visit.found(visit["relation"]["relname"].text());
}

void dataModifyingCte(const Visit &visit)
{
    if (isRowChange(visit["ctequery"].type()))
        visit.found(visit["ctename"].text());
}

void copyDml(const Visit &visit)
{
    if (isRowChange(visit["query"].type()))
        visit.found();
}

void explainAnalyzeWrite(const Visit &visit)
{
    const auto writes = [](std::string_view type, Node) {
        return isRowChange(type) || type == "CreateTableAsStmt" || type == "ExecuteStmt"
            || type == "RefreshMatViewStmt";
    };
    if (explainExecutes(visit.node()) && anyNode(visit["query"], writes))
        visit.found();
}

void rowLockingSelect(const Visit &visit)
{
    if (visit["lockingClause"])
        visit.found();
}

void unstableLimit(const Visit &visit)
{
    const auto limitedLock = [](std::string_view type, Node body) {
        return type == "SubLink" && body["subselect"].body()["limitCount"] && body["subselect"].body()["lockingClause"];
    };
    if (anyNode(visit["whereClause"], limitedLock))
        visit.found();
}

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || static_cast<unsigned char>(c) >= 0x80;
}

/// The words and brackets of a text's code, lower case.
std::vector<std::string> wordsOf(QByteArrayView text)
{
    std::vector<std::string> words;
    for (const Segment &segment : segmentsOf(text)) {
        if (segment.kind != Segment::Kind::Code)
            continue;
        for (qsizetype at = segment.start; at < segment.end; ++at) {
            const qsizetype start = at;
            while (at < segment.end && isWord(text[at]))
                ++at;
            if (at > start)
                words.push_back(lowered({text.data() + start, static_cast<std::size_t>(at - start)}));
            if (at < segment.end && (text[at] == '(' || text[at] == ')'))
                words.emplace_back(1, text[at]);
        }
    }
    return words;
}

/// Whether AND and OR stand side by side with no bracket between them.
bool mixesAndOr(QByteArrayView text)
{
    struct Level
    {
        bool hasAnd = false, hasOr = false, between = false;
    };
    std::vector<Level> levels(1);
    for (const std::string &word : wordsOf(text)) {
        if (word == "(")
            levels.emplace_back();
        else if (word == ")" && levels.size() > 1)
            levels.pop_back();
        else if (word == ")") // its opening bracket stands before the span: what came so far is inside it
            levels.back() = {};
        else if (word == "between")
            levels.back().between = true;
        else if (word == "and" && !std::exchange(levels.back().between, false))
            levels.back().hasAnd = true;
        else if (word == "or")
            levels.back().hasOr = true;
        if (levels.back().hasAnd && levels.back().hasOr)
            return true;
    }
    return false;
}

void mixedAndOr(const Visit &visit)
{
    const auto orOverAnd = [](std::string_view type, Node body) {
        return type == "BoolExpr" && body["boolop"].text() == "OR_EXPR"
            && std::ranges::any_of(
                body["args"], [](Node part) { return part.as("BoolExpr")["boolop"].text() == "AND_EXPR"; });
    };
    const Node where = visit["whereClause"];
    const Span span = visit.inspection().spanOf(where);
    const Source &source = visit.inspection().source();
    if (!anyNode(where, orOverAnd) || !source.exact)
        return;
    if (mixesAndOr(QByteArrayView(source.text).sliced(span.start - source.base, span.end - span.start)))
        visit.foundAt(where);
}

void selectInto(const Visit &visit)
{
    if (visit["intoClause"])
        visit.found(visit["intoClause"]["rel"]["relname"].text());
}

void createTableAs(const Visit &visit)
{
    if (visit["objtype"].text() != "OBJECT_MATVIEW")
        visit.found(visit["into"]["rel"]["relname"].text());
}

/// A relation that this text has given another meaning: renamed, put below another, referred to by a new cascade.
void changedMeanwhile(const Visit &visit)
{
    const std::string name = relationName(visit["relation"]);
    if (visit.inspection().script().unsettled.contains(name))
        visit.found(name);
}

constexpr Rule rules[] = {
    {"no-where", RiskLevel::Destructive, "DeleteStmt|UpdateStmt", noWhere,
        "There is no WHERE: every row of \"%1\" is changed.", "Name the rows in a WHERE clause, best by their key."},
    {"data-modifying-cte", RiskLevel::Write, "CommonTableExpr", dataModifyingCte,
        "The WITH item \"%1\" changes rows, whether anything refers to it or not.",
        "Send the change as a statement of its own, so that its rows can be counted."},
    {"copy-dml", RiskLevel::Write, "CopyStmt", copyDml, "This COPY changes the rows that it prints.",
        "Send the change as a statement of its own."},
    {"explain-analyze-write", RiskLevel::Write, "ExplainStmt", explainAnalyzeWrite,
        "EXPLAIN ANALYZE runs the statement, changes included.", "Leave ANALYZE out: a plain EXPLAIN does not run it."},
    {"where-current-of", RiskLevel::Write, "CurrentOfExpr", always,
        "Which row is changed depends on where a cursor stands.", "Name the row by its key instead."},
    {"row-locking-select", RiskLevel::Write, "SelectStmt", rowLockingSelect,
        "This SELECT locks the rows that it reads: whoever wants to change them waits.",
        "Leave FOR UPDATE or FOR SHARE out if the rows are only read."},
    {"unstable-limit", RiskLevel::Write, "DeleteStmt|UpdateStmt", unstableLimit,
        "A locking sub-select with LIMIT may be run more than once, and then names more rows than its limit.",
        "Put the sub-select into a WITH item marked MATERIALIZED."},
    {"changed-meanwhile", RiskLevel::Destructive, "DeleteStmt|UpdateStmt|MergeStmt", changedMeanwhile,
        "This text has changed \"%1\" before: which rows hang on it cannot be told.",
        "Send the change of rows as an action of its own."},
    {"mixed-and-or", RiskLevel::Write, "DeleteStmt|UpdateStmt", mixedAndOr,
        "AND and OR stand side by side: AND binds first, which may not be what was meant.", "Set brackets."},
    {"select-into", RiskLevel::Write, "SelectStmt", selectInto, "This SELECT creates the table \"%1\".",
        "Say CREATE TABLE … AS, so that nobody reads it as a query."},
    {"select-into", RiskLevel::Write, "CreateTableAsStmt", createTableAs, "The table \"%1\" is created and filled.",
        "Check the size of the query's result first."},
};

} // namespace

std::span<const Rule> rowRules()
{
    return rules;
}

} // namespace holdpoint
