// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/expression.h"
#include "core/analysis/rule.h"
#include "core/analysis/statementkind.h"
#include "core/analysis/treesearch.h"

#include <array>

namespace holdpoint {

namespace {

bool drops(const Visit &visit, std::string_view kind)
{
    return visit.type() == "DropStmt" && visit["removeType"].text() == kind;
}

bool isAmong(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::ranges::contains(words, word);
}

void eventTrigger(const Visit &visit)
{
    const bool renames = visit["renameType"].text() == "OBJECT_EVENT_TRIGGER";
    if ((visit.type() != "DropStmt" && visit.type() != "RenameStmt") || renames || drops(visit, "OBJECT_EVENT_TRIGGER"))
        visit.found();
}

void triggerDisable(const Visit &visit)
{
    const bool command = isAmong(visit["subtype"].text(),
        {"AT_DisableTrig", "AT_DisableTrigAll", "AT_DisableTrigUser", "AT_EnableReplicaTrig", "AT_DisableRule",
            "AT_EnableReplicaRule", "AT_EnableAlwaysTrig", "AT_EnableAlwaysRule"});
    if (command || drops(visit, "OBJECT_TRIGGER"))
        visit.found();
}

void rlsChange(const Visit &visit)
{
    const std::string_view subtype = visit["subtype"].text();
    const bool policy = visit.type() == "CreatePolicyStmt" || visit.type() == "AlterPolicyStmt"
        || visit["renameType"].text() == "OBJECT_POLICY";
    if (policy || drops(visit, "OBJECT_POLICY") || isAmong(subtype, {"AT_DisableRowSecurity", "AT_NoForceRowSecurity"}))
        visit.found();
}

void viewSecurity(const Visit &visit)
{
    const Node options = visit.type() == "ViewStmt" ? visit["options"] : visit["def"].as("List")["items"];
    if (option(options, "security_barrier") || option(options, "security_invoker"))
        visit.found();
}

bool readsOnly(std::string_view type)
{
    return isAmong(type,
        {"SelectStmt", "ExplainStmt", "VariableShowStmt", "PrepareStmt", "DeclareCursorStmt", "ReturnStmt",
            "PLAssignStmt"});
}

bool namesHoldpoint(Node tree)
{
    if (tree.key() == "schemaname" || tree.key() == "sval" || tree.key() == "newschema" || tree.key() == "subname")
        return isHoldpointSchema(tree.text());
    return std::ranges::any_of(tree, namesHoldpoint);
}

/// A row change is judged by the relation it changes, anything else by every name in it.
void approvalTamper(const Visit &visit)
{
    const bool locks = visit["lockingClause"] && namesHoldpoint(visit["fromClause"]);
    if ((readsOnly(visit.type()) && !locks) || visit.type() == "DoStmt" || visit.type() == "CreateFunctionStmt")
        return;
    const bool copyOut = visit.type() == "CopyStmt" && !visit["is_from"].truth();
    const bool byTarget = isRowChange(visit.type()) || visit.type() == "CopyStmt";
    // A search path that the script sets may lead there.
    const Catalog *catalog = visit.inspection().catalog();
    const Node relation = visit["relation"];
    const bool bySearchPath = byTarget && catalog && visit.inspection().isUnknownRelation(relation)
        && relation["schemaname"].text().empty() && catalog->relation("holdpoint", relation["relname"].text());
    const bool hit = bySearchPath ? true
        : byTarget                ? isHoldpointSchema(visit["relation"]["schemaname"].text())
                                  : namesHoldpoint(visit.node());
    const bool signals = visit.type() == "NotifyStmt" && isHoldpointSchema(visit["conditionname"].text());
    if ((hit && !copyOut) || signals)
        visit.found();
}

void approvalCall(const Visit &visit)
{
    const auto name = nameParts(visit["funcname"]);
    if (name.size() > 1 && isHoldpointSchema(name.front()))
        return visit.found();
    if (name.empty() || (name.back() != "nextval" && name.back() != "setval") || !visit["args"].count())
        return;
    Node sequence = *visit["args"].begin();
    while (const Node cast = sequence.as("TypeCast"))
        sequence = cast["arg"];
    const std::string text = lowered(sequence.as("A_Const")["sval"]["sval"].text());
    if (const auto dot = text.find('.'); dot != std::string::npos && isHoldpointSchema(text.substr(0, dot)))
        visit.found();
}

/// A signal to Holdpoint's own listeners; a channel that is computed may be theirs.
void approvalSignal(const Visit &visit)
{
    const auto name = nameParts(visit["funcname"]);
    if (name.empty() || name.back() != "pg_notify" || !visit["args"].count())
        return;
    const auto channel = foldConstant(*visit["args"].begin());
    const std::string *text = channel ? std::get_if<std::string>(&*channel) : nullptr;
    if (!text || isHoldpointSchema(*text))
        visit.found();
}

bool isGuarded(std::string_view schema, std::string_view name)
{
    return isSystemRelation(schema, name) || isHoldpointSchema(schema);
}

/// Whether a view stands before a relation that nobody may change: one that this text makes, or one of the catalogue.
bool leadsToGuarded(const Visit &visit, Node relation)
{
    const auto &views = visit.inspection().script().views;
    if (const auto own = views.find(relationName(relation)); own != views.end())
        return anyNode(own->second, [](std::string_view type, Node body) {
            return type == "RangeVar" && isGuarded(body["schemaname"].text(), body["relname"].text());
        });
    const CatalogRelation *known = visit.inspection().relation(relation);
    const CatalogRelation *table = known ? changedTable(*visit.inspection().catalog(), *known) : nullptr;
    return table && table != known && isGuarded(table->schema, table->name);
}

void catalogWrite(const Visit &visit)
{
    const Node relation = visit["relation"];
    const bool copyOut = visit.type() == "CopyStmt" && !visit["is_from"].truth();
    if (copyOut || !relation)
        return;
    if (isSystemRelation(relation["schemaname"].text(), relation["relname"].text()) || leadsToGuarded(visit, relation))
        visit.found(relationName(relation));
}

void catalogTruncate(const Visit &visit)
{
    for (const Node item : visit["relations"])
        if (const Node relation = item.as("RangeVar");
            isSystemRelation(relation["schemaname"].text(), relation["relname"].text()))
            visit.foundAt(item, relationName(relation));
}

constexpr Rule rules[] = {
    {"create-rule", RiskLevel::Critical, "RuleStmt", always,
        "A rule rewrites queries silently: what others send is no longer what runs.", "Use a trigger, or a view."},
    {"event-trigger", RiskLevel::Critical, "CreateEventTrigStmt|AlterEventTrigStmt|RenameStmt|DropStmt", eventTrigger,
        "An event trigger acts on the whole database; Holdpoint's own guard may be one.",
        "This is not for an agent to ask."},
    {"trigger-disable", RiskLevel::Critical, "AlterTableCmd|DropStmt", triggerDisable,
        "Which triggers or rules run changes: foreign keys and the audit trail may be among them.",
        "Leave them as they are, and change the rows under their eyes."},
    {"rls-change", RiskLevel::Critical, "AlterTableCmd|CreatePolicyStmt|AlterPolicyStmt|RenameStmt|DropStmt", rlsChange,
        "Who may see which rows changes; permissive policies add up.", "Let the data's owner decide on policies."},
    {"view-security", RiskLevel::Critical, "AlterTableCmd|ViewStmt", viewSecurity,
        "What the view hides, or whose rights it uses, changes.", "Let the data's owner decide."},
    {"approval-tamper", RiskLevel::Critical, "*", approvalTamper, "This changes Holdpoint's own records.",
        "Nobody changes them by SQL; use Holdpoint's functions."},
    {"approval-tamper", RiskLevel::Critical, "FuncCall", approvalCall,
        "This calls Holdpoint's own functions from an action.",
        "Decisions are made in the console, never by an action.", true},
    {"approval-tamper", RiskLevel::Critical, "FuncCall", approvalSignal,
        "This signals Holdpoint's own listeners, or a channel that cannot be told from the text.",
        "Write out the channel of your own that is meant."},
    {"catalog-write", RiskLevel::Critical, "InsertStmt|UpdateStmt|DeleteStmt|MergeStmt|CopyStmt", catalogWrite,
        "\"%1\" belongs to PostgreSQL itself: changing it can break or take over the server.",
        "Use the statement that PostgreSQL has for it."},
    {"catalog-write", RiskLevel::Critical, "TruncateStmt", catalogTruncate, "\"%1\" belongs to PostgreSQL itself.",
        "Use the statement that PostgreSQL has for it."},
    {"security-label", RiskLevel::Critical, "SecLabelStmt", always, "A security label changes who may do what.",
        "Let an administrator do it."},
};

} // namespace

std::span<const Rule> guardObjectRules()
{
    return rules;
}

} // namespace holdpoint
