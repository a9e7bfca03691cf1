// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/codereach.h"
#include "core/analysis/maderelation.h"
#include "core/analysis/reported.h"
#include "core/analysis/source.h"
#include "core/analysis/tree.h"
#include "core/assessment/statement.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace holdpoint {

class Visit;

/// What a rule has to see.
enum class Sight {
    Text, ///< the text alone
    Better, ///< the text; a catalogue clears or sharpens what it says
    Catalog, ///< a catalogue; without one it never fires
};

/// One entry of a rule table.
struct Rule
{
    std::string_view id;
    RiskLevel level; ///< what it raises a statement to
    /// The parse tree's type it looks at, `|` between several; `*`: every statement; `typeName`: a type by the member
    /// that holds it, where a rule on what holds that does not look at it; empty: reported by name.
    std::string_view nodeType;
    void (*check)(const Visit &);
    std::string_view message; ///< %1 is the detail
    std::string_view remedy;
    bool whenPlanned = false; ///< fires inside a plain EXPLAIN as well
    Sight sight = Sight::Text;
};

/// What the statements of one text share.
struct ScriptState
{
    const Catalog *catalog = nullptr; ///< null: the text alone
    CodeReach *code = nullptr; ///< set with the catalogue
    std::set<CodeKey> *uses = nullptr; ///< set while a piece of the catalogue's code is read: takes what it uses
    std::set<std::string, std::less<>> prepared = {}; ///< names of plans made by PREPARE
    std::set<std::string, std::less<>> savepoints = {};
    std::set<std::string, std::less<>> variables = {}; ///< names that stand for one value each where this text runs
    std::set<CodeKey> variableTypes = {}; ///< of `variables`, as far as they are not PostgreSQL's own
    bool inOpenLoop = false; ///< what runs here may run again for every row of a table
    std::set<std::string, std::less<>> unsettled = {}; ///< relations that this text has changed: what was known is void
    std::set<std::string, std::less<>> writingPlans = {}; ///< those of `prepared` that change rows
    std::set<std::string, std::less<>> addedColumns = {}; ///< names of columns that this text adds to tables
    std::map<std::string, Node, std::less<>> views = {}; ///< queries of the views that this text makes
    MadeRelations created = {}; ///< relations that did not exist before this text
    std::map<std::string, std::set<CodeKey>, std::less<>> gained = {}; ///< by relation: what writing to it runs anew
    std::map<std::string, std::set<CodeKey>, std::less<>> types = {}; ///< those that this text makes, of known parts
    Reported reported = {};

    /// For a text that runs apart from this one, such as a routine's body.
    ScriptState withoutStatements() const { return {.catalog = catalog, .code = code, .uses = uses}; }
};

/// Walks one statement's parse tree, asks the rules, and gathers what they find.
class Inspection
{
public:
    /// @param statement where findings go; shared by the inspections of bodies inside one statement
    Inspection(ScriptState &script, Source source, Statement &statement);

    /// Walks a statement, as in `{"DeleteStmt":{…}}`; @p local is its span in the source's text. Call once.
    void inspect(Node statement, Span local);
    /// The same without the walk: for a statement whose parts are inspected one by one.
    void begin(Node statement, Span local);
    /// Walks a tree that is no statement of its own, such as a PL/pgSQL expression.
    void inspectPart(Node tree, bool executes = true);

    void report(const Rule &rule, RiskLevel level, Span span, std::string_view detail = {});
    /// Raises the statement's level without a finding.
    void raise(RiskLevel level);

    /// The bytes of the whole text that a node stands for; the statement's where the parser noted none.
    Span spanOf(Node node) const;

    ScriptState &script() { return m_script; }
    const ScriptState &script() const { return m_script; }
    const Catalog *catalog() const { return m_script.catalog; }
    /// The relation that a RangeVar's body names; null without a catalogue, for a WITH item, for what this text
    /// creates, and for what is not there.
    const CatalogRelation *relation(Node rangeVar) const;
    /// The table of the ALTER TABLE statement that is being walked; null where the catalogue does not know it.
    const CatalogRelation *alteredRelation() const { return relation(m_root.body()["relation"]); }
    /// The whole of what is inspected.
    Node root() const { return m_root; }
    /// Whether any relation of the statement is called by a name.
    bool goesBy(std::string_view name) const;
    /// Whether a name is neither in the catalogue nor a WITH item nor made by this text. False without a catalogue.
    bool isUnknownRelation(Node rangeVar) const;
    /// What using pieces of the catalogue's code leads to. While such a piece is read itself: nothing yet, they are
    /// noted.
    Consequences consequencesOf(const std::set<CodeKey> &used);
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
    /// Whether names may be variables or parameters of a routine: its body is being looked at.
    bool isBody() const { return m_nesting > 0 || m_script.uses; }

private:
    void collectNames(Node tree);
    void noteWith(Node carrier, Node with, bool outermost);
    void noteRelation(Node rangeVar);
    void noteDropped(Node drop);
    void bindVariables(Node tree);
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
    mutable Node m_namesOf; ///< the tree that the names below were collected from
    mutable std::set<std::string_view> m_names; ///< what its relations are called by
    std::map<std::string, Node, std::less<>> m_ctes;
    mutable std::map<std::string, int, std::less<>> m_cteReaches;
    int m_nesting = 0;
};

} // namespace holdpoint
