// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/body.h"

#include "core/analysis/expression.h"
#include "core/analysis/language.h"
#include "core/analysis/parser.h"
#include "core/analysis/predicate.h"
#include "core/analysis/rule.h"
#include "core/analysis/variabletypes.h"

#include <array>
#include <map>

namespace holdpoint {

namespace {

// Statements of PL/pgSQL whose parts the walk reaches all by itself.
constexpr std::array<std::string_view, 26> knownStatements{"PLpgSQL_stmt_block", "PLpgSQL_stmt_assign",
    "PLpgSQL_stmt_if", "PLpgSQL_stmt_case", "PLpgSQL_stmt_loop", "PLpgSQL_stmt_while", "PLpgSQL_stmt_fori",
    "PLpgSQL_stmt_fors", "PLpgSQL_stmt_forc", "PLpgSQL_stmt_foreach_a", "PLpgSQL_stmt_exit", "PLpgSQL_stmt_return",
    "PLpgSQL_stmt_return_next", "PLpgSQL_stmt_return_query", "PLpgSQL_stmt_raise", "PLpgSQL_stmt_assert",
    "PLpgSQL_stmt_execsql", "PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors", "PLpgSQL_stmt_getdiag",
    "PLpgSQL_stmt_open", "PLpgSQL_stmt_fetch", "PLpgSQL_stmt_close", "PLpgSQL_stmt_perform", "PLpgSQL_stmt_call",
    "PLpgSQL_stmt_set"};

class PlpgsqlBody
{
public:
    PlpgsqlBody(Inspection &carrier, ScriptState &script, Statement &statement, std::string_view body)
        : m_carrier(carrier)
        , m_script(script)
        , m_statement(statement)
        , m_source(sourceOfBody(carrier, body))
        , m_types(script, statement, m_source.whole, carrier.nesting() + 1)
    {
    }

    void inspect()
    {
        // libpg_query aborts the process on it.
        if (m_source.text.isEmpty())
            return report("opaque-body", m_source.whole, "there is none");
        const auto tree = parsePlpgsql(m_carrier.statementText());
        if (!tree)
            return report("opaque-body", m_source.whole, tree.error().message.toStdString());
        // With that directive a name that is both is the column, and which ones are both cannot be told here.
        if (!m_source.text.contains("variable_conflict"))
            collectVariables(tree->root(), false);
        const auto outsideTypes = m_script.variableTypes;
        m_types.inspect(tree->root());
        const auto outside = std::exchange(m_script.variables, m_variables);
        walk(tree->root());
        m_script.variables = outside;
        m_script.variableTypes = outsideTypes;
    }

private:
    void collectVariables(Node node, bool within)
    {
        within = within || node.key() == "datums";
        if (within && node.key() == "refname")
            m_variables.emplace(node.text());
        for (const Node child : node)
            collectVariables(child, within);
    }

    bool isOpenLoop(std::string_view type, Node loop)
    {
        if (type == "PLpgSQL_stmt_fori")
            return !isShort(loop["lower"].as("PLpgSQL_expr"), loop["upper"].as("PLpgSQL_expr"));
        if (type == "PLpgSQL_stmt_fors")
            return !givesFewRows(loop["query"].as("PLpgSQL_expr"));
        return type == "PLpgSQL_stmt_loop" || type == "PLpgSQL_stmt_while" || type == "PLpgSQL_stmt_forc"
            || type == "PLpgSQL_stmt_dynfors" || type == "PLpgSQL_stmt_foreach_a";
    }

    static bool isShort(Node lower, Node upper)
    {
        constexpr int mostRounds = 100;
        bool isFrom = false, isTo = false;
        const auto text = [](Node expr) {
            return QByteArray(expr["query"].text().data(), qsizetype(expr["query"].text().size()));
        };
        const int from = text(lower).trimmed().toInt(&isFrom), to = text(upper).trimmed().toInt(&isTo);
        return isFrom && isTo && to - qint64(from) <= mostRounds;
    }

    bool givesFewRows(Node expr)
    {
        const std::string_view text = expr["query"].text();
        const Source source{QByteArray(text.data(), qsizetype(text.size())), 0, false, m_source.whole};
        const auto script = parseSql(source.text, static_cast<ParseMode>(expr["parseMode"].number()));
        if (!script || script->statements.size() != 1)
            return false;
        Statement unused;
        ScriptState apart = m_script;
        apart.reported = {};
        Inspection query(apart, source, unused);
        query.setNesting(m_carrier.nesting() + 1);
        query.inspect(script->statements.front().node, {0, source.text.size()});
        return judgeSelect(script->statements.front().node, query).reach <= Reach::Bounded;
    }

    void walk(Node node)
    {
        const std::string_view type = node.type();
        if (type == "PLpgSQL_expr")
            return expression(node.body());
        if (type == "PLpgSQL_stmt_commit" || type == "PLpgSQL_stmt_rollback")
            report("transaction-escape", m_source.whole, {});
        else if (type.starts_with("PLpgSQL_stmt_") && !std::ranges::contains(knownStatements, type))
            report("opaque-body", m_source.whole, type);
        if (!isOpenLoop(type, node.body()))
            return walkParts(node);
        // It may go round once for every row of a table: what it does to one, it does to all of them.
        const auto variables = std::exchange(m_script.variables, {});
        const bool outside = std::exchange(m_script.inOpenLoop, true);
        walkParts(node);
        m_script.variables = variables;
        m_script.inOpenLoop = outside;
    }

    void walkParts(Node node)
    {
        const std::string_view type = node.type();
        const bool dynamic = type == "PLpgSQL_stmt_dynexecute" || type == "PLpgSQL_stmt_dynfors";
        for (const Node child : type.empty() ? node : node.body()) {
            if (child.key() == "dynquery" || (dynamic && child.key() == "query"))
                dynamicQuery(child.body());
            else
                walk(child);
        }
    }

    void expression(Node expr) { expressionIn(sourceOf(expr["query"].text()), expr); }

    void expressionIn(const Source &source, Node expr)
    {
        const auto mode = static_cast<ParseMode>(expr["parseMode"].number());
        const auto script = parseSql(source.text, mode);
        if (!script)
            return report("opaque-body", source.whole, script.error().message.toStdString());
        for (const ParsedStatement &parsed : script->statements) {
            Inspection inner(m_script, source, m_statement);
            inner.setNesting(m_carrier.nesting() + 1);
            inner.inspect(parsed.node, {parsed.start, parsed.end});
            m_types.inspectAssignment(inner);
        }
    }

    /// EXECUTE: a text written out in full can be read; anything else is known only when it runs.
    void dynamicQuery(Node expr)
    {
        const Source source = sourceOf(expr["query"].text());
        expressionIn(source, expr);
        const auto text = constantText(source.text);
        if (!text)
            return report("dynamic-sql", source.whole, {});
        const Source inner{QByteArray(text->data(), static_cast<qsizetype>(text->size())), 0, false, source.whole};
        if (!inspectSqlText(m_script, m_statement, inner, m_carrier.nesting() + 1))
            report("dynamic-sql", source.whole, {});
    }

    static std::optional<std::string> constantText(const QByteArray &expression)
    {
        const auto script = parseSql(expression, ParseMode::Expression);
        if (!script || script->statements.size() != 1)
            return std::nullopt;
        const Node targets = script->statements.front().node.as("SelectStmt")["targetList"];
        const auto constant =
            targets.count() == 1 ? foldConstant((*targets.begin()).as("ResTarget")["val"]) : std::nullopt;
        const std::string *text = constant ? std::get_if<std::string>(&*constant) : nullptr;
        return text ? std::optional(*text) : std::nullopt;
    }

    /// Where an expression stands in the body. The same text twice: the places are taken in order.
    Source sourceOf(std::string_view query)
    {
        const QByteArray text(query.data(), static_cast<qsizetype>(query.size()));
        const qsizetype at = m_source.exact ? find(text) : -1;
        if (at < 0)
            return {text, 0, false, m_source.whole};
        m_reached = at;
        const Span place = m_source.map({at, at + text.size()});
        return {text, place.start, true, place};
    }

    /// Most expressions come in the order of the text: what stands after the last one is looked at first.
    qsizetype find(const QByteArray &text)
    {
        constexpr qsizetype nearby = 4096;
        constexpr int mostMisses = 100; // a body of thousands that are not there as they are parsed takes too long
        const QByteArrayView whole = m_source.text;
        qsizetype &from = m_searchFrom[text];
        const qsizetype next = std::max(from, m_reached);
        qsizetype at = findIn(whole.first(std::min(whole.size(), next + text.size() + nearby)), text, next);
        for (const qsizetype start : {next, from, qsizetype(0)})
            if (at < 0 && m_misses < mostMisses)
                at = findIn(whole, text, start);
        m_misses += at < 0 ? 1 : 0;
        from = std::max(from, at + 1);
        return at;
    }

    static qsizetype findIn(QByteArrayView whole, QByteArrayView text, qsizetype start)
    {
        constexpr QByteArrayView verb = "SELECT"; // PERFORM x is handed to the parser as SELECT x
        if (!text.startsWith(verb))
            return whole.indexOf(text, start);
        const QByteArrayView rest = text.sliced(verb.size());
        for (qsizetype at = whole.indexOf(rest, start + verb.size()); at >= 0; at = whole.indexOf(rest, at + 1)) {
            const QByteArrayView before = whole.sliced(at - verb.size(), verb.size());
            if (before == verb || before.compare("ERFORM", Qt::CaseInsensitive) == 0)
                return at - verb.size();
        }
        return -1;
    }

    void report(std::string_view id, Span span, std::string_view detail)
    {
        const Rule &rule = ruleById(id);
        Inspection(m_script, m_source, m_statement).report(rule, rule.level, span, detail);
    }

    Inspection &m_carrier;
    ScriptState &m_script;
    Statement &m_statement;
    Source m_source;
    std::map<QByteArray, qsizetype> m_searchFrom;
    qsizetype m_reached = 0; ///< where the last expression that was found begins
    int m_misses = 0;
    std::set<std::string, std::less<>> m_variables;
    VariableTypes m_types;
};

} // namespace

Source sourceOfBody(const Inspection &carrier, std::string_view body)
{
    const QByteArray text(body.data(), static_cast<qsizetype>(body.size()));
    const Source &outer = carrier.source();
    const Span whole = carrier.statementSpan();
    const qsizetype at = outer.exact ? outer.text.indexOf(text, whole.start - outer.base) : -1;
    if (at < 0 || text.isEmpty())
        return {text, 0, false, whole};
    const Span place = outer.map({at, at + text.size()});
    return {text, place.start, true, place};
}

std::string_view bodyText(Node statement)
{
    for (const char *list : {"args", "options"}) {
        const Node as = option(statement[list], "as");
        if (as.type() == "String")
            return as.body()["sval"].text();
        for (const Node item : as.as("List")["items"])
            return item.as("String")["sval"].text();
    }
    return {};
}

void inspectRoutineBody(Inspection &carrier, Node createFunction, ScriptState &script, Statement &body)
{
    const std::string language = languageOf(createFunction);
    for (const Node parameter : createFunction["parameters"])
        if (const std::string_view name = parameter.as("FunctionParameter")["name"].text(); !name.empty())
            script.variables.emplace(name);
    // A default runs in each call that leaves its parameter out.
    for (const Node parameter : createFunction["parameters"])
        if (const Node value = parameter.as("FunctionParameter")["defexpr"]) {
            Inspection inner(script, carrier.source(), body);
            inner.setNesting(carrier.nesting() + 1);
            inner.inspectPart(value);
        }
    if (script.uses) {
        Inspection inner(script, carrier.source(), body);
        inspectSignature(inner, createFunction);
    }
    const auto opaque = [&](std::string_view why) {
        const Rule &rule = ruleById("opaque-body");
        Inspection(script, carrier.source(), body).report(rule, rule.level, carrier.statementSpan(), why);
    };
    if (const Node tree = createFunction["sql_body"]) {
        Inspection inner(script, carrier.source(), body);
        inner.setNesting(carrier.nesting() + 1);
        inner.inspectPart(tree);
    } else if (language == "sql") {
        if (!inspectSqlText(script, body, sourceOfBody(carrier, bodyText(createFunction)), carrier.nesting() + 1))
            opaque("it is no SQL");
    } else if (language == "plpgsql" && carrier.nesting() < deepestNesting) {
        inspectPlpgsqlBody(carrier, script, body, bodyText(createFunction));
    } else if (!isUntrustedLanguage(language)) {
        opaque("the language is " + language);
    }
}

void inspectPlpgsqlBody(Inspection &carrier, ScriptState &script, Statement &statement, std::string_view body)
{
    PlpgsqlBody(carrier, script, statement, body).inspect();
}

bool inspectSqlText(ScriptState &script, Statement &statement, const Source &source, int nesting)
{
    const auto parsed = source.text.contains('\0') || nesting > deepestNesting ? std::unexpected(ParseFailure{})
                                                                               : parseSql(source.text);
    if (!parsed)
        return false;
    for (const ParsedStatement &part : parsed->statements) {
        Inspection inner(script, source, statement);
        inner.setNesting(nesting);
        inner.inspect(part.node, {part.start, part.end});
    }
    return true;
}

} // namespace holdpoint
