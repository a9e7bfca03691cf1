// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/body.h"
#include "core/analysis/language.h"
#include "core/analysis/rule.h"
#include "core/analysis/statementkind.h"

#include <algorithm>

namespace holdpoint {

namespace {

void opaque(const Visit &visit, Statement &statement, std::string_view why)
{
    const Rule &rule = ruleById("opaque-body");
    Inspection inspection(visit.inspection().script(), visit.inspection().source(), statement);
    inspection.report(rule, rule.level, visit.inspection().statementSpan(), why);
}

void doBlock(const Visit &visit)
{
    visit.found();
    const std::string language = languageOf(visit.node());
    Inspection &inspection = visit.inspection();
    if (language == "plpgsql" && inspection.nesting() < deepestNesting)
        inspectPlpgsqlBody(inspection, inspection.script(), inspection.statement(), bodyText(visit.node()));
    else if (!isUntrustedLanguage(language))
        opaque(visit, inspection.statement(), "the language is " + language);
}

void routineBody(const Visit &visit)
{
    Statement body;
    body.level = RiskLevel::Read;
    ScriptState script = visit.inspection().script().withoutStatements();
    inspectRoutineBody(visit.inspection(), visit.node(), script, body);
    std::string rules;
    for (const Finding &finding : std::as_const(body.findings))
        if (finding.level >= RiskLevel::Destructive && !rules.contains(finding.rule.toStdString()))
            rules.append(rules.empty() ? "" : ", ").append(finding.rule.toStdString());
    for (const Finding &finding : std::as_const(body.findings))
        if (finding.level >= RiskLevel::Destructive)
            visit.inspection().statement().findings.append(finding);
    if (body.level >= RiskLevel::Destructive)
        visit.foundAs(body.level, rules);
}

void prepare(const Visit &visit)
{
    visit.inspection().script().prepared.insert(std::string(visit["name"].text()));
    if (!isRowChange(visit["query"].type()))
        return;
    visit.inspection().script().writingPlans.emplace(visit["name"].text());
    visit.found(visit["name"].text());
}

void opaqueExecute(const Visit &visit)
{
    const ScriptState &script = visit.inspection().script();
    if (!script.prepared.contains(visit["name"].text()))
        return visit.found(visit["name"].text());
    const auto reads = [](std::string_view type, Node) { return type == "SubLink"; };
    if (script.writingPlans.contains(visit["name"].text()) && anyNode(visit["params"], reads)) {
        const Rule &rule = ruleById("wide-predicate");
        visit.inspection().report(
            rule, rule.level, visit.inspection().statementSpan(), "the values are read from tables");
    }
}

constexpr Rule rules[] = {
    {"do-block", RiskLevel::Write, "DoStmt", doBlock,
        "A DO block runs a program; its statements were looked at one by one.",
        "Send the statements themselves, if they need no program."},
    {"routine-body", RiskLevel::Destructive, "CreateFunctionStmt", routineBody,
        "Whoever calls this routine sets off what its body holds: %1.",
        "Take the dangerous statement out of the body."},
    {"dynamic-sql", RiskLevel::Critical, "", nullptr,
        "The program puts SQL together while it runs: nobody can tell now what it will be.",
        "Write the statement out."},
    {"opaque-body", RiskLevel::Critical, "", nullptr, "The program could not be read: %1.",
        "Write it in SQL or PL/pgSQL, without mistakes."},
    {"prepare-write", RiskLevel::Write, "PrepareStmt", prepare, "The plan \"%1\" changes rows when it is executed.",
        "Send the statement itself, with its values."},
    {"opaque-execute", RiskLevel::Critical, "ExecuteStmt", opaqueExecute,
        "The plan \"%1\" was not prepared in this text: nobody can tell what it does.",
        "Send the statement itself, with its values.", true},
};

} // namespace

std::span<const Rule> codeRules()
{
    return rules;
}

} // namespace holdpoint
