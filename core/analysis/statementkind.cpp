// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/statementkind.h"

#include "core/analysis/names.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace holdpoint {

namespace {

struct Known
{
    std::string_view type;
    std::string_view words;
    RiskLevel level = RiskLevel::Write;
};

constexpr RiskLevel read = RiskLevel::Read;
constexpr std::array statements = std::to_array<Known>({
    {"SelectStmt", "SELECT", read},
    {"InsertStmt", "INSERT"},
    {"UpdateStmt", "UPDATE"},
    {"DeleteStmt", "DELETE"},
    {"MergeStmt", "MERGE"},
    {"ReturnStmt", "RETURN", read},
    {"PLAssignStmt", "ASSIGN", read},
    {"TransactionStmt", "TRANSACTION", read},
    {"VariableSetStmt", "SET", read},
    {"VariableShowStmt", "SHOW", read},
    {"ExplainStmt", "EXPLAIN", read},
    {"CopyStmt", "COPY", read},
    {"PrepareStmt", "PREPARE", read},
    {"ExecuteStmt", "EXECUTE"},
    {"DeallocateStmt", "DEALLOCATE", read},
    {"DeclareCursorStmt", "DECLARE CURSOR", read},
    {"FetchStmt", "FETCH", read},
    {"ClosePortalStmt", "CLOSE", read},
    {"ListenStmt", "LISTEN", read},
    {"UnlistenStmt", "UNLISTEN", read},
    {"NotifyStmt", "NOTIFY"},
    {"ConstraintsSetStmt", "SET CONSTRAINTS"},
    {"CheckPointStmt", "CHECKPOINT"},
    {"DiscardStmt", "DISCARD"},
    {"LockStmt", "LOCK TABLE"},
    {"VacuumStmt", "VACUUM"},
    {"ReindexStmt", "REINDEX"},
    {"ClusterStmt", "CLUSTER"},
    {"RefreshMatViewStmt", "REFRESH MATERIALIZED VIEW"},
    {"TruncateStmt", "TRUNCATE"},
    {"DropStmt", "DROP"},
    {"DoStmt", "DO"},
    {"CallStmt", "CALL"},
    {"CommentStmt", "COMMENT"},
    {"SecLabelStmt", "SECURITY LABEL"},
    {"LoadStmt", "LOAD"},
    {"CreateTableAsStmt", "CREATE TABLE AS"},
    {"CreateStmt", "CREATE TABLE"},
    {"ViewStmt", "CREATE VIEW"},
    {"IndexStmt", "CREATE INDEX"},
    {"CreateSchemaStmt", "CREATE SCHEMA"},
    {"CreateSeqStmt", "CREATE SEQUENCE"},
    {"AlterSeqStmt", "ALTER SEQUENCE"},
    {"CreateEnumStmt", "CREATE TYPE"},
    {"CreateRangeStmt", "CREATE TYPE"},
    {"CompositeTypeStmt", "CREATE TYPE"},
    {"AlterEnumStmt", "ALTER TYPE"},
    {"AlterTypeStmt", "ALTER TYPE"},
    {"CreateDomainStmt", "CREATE DOMAIN"},
    {"AlterDomainStmt", "ALTER DOMAIN"},
    {"CreateStatsStmt", "CREATE STATISTICS"},
    {"AlterStatsStmt", "ALTER STATISTICS"},
    {"CreateFunctionStmt", "CREATE FUNCTION"},
    {"AlterFunctionStmt", "ALTER FUNCTION"},
    {"CreateTrigStmt", "CREATE TRIGGER"},
    {"CreateEventTrigStmt", "CREATE EVENT TRIGGER"},
    {"AlterEventTrigStmt", "ALTER EVENT TRIGGER"},
    {"RuleStmt", "CREATE RULE"},
    {"CreatePolicyStmt", "CREATE POLICY"},
    {"AlterPolicyStmt", "ALTER POLICY"},
    {"CreateExtensionStmt", "CREATE EXTENSION"},
    {"AlterExtensionStmt", "ALTER EXTENSION"},
    {"AlterExtensionContentsStmt", "ALTER EXTENSION"},
    {"CreatePLangStmt", "CREATE LANGUAGE"},
    {"CreateAmStmt", "CREATE ACCESS METHOD"},
    {"DefineStmt", "CREATE"},
    {"CreateOpClassStmt", "CREATE OPERATOR CLASS"},
    {"CreateOpFamilyStmt", "CREATE OPERATOR FAMILY"},
    {"AlterOpFamilyStmt", "ALTER OPERATOR FAMILY"},
    {"AlterOperatorStmt", "ALTER OPERATOR"},
    {"CreateCastStmt", "CREATE CAST"},
    {"CreateConversionStmt", "CREATE CONVERSION"},
    {"CreateTransformStmt", "CREATE TRANSFORM"},
    {"AlterTSDictionaryStmt", "ALTER TEXT SEARCH DICTIONARY"},
    {"AlterTSConfigurationStmt", "ALTER TEXT SEARCH CONFIGURATION"},
    {"AlterCollationStmt", "ALTER COLLATION"},
    {"AlterTableStmt", "ALTER TABLE"},
    {"AlterTableMoveAllStmt", "ALTER TABLE"},
    {"RenameStmt", "ALTER"},
    {"AlterObjectSchemaStmt", "ALTER"},
    {"AlterOwnerStmt", "ALTER"},
    {"AlterObjectDependsStmt", "ALTER"},
    {"GrantStmt", "GRANT"},
    {"GrantRoleStmt", "GRANT"},
    {"AlterDefaultPrivilegesStmt", "ALTER DEFAULT PRIVILEGES"},
    {"CreateRoleStmt", "CREATE ROLE"},
    {"AlterRoleStmt", "ALTER ROLE"},
    {"AlterRoleSetStmt", "ALTER ROLE"},
    {"DropRoleStmt", "DROP ROLE"},
    {"DropOwnedStmt", "DROP OWNED"},
    {"ReassignOwnedStmt", "REASSIGN OWNED"},
    {"CreatedbStmt", "CREATE DATABASE"},
    {"DropdbStmt", "DROP DATABASE"},
    {"AlterDatabaseStmt", "ALTER DATABASE"},
    {"AlterDatabaseSetStmt", "ALTER DATABASE"},
    {"AlterDatabaseRefreshCollStmt", "ALTER DATABASE"},
    {"AlterSystemStmt", "ALTER SYSTEM"},
    {"CreateTableSpaceStmt", "CREATE TABLESPACE"},
    {"DropTableSpaceStmt", "DROP TABLESPACE"},
    {"AlterTableSpaceOptionsStmt", "ALTER TABLESPACE"},
    {"CreateFdwStmt", "CREATE FOREIGN DATA WRAPPER"},
    {"AlterFdwStmt", "ALTER FOREIGN DATA WRAPPER"},
    {"CreateForeignServerStmt", "CREATE SERVER"},
    {"AlterForeignServerStmt", "ALTER SERVER"},
    {"CreateForeignTableStmt", "CREATE FOREIGN TABLE"},
    {"CreateUserMappingStmt", "CREATE USER MAPPING"},
    {"AlterUserMappingStmt", "ALTER USER MAPPING"},
    {"DropUserMappingStmt", "DROP USER MAPPING"},
    {"ImportForeignSchemaStmt", "IMPORT FOREIGN SCHEMA"},
    {"CreatePublicationStmt", "CREATE PUBLICATION"},
    {"AlterPublicationStmt", "ALTER PUBLICATION"},
    {"CreateSubscriptionStmt", "CREATE SUBSCRIPTION"},
    {"AlterSubscriptionStmt", "ALTER SUBSCRIPTION"},
    {"DropSubscriptionStmt", "DROP SUBSCRIPTION"},
});

constexpr std::array parts = std::to_array<std::string_view>({"Integer", "Float", "Boolean", "String", "BitString",
    "List", "A_Const", "Alias", "RangeVar", "IntoClause", "GroupingFunc", "MergeSupportFunc", "NamedArgExpr",
    "BoolExpr", "SubLink", "CaseExpr", "CaseWhen", "RowExpr", "CoalesceExpr", "MinMaxExpr", "SQLValueFunction",
    "XmlExpr", "JsonFormat", "JsonReturning", "JsonValueExpr", "JsonIsPredicate", "JsonBehavior", "NullTest",
    "BooleanTest", "SetToDefault", "CurrentOfExpr", "JoinExpr", "TypeName", "ColumnRef", "ParamRef", "A_Expr",
    "TypeCast", "CollateClause", "RoleSpec", "FuncCall", "A_Star", "A_Indices", "A_Indirection", "A_ArrayExpr",
    "ResTarget", "MultiAssignRef", "SortBy", "WindowDef", "RangeSubselect", "RangeFunction", "RangeTableFunc",
    "RangeTableFuncCol", "RangeTableSample", "ColumnDef", "TableLikeClause", "IndexElem", "DefElem", "LockingClause",
    "XmlSerialize", "PartitionElem", "PartitionSpec", "PartitionBoundSpec", "PartitionRangeDatum",
    "SinglePartitionSpec", "PartitionCmd", "GroupingSet", "WithClause", "InferClause", "OnConflictClause",
    "CTESearchClause", "CTECycleClause", "CommonTableExpr", "MergeWhenClause", "TriggerTransition", "JsonOutput",
    "JsonArgument", "JsonFuncExpr", "JsonTablePathSpec", "JsonTable", "JsonTableColumn", "JsonKeyValue",
    "JsonParseExpr", "JsonScalarExpr", "JsonSerializeExpr", "JsonObjectConstructor", "JsonArrayConstructor",
    "JsonArrayQueryConstructor", "JsonAggConstructor", "JsonObjectAgg", "JsonArrayAgg", "ReplicaIdentityStmt",
    "AlterTableCmd", "ObjectWithArgs", "AccessPriv", "Constraint", "CreateOpClassItem", "StatsElem",
    "FunctionParameter", "VacuumRelation", "PublicationTable", "PublicationObjSpec"});

const Known *find(std::string_view type)
{
    static const std::unordered_map<std::string_view, const Known *> byType = [] {
        std::unordered_map<std::string_view, const Known *> map;
        for (const Known &each : statements)
            map.emplace(each.type, &each);
        return map;
    }();
    const auto found = byType.find(type);
    return found == byType.end() ? nullptr : found->second;
}

/// The kind of object that an ALTER, DROP or CREATE names, from whichever member holds it.
std::string_view objectType(Node body)
{
    for (const char *member : {"renameType", "removeType", "objectType", "objtype", "kind"})
        if (const std::string_view type = body[member].text(); type.starts_with("OBJECT_"))
            return type;
    return {};
}

std::string transactionWords(Node body)
{
    std::string words(body["kind"].text());
    constexpr std::string_view prefix = "TRANS_STMT_";
    if (words.starts_with(prefix))
        words.erase(0, prefix.size());
    std::ranges::replace(words, '_', ' ');
    return words;
}

} // namespace

std::string objectWords(std::string_view objectType)
{
    if (objectType == "OBJECT_MATVIEW")
        return "MATERIALIZED VIEW";
    if (objectType == "OBJECT_TABCONSTRAINT")
        return "TABLE";
    std::string words(objectType.substr(std::min<std::size_t>(objectType.size(), 7)));
    std::ranges::replace(words, '_', ' ');
    return words;
}

std::string statementKind(Node statement)
{
    const std::string_view type = statement.type();
    const Node body = statement.body();
    const Known *known = find(type);
    if (!known)
        return type.empty() ? "UNKNOWN" : std::string(type);
    if (type == "TransactionStmt")
        return transactionWords(body);
    if (type == "VariableSetStmt" && body["kind"].text().starts_with("VAR_RESET"))
        return "RESET";
    if (type == "VacuumStmt" && !body["is_vacuumcmd"].truth())
        return "ANALYZE";
    if ((type == "GrantStmt" || type == "GrantRoleStmt") && !body["is_grant"].truth())
        return "REVOKE";
    if (type == "CreateFunctionStmt" && body["is_procedure"].truth())
        return "CREATE PROCEDURE";
    const std::string words(known->words);
    if (words == "ALTER" || words == "DROP" || words == "CREATE" || type == "AlterTableStmt"
        || (type == "CreateTableAsStmt" && objectType(body) == "OBJECT_MATVIEW"))
        if (const std::string object = objectWords(objectType(body)); !object.empty())
            return words.substr(0, words.find(' ')) + ' ' + object;
    return words;
}

RiskLevel baseLevel(Node statement)
{
    const Known *known = find(statement.type());
    if (!known)
        return RiskLevel::Critical;
    if (known->type == "CopyStmt" && statement.body()["is_from"].truth())
        return RiskLevel::Write;
    return known->level;
}

bool isStatementType(std::string_view type)
{
    return (type.ends_with("Stmt") && type != "ReplicaIdentityStmt");
}

bool isKnownStatement(std::string_view type)
{
    return find(type) != nullptr;
}

bool isKnownPart(std::string_view type)
{
    static const std::unordered_set<std::string_view> known(parts.begin(), parts.end());
    return known.contains(type);
}

bool explainExecutes(Node explain)
{
    bool executes = false;
    for (const Node option : explain["options"]) {
        const Node element = option.as("DefElem");
        if (element["defname"].text() != "analyze")
            continue;
        const Node value = element["arg"];
        const std::string word = lowered(value.as("String")["sval"].text());
        const Node number = value.as("Integer");
        // Anything but a clear "no" counts as yes.
        executes = !(word == "off" || word == "false" || (number && number["ival"].number() == 0)
            || (value.type() == "Boolean" && !value.body()["boolval"].truth()));
    }
    return executes;
}

bool isRowChange(std::string_view type)
{
    return type == "InsertStmt" || type == "UpdateStmt" || type == "DeleteStmt" || type == "MergeStmt";
}

std::string objectName(Node body)
{
    for (const char *member : {"relation", "view", "sequence", "typevar"})
        if (body[member]["relname"])
            return relationName(body[member]);
    if (body["into"]["rel"])
        return relationName(body["into"]["rel"]);
    for (const char *member : {"funcname", "defnames", "domainname", "typeName", "objname", "opclassname"})
        if (const std::string name = dotted(nameParts(body[member])); !name.empty())
            return name;
    for (const char *member : {"schemaname", "name", "role", "extname", "dbname", "tablespacename", "pubname",
             "subname", "servername", "fdwname", "conditionname", "trigname", "policy_name", "table_name", "plname",
             "subject", "portalname", "savepoint_name", "newname"})
        if (body[member].isText())
            return std::string(body[member].text());
    if (const Node object = body["object"]; object.type() == "String")
        return std::string(object.body()["sval"].text());
    else if (object)
        return dotted(nameParts(object.as("List") ? object.body()["items"] : object.body()["objname"]));
    for (const Node relation : body["relations"])
        return relationName(relation.as("RangeVar") ? relation.body() : relation.body()["relation"]);
    for (const Node relation : body["rels"])
        return relationName(relation.as("VacuumRelation")["relation"]);
    if (body["setstmt"]["name"])
        return std::string(body["setstmt"]["name"].text());
    for (const Node object : body["objects"])
        if (object.type() == "RangeVar")
            return relationName(object.body());
    return {};
}

} // namespace holdpoint
