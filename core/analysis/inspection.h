// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/source.h"
#include "core/analysis/tree.h"
#include "core/assessment/statement.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace holdpoint {

class Visit;

/// One entry of a rule table.
struct Rule
{
    std::string_view id;
    RiskLevel level; ///< what it raises a statement to
    std::string_view nodeType; ///< the parse tree's type it looks at, `|` between several; `*`: every statement; empty: reported by name
    void (*check)(const Visit &);
    std::string_view message; ///< %1 is the detail
    std::string_view remedy;
    bool whenPlanned = false; ///< fires inside a plain EXPLAIN as well
};

/// What earlier statements of the same text have set up.
struct ScriptState
{
    std::set<std::string, std::less<>> prepared; ///< names of plans made by PREPARE
    std::set<std::string, std::less<>> savepoints;
    std::set<std::string, std::less<>> created; ///< tables that did not exist before this text
};

/// Walks one statement's parse tree, asks the rules, and gathers what they find.
class Inspection
{
public:
    /// @param statement where findings go; shared by the inspections of bodies inside one statement
    Inspection(ScriptState &script, Source source, Statement &statement);

    /// Walks a statement, as in `{"DeleteStmt":{…}}`; @p local is its span in the source's text. Call once.
    void inspect(Node statement, Span local);
    /// Walks a tree that is no statement of its own, such as a PL/pgSQL expression.
    void inspectPart(Node tree, bool executes = true);

    void report(const Rule &rule, RiskLevel level, Span span, std::string_view detail = {});
    /// Raises the statement's level without a finding.
    void raise(RiskLevel level);

    /// The bytes of the whole text that a node stands for; the statement's where the parser noted none.
    Span spanOf(Node node) const;

    ScriptState &script() { return m_script; }
    const Source &source() const { return m_source; }
    Span statementSpan() const { return m_span; }
    /// The statement's own text.
    QByteArray statementText() const { return m_source.text.sliced(m_local.start, m_local.end - m_local.start); }
    Statement &statement() { return m_statement; }
    /// The query of a WITH item of this statement; null if there is none of that name.
    Node cte(std::string_view name) const;
    /// What is known already of how many rows a WITH item gives (a Reach); also what stops a recursive one. A name that
    /// means a table in one place and an item in another counts as the table everywhere.
    std::map<std::string, int, std::less<>> &cteReaches() const { return m_cteReaches; }
    /// How deep bodies within bodies are opened.
    int nesting() const { return m_nesting; }
    void setNesting(int nesting) { m_nesting = nesting; }

private:
    void collectNames(Node tree);
    void noteWith(Node carrier, Node with, bool outermost);
    void noteRelation(Node rangeVar);
    void noteDropped(Node drop);
    void walk(Node value, bool executes);
    void visit(Node node, bool executes);
    void visitStatement(Node node, bool executes);
    void ask(const Rule &rule, Node body, std::string_view type, bool executes);

    ScriptState &m_script;
    Source m_source;
    Statement &m_statement;
    Span m_local; ///< the statement in the source's text
    Span m_span; ///< the same in the submitted text
    Node m_root;
    std::map<std::string, Node, std::less<>> m_ctes;
    mutable std::map<std::string, int, std::less<>> m_cteReaches;
    int m_nesting = 0;
};

} // namespace holdpoint
