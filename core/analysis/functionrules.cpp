// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/codereport.h"
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

/// Every routine of somebody's own that a call may reach; none without a catalogue.
std::set<CodeKey> routinesBehind(const Visit &visit, Node call)
{
    const Catalog *catalog = visit.inspection().catalog();
    const auto name = nameParts(call["funcname"]);
    if (!catalog || name.empty())
        return {};
    const std::string_view schema = name.size() > 1 ? name[name.size() - 2] : std::string_view();
    std::set<CodeKey> all, fitting;
    for (const CatalogRoutine *routine : catalog->routines(schema, name.back())) {
        all.insert({CodeKey::Kind::Routine, routine->oid});
        if (routine->takes(call["args"].count()))
            fitting.insert({CodeKey::Kind::Routine, routine->oid});
    }
    return fitting.empty() ? all : fitting;
}

/// One check for all functions that a rule names: the rule's id is the section.
template <const char *section> void calls(const Visit &visit)
{
    if (classOf(visit) == section)
        visit.found(nameParts(visit["funcname"]).back());
}

void userFunction(const Visit &visit)
{
    const auto name = nameParts(visit["funcname"]);
    reportCode(visit, routinesBehind(visit, visit.node()), !classOf(visit).empty(), dotted(name));
}

void userOperator(const Visit &visit)
{
    const std::string_view kind = visit["kind"].text();
    const auto name = nameParts(visit["name"]);
    if ((kind != "AEXPR_OP" && kind != "AEXPR_OP_ANY" && kind != "AEXPR_OP_ALL") || name.empty())
        return;
    const bool foreign = name.size() > 1 && name.front() != "pg_catalog";
    std::set<CodeKey> used;
    if (const Catalog *catalog = visit.inspection().catalog(); catalog && (foreign || name.size() == 1))
        for (const CatalogOperator *each : catalog->operators(name.back()))
            used.insert({CodeKey::Kind::Routine, each->routine});
    reportCode(visit, used, !foreign && isBuiltinOperator(name.back()), dotted(name));
}

/// `t.f` where t has no column f: PostgreSQL then calls f(t).
void attributeNotation(const Visit &visit)
{
    const ColumnBinding *binding = visit.node().binding();
    if (!binding || !binding->isMissing || binding->isBare)
        return;
    const auto name = nameParts(visit["fields"]);
    std::set<CodeKey> used;
    for (const CatalogRoutine *routine : visit.inspection().catalog()->routines({}, name.back()))
        used.insert({CodeKey::Kind::Routine, routine->oid});
    reportCode(visit, used, true, name.back());
}

void callProcedure(const Visit &visit)
{
    const auto used = routinesBehind(visit, visit["funccall"]);
    const Consequences consequences = visit.inspection().consequencesOf(used);
    if (used.empty() || consequences.level > RiskLevel::Read)
        visit.foundAs(std::max(RiskLevel::Destructive, consequences.level),
            withReasons(dotted(nameParts(visit["funccall"]["funcname"])), consequences));
    reportWithin(visit, consequences);
}

/// Views of PostgreSQL that read the server's configuration files.
void configurationView(const Visit &visit)
{
    const std::string_view name = visit["relname"].text(), schema = visit["schemaname"].text();
    const bool reads = name == "pg_hba_file_rules" || name == "pg_ident_file_mappings" || name == "pg_file_settings";
    if (reads && (schema.empty() || schema == "pg_catalog"))
        visit.found(name);
}

void userSampling(const Visit &visit)
{
    const auto name = nameParts(visit["method"]);
    const bool own = name.size() == 1 || (name.size() == 2 && name.front() == "pg_catalog");
    if (!own || (name.back() != "bernoulli" && name.back() != "system"))
        visit.found(dotted(name));
}

/// `(t).f`: a column of the row, or a call of f(t) if the table has no such column.
void functionalNotation(const Visit &visit)
{
    const Node argument = visit["arg"];
    if (argument.type() == "FuncCall" || argument.type() == "ParamRef")
        return;
    const auto column = nameParts(argument.as("ColumnRef")["fields"]);
    const bool row = column.empty() || column.back().empty() || visit.inspection().goesBy(column.back());
    const Catalog *catalog = visit.inspection().catalog();
    for (const Node item : visit["indirection"])
        if (const Node field = item.as("String"); field && row)
            if (!catalog || !catalog->routines({}, field["sval"].text()).empty())
                visit.found(field["sval"].text());
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
    {serverFile, RiskLevel::Critical, "FuncCall", calls<serverFile>,
        "%1() reads or writes files of the server's machine.", "Ask an administrator for what you need to know.", true},
    {serverFile, RiskLevel::Critical, "RangeVar", configurationView, "\"%1\" reads files of the server's machine.",
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
    {sequenceWrite, RiskLevel::Write, "FuncCall", calls<sequenceWrite>,
        "%1() uses up a value; a rollback does not return it.", "Leave it to the column's default."},
    {sequenceReset, RiskLevel::Destructive, "FuncCall", calls<sequenceReset>,
        "%1() moves a sequence: it may give out keys that exist already.",
        "Set it no lower than the largest key in use."},
    {advisoryLock, RiskLevel::Write, "FuncCall", calls<advisoryLock>,
        "%1() takes or gives back a lock that applications rely on.", "Leave the lock to the application."},
    {notify, RiskLevel::Write, "FuncCall", calls<notify>, "%1() wakes listeners, which may act on it.",
        "Make sure who listens."},
    {resourceHog, RiskLevel::Read, "FuncCall", calls<resourceHog>, "%1() keeps a connection busy.", "Leave it out."},
    {"user-function", RiskLevel::Destructive, "FuncCall", userFunction,
        "%1 is no function of PostgreSQL, and may change anything, whatever its label says.",
        "Send the SQL that it would run.", true, Sight::Better},
    {"user-function", RiskLevel::Destructive, "A_Expr", userOperator,
        "%1 is no operator of PostgreSQL: a function of somebody's own stands behind it.",
        "Use PostgreSQL's own operators.", true, Sight::Better},
    {"user-function", RiskLevel::Destructive, "RangeTableSample", userSampling,
        "\"%1\" is no sampling method of PostgreSQL: a function of somebody's own stands behind it.",
        "Use BERNOULLI or SYSTEM.", true},
    {"user-function", RiskLevel::Destructive, "A_Indirection", functionalNotation,
        "\"%1\" may be a function that is called on the whole row.",
        "Write a column as table.column, without brackets.", true, Sight::Better},
    {"user-function", RiskLevel::Destructive, "ColumnRef", attributeNotation,
        "%1 is no column here, and so a function that is called on the whole row.", "Write a column that exists.", true,
        Sight::Catalog},
    {"call-procedure", RiskLevel::Destructive, "CallStmt", callProcedure,
        "The procedure %1 runs: it may change anything, and even commit.", "Send the SQL that it would run.", false,
        Sight::Better},
};

} // namespace

std::span<const Rule> functionRules()
{
    return rules;
}

} // namespace holdpoint
