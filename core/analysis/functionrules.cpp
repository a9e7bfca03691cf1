// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rule.h"
#include "core/analysis/treesearch.h"

namespace holdpoint {

namespace {

/// The section of data/functions.txt for a call. A name counts wherever its schema: extensions put theirs anywhere.
std::string_view classOf(const Visit &visit)
{
    const auto name = nameParts(visit["funcname"]);
    const std::string_view section = name.empty() ? std::string_view() : builtinFunctionClass(name.back());
    if (section == "dynamic-sql-function" && name.back() == "ts_rewrite" && visit["args"].count() == 3)
        return "harmless";
    const bool ownSchema = name.size() < 2 || name[name.size() - 2] == "pg_catalog";
    return section == "harmless" && !ownSchema ? std::string_view() : section;
}

/// One check for all functions that a rule names: the rule's id is the section.
template<const char *section>
void calls(const Visit &visit)
{
    if (classOf(visit) == section)
        visit.found(nameParts(visit["funcname"]).back());
}

void userFunction(const Visit &visit)
{
    if (classOf(visit).empty())
        visit.found(dotted(nameParts(visit["funcname"])));
}

void userOperator(const Visit &visit)
{
    const std::string_view kind = visit["kind"].text();
    if (kind != "AEXPR_OP" && kind != "AEXPR_OP_ANY" && kind != "AEXPR_OP_ALL")
        return;
    const auto name = nameParts(visit["name"]);
    const bool foreign = name.size() > 1 && name.front() != "pg_catalog";
    if (name.empty() || foreign || !isBuiltinOperator(name.back()))
        visit.found(dotted(name));
}

void userType(const Visit &visit)
{
    const auto name = nameParts(visit["typeName"]["names"]);
    if (!isBuiltinType(name))
        visit.found(dotted(name));
}

void userSampling(const Visit &visit)
{
    const auto name = nameParts(visit["method"]);
    const bool own = name.size() == 1 || (name.size() == 2 && name.front() == "pg_catalog");
    if (!own || (name.back() != "bernoulli" && name.back() != "system"))
        visit.found(dotted(name));
}

/// Whether a relation goes by that name anywhere in a tree.
bool namesRelation(Node tree, std::string_view name)
{
    if (tree.key() == "aliasname" || tree.key() == "relname" || tree.key() == "ctename")
        return tree.text() == name;
    return std::ranges::any_of(tree, [&](Node child) { return namesRelation(child, name); });
}

/// `(t).f`: a column of the row, or a call of f(t) if the table has no such column.
void functionalNotation(const Visit &visit)
{
    anyNode(visit.node(), [&](std::string_view type, Node body) {
        if (type != "A_Indirection")
            return false;
        const Node argument = body["arg"];
        const auto column = nameParts(argument.as("ColumnRef")["fields"]);
        const bool row = argument.type() == "FuncCall" || argument.type() == "ParamRef" ? false
            : column.empty() || column.back().empty() || namesRelation(visit.node(), column.back());
        for (const Node item : body["indirection"])
            if (const Node field = item.as("String"); field && row)
                visit.foundAt(body, field["sval"].text());
        return false;
    });
}

constexpr char serverFile[] = "server-file-function";
constexpr char serverControl[] = "server-control-function";
constexpr char largeObject[] = "large-object-function";
constexpr char dynamicSql[] = "dynamic-sql-function";
constexpr char remoteSql[] = "remote-sql";
constexpr char sequenceWrite[] = "sequence-write";
constexpr char sequenceReset[] = "sequence-reset";
constexpr char advisoryLock[] = "advisory-lock";
constexpr char notify[] = "notify";
constexpr char resourceHog[] = "resource-hog";

constexpr Rule rules[] = {
    {serverFile, RiskLevel::Critical, "FuncCall", calls<serverFile>, "%1() reads or writes files of the server's machine.",
        "Ask an administrator for what you need to know.", true},
    {serverControl, RiskLevel::Critical, "FuncCall", calls<serverControl>,
        "%1() steers the server itself; a rollback does not undo it.", "Let an administrator do it.", true},
    {largeObject, RiskLevel::Destructive, "FuncCall", calls<largeObject>, "%1() changes or removes large objects.",
        "Name the large objects, and keep a copy."},
    {dynamicSql, RiskLevel::Critical, "FuncCall", calls<dynamicSql>,
        "%1() runs SQL that it is given as a text: nobody can say what it does.", "Send that SQL itself.", true},
    {remoteSql, RiskLevel::Critical, "FuncCall", calls<remoteSql>,
        "%1() talks to another server; what it does there stays, whatever happens here.",
        "Submit an action for that server.", true},
    {sequenceWrite, RiskLevel::Write, "FuncCall", calls<sequenceWrite>, "%1() uses up a value; a rollback does not return it.",
        "Leave it to the column's default."},
    {sequenceReset, RiskLevel::Destructive, "FuncCall", calls<sequenceReset>,
        "%1() moves a sequence: it may give out keys that exist already.", "Set it no lower than the largest key in use."},
    {advisoryLock, RiskLevel::Write, "FuncCall", calls<advisoryLock>,
        "%1() takes or gives back a lock that applications rely on.", "Leave the lock to the application."},
    {notify, RiskLevel::Write, "FuncCall", calls<notify>, "%1() wakes listeners, which may act on it.",
        "Make sure who listens."},
    {resourceHog, RiskLevel::Read, "FuncCall", calls<resourceHog>, "%1() keeps a connection busy.", "Leave it out."},
    {"user-function", RiskLevel::Destructive, "FuncCall", userFunction,
        "\"%1\" is no function of PostgreSQL: nobody can tell from here what it does, whatever its label says.",
        "Send the SQL that it would run, or let the catalogue be read.", true},
    {"user-function", RiskLevel::Destructive, "A_Expr", userOperator,
        "\"%1\" is no operator of PostgreSQL: a function of somebody's own stands behind it.",
        "Use PostgreSQL's own operators.", true},
    {"user-function", RiskLevel::Destructive, "TypeCast", userType,
        "\"%1\" is no type of PostgreSQL: reading a value as one may run a function of somebody's own.",
        "Use PostgreSQL's own types, or let the catalogue be read.", true},
    {"user-function", RiskLevel::Destructive, "RangeTableSample", userSampling,
        "\"%1\" is no sampling method of PostgreSQL: a function of somebody's own stands behind it.",
        "Use BERNOULLI or SYSTEM.", true},
    {"user-function", RiskLevel::Destructive, "SelectStmt|InsertStmt|UpdateStmt|DeleteStmt|MergeStmt", functionalNotation,
        "\"%1\" may be a function that is called on the whole row.", "Write a column as table.column, without brackets.", true},
};

} // namespace

std::span<const Rule> functionRules()
{
    return rules;
}

} // namespace holdpoint
