// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"

#include "core/analysis/codereach.h"
#include "core/analysis/effects.h"
#include "core/analysis/locks.h"
#include "core/analysis/otherreading.h"
#include "core/analysis/parser.h"
#include "core/analysis/rule.h"
#include "core/analysis/statementkind.h"
#include "core/analysis/textrules.h"

#include <QStringConverter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// The first byte that is no UTF-8, or part of a byte order mark at the beginning, which is no SQL; nothing if all is
/// well.
std::optional<qsizetype> invalidUtf8(QByteArrayView sql)
{
    if (QUtf8StringView(sql).isValidUtf8() && !sql.startsWith("\xEF\xBB\xBF"))
        return std::nullopt;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString whole = decoder.decode(sql);
    const QByteArray shown = whole.toUtf8();
    const auto [bad, same] = std::ranges::mismatch(sql, shown);
    // What stands in for a sequence that is cut off may begin as it does.
    return std::min<qsizetype>(bad - sql.begin(), sql.size() - 1);
}

/// The assessment of a text without a parse tree: one statement that carries the reason.
class Unreadable
{
public:
    explicit Unreadable(qsizetype bytes)
    {
        m_statement.kind = u"UNPARSEABLE"_s;
        m_statement.level = RiskLevel::Critical;
        m_statement.end = bytes;
        m_statement.effects = {effect()};
    }

    static Effect effect()
    {
        Effect effect;
        effect.verb = u"run"_s;
        effect.table = u"unknown"_s;
        effect.unknownBecause = u"the text could not be read as SQL"_s;
        return effect;
    }

    Assessment because(std::string_view id, Span span, const QString &error, const QString &detail = {})
    {
        ScriptState script;
        const Rule &rule = ruleById(id);
        Inspection(script, {}, m_statement).report(rule, rule.level, span, detail.toStdString());
        return {RiskLevel::Critical, {m_statement}, error};
    }

    Statement &statement() { return m_statement; }

private:
    Statement m_statement;
};

QString placeOf(QByteArrayView sql, qsizetype offset)
{
    const QByteArrayView before = sql.first(offset);
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    return u"line %1, byte %2 of it"_s.arg(before.count('\n') + 1).arg(offset - lineStart + 1);
}

void report(Statement &statement, const TextFinding &finding)
{
    ScriptState script;
    Inspection(script, {}, statement).report(ruleById(finding.rule), finding.level, finding.span, finding.detail);
}

/// The place of the last character that is no blank; 0 if there is none.
qsizetype lastWritten(QByteArrayView sql)
{
    qsizetype at = sql.size() - 1;
    while (
        at > 0 && (sql[at] == ' ' || sql[at] == '\n' || sql[at] == '\r' || sql[at] == '\t' || (sql[at] & 0xC0) == 0x80))
        --at;
    return std::max<qsizetype>(at, 0);
}

Assessment unparseable(const QByteArray &sql, const ParseFailure &failure, const std::vector<TextFinding> &findings)
{
    Unreadable unreadable(sql.size());
    for (const TextFinding &finding : findings)
        report(unreadable.statement(), finding);
    // Where the end of the text is the mistake, what it ends with is shown.
    const qsizetype at = std::clamp<qsizetype>(failure.offset, 0, lastWritten(sql));
    const QString error = u"%1 (%2)"_s.arg(failure.message, placeOf(sql, at));
    if (failure.tooDeep)
        return unreadable.because("too-deep", {0, sql.size()}, error);
    return unreadable.because("unparseable", {at, std::max(tokenEnd(sql, at), at)}, error, failure.message);
}

Statement inspected(ScriptState &script, const QByteArray &sql, const ParsedStatement &parsed, Span span)
{
    Statement statement;
    statement.kind = QString::fromStdString(statementKind(parsed.node));
    statement.level = RiskLevel::Read;
    statement.start = span.start;
    statement.end = span.end;
    script.reported = {};
    Inspection inspection(script, Source{sql, 0, true, span}, statement);
    inspection.inspect(parsed.node, span);
    return statement;
}

/// Text findings belong to the statement they stand in or after; before the first one, to the first.
void attach(QList<Statement> &statements, const std::vector<TextFinding> &findings, qsizetype bytes)
{
    if (findings.empty())
        return;
    if (statements.isEmpty()) {
        Statement nothing;
        nothing.kind = u"EMPTY"_s;
        nothing.level = RiskLevel::Read;
        nothing.end = bytes;
        nothing.effects = {Unreadable::effect()};
        statements.append(nothing);
    }
    for (const TextFinding &finding : findings) {
        qsizetype index = 0;
        while (index + 1 < statements.size() && statements[index + 1].start <= finding.span.start)
            ++index;
        report(statements[index], finding);
    }
}

} // namespace

Assessment analyse(const QByteArray &sql, const Catalog *catalog)
{
    const Span everything{0, sql.size()};
    if (sql.size() > largestText)
        return Unreadable(sql.size()).because("too-large", everything, u"the text is larger than 1 MiB"_s, u"1 MiB"_s);
    if (const qsizetype nul = sql.indexOf('\0'); nul >= 0)
        return Unreadable(sql.size()).because("nul-byte", {nul, nul + 1}, u"NUL at %1"_s.arg(placeOf(sql, nul)));
    if (const auto bad = invalidUtf8(sql))
        return Unreadable(sql.size())
            .because("invalid-utf8", {*bad, *bad + 1}, u"no UTF-8 at %1"_s.arg(placeOf(sql, *bad)));
    const std::vector<Segment> segments = segmentsOf(sql);
    if (const auto tangle = tangleIn(sql, segments))
        return Unreadable(sql.size())
            .because("too-deep", everything, u"too many signs in a row at %1"_s.arg(placeOf(sql, *tangle)));
    std::vector<TextFinding> findings = inspectText(sql, segments, catalog);
    const auto script = parseSql(sql);
    if (!script)
        return unparseable(sql, script.error(), findings);
    if (const auto literal = readOtherwise(sql, segments, *script))
        findings.push_back({"ambiguous-literal", RiskLevel::Critical, {literal->start, literal->end}, {}});

    Assessment assessment{RiskLevel::Read, {}, {}};
    std::optional<CodeReach> code;
    if (catalog)
        code.emplace(*catalog);
    ScriptState state{.catalog = catalog, .code = code ? &*code : nullptr};
    for (const ParsedStatement &parsed : script->statements) {
        Span span{parsed.start, parsed.end};
        trimToCode(sql, segments, span.start, span.end);
        assessment.statements.append(inspected(state, sql, parsed, span));
    }
    attach(assessment.statements, findings, sql.size());
    // Last, since what only reads has no effects, and every finding has a say in that.
    for (std::size_t index = 0; index < script->statements.size(); ++index) {
        const ParsedStatement &parsed = script->statements[index];
        Statement &statement = assessment.statements[static_cast<qsizetype>(index)];
        statement.effects = effectsOf(parsed, statement, catalog);
        statement.locks = locksOf(parsed.node, statement, catalog);
    }
    noteOutdated(assessment.statements);
    if (const Statement *gravest = assessment.gravest())
        assessment.level = gravest->level;
    return assessment;
}

} // namespace holdpoint
