// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rowsrewritten.h"

#include "core/analysis/names.h"
#include "core/analysis/treesearch.h"

#include <array>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Extent = RowsRewritten::Extent;

RowsRewritten full(const QString &because)
{
    return {.extent = Extent::Full, .because = because};
}

RowsRewritten scan(const QString &because)
{
    return {.extent = Extent::Scan, .because = because};
}

RowsRewritten no(const QString &because)
{
    return {.extent = Extent::No, .because = because};
}

const RowsRewritten &graver(const RowsRewritten &a, const RowsRewritten &b)
{
    return b.extent > a.extent ? b : a;
}

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// Of a domain, NULL in the rows that are there must be checked too.
bool mayBeBound(const std::vector<std::string_view> &name, const Catalog *catalog)
{
    if (isBuiltinType(name))
        return false;
    const std::string_view schema = name.size() > 1 ? name[name.size() - 2] : std::string_view();
    const CatalogType *type = catalog && !name.empty() ? catalog->type(schema, name.back()) : nullptr;
    return !type || type->kind == 'd';
}

bool isSerial(const std::vector<std::string_view> &name)
{
    static constexpr std::array<std::string_view, 6> words{
        "serial", "serial4", "bigserial", "serial8", "smallserial", "serial2"};
    return name.size() == 1 && std::ranges::contains(words, name.front());
}

RowsRewritten byConstraint(Node constraint)
{
    const std::string_view kind = constraint["contype"].text();
    if (kind == "CONSTR_CHECK" || kind == "CONSTR_FOREIGN")
        return constraint["skip_validation"].truth() ? no(u"NOT VALID: the rows that are there are not checked"_s)
                                                     : scan(u"every row is checked against the new constraint"_s);
    if (constraint["indexname"] && kind != "CONSTR_PRIMARY")
        return no(u"the index is there already"_s);
    if (kind == "CONSTR_PRIMARY" || kind == "CONSTR_UNIQUE" || kind == "CONSTR_EXCLUSION")
        return scan(u"an index is built of every row"_s);
    return full(u"what the constraint asks for is not known"_s);
}

RowsRewritten byColumnConstraint(Node constraint, bool hasDefault)
{
    const std::string_view kind = constraint["contype"].text();
    if (kind == "CONSTR_GENERATED")
        return full(u"the column is computed for every row"_s);
    if (kind == "CONSTR_IDENTITY")
        return full(u"every row gets a number of its own"_s);
    if (kind == "CONSTR_DEFAULT")
        return isVolatile(constraint["raw_expr"]) ? full(u"the default is computed for every row"_s)
                                                  : no(u"the default is computed once and kept in the catalogue"_s);
    if (kind == "CONSTR_NOTNULL")
        return hasDefault ? no(u"its default is in every row"_s) : scan(u"every row is checked for NULL"_s);
    if (kind == "CONSTR_NULL" || kind.starts_with("CONSTR_ATTR_"))
        return no(u"nothing is asked of the rows"_s);
    return byConstraint(constraint);
}

RowsRewritten byAddedColumn(Node column, const Catalog *catalog)
{
    const auto type = nameParts(column["typeName"]["names"]);
    if (isSerial(type))
        return full(u"every row gets a number of its own"_s);
    if (mayBeBound(type, catalog))
        return full(u"its type may be a domain whose conditions every row must meet"_s);
    const bool hasDefault = std::ranges::any_of(
        column["constraints"], [](Node item) { return item.as("Constraint")["contype"].text() == "CONSTR_DEFAULT"; });
    RowsRewritten rewritten = no(u"the new column is NULL in the rows that are there, which needs no writing"_s);
    if (hasDefault)
        rewritten = no(u"the default is computed once and kept in the catalogue"_s);
    for (const Node item : column["constraints"])
        rewritten = graver(rewritten, byColumnConstraint(item.as("Constraint"), hasDefault));
    return rewritten;
}

/// What changes the catalogue alone.
bool keepsRows(std::string_view subtype)
{
    static constexpr std::array<std::string_view, 50> words{"AT_ColumnDefault", "AT_DropNotNull", "AT_DropColumn",
        "AT_DropConstraint", "AT_DropExpression", "AT_AlterConstraint", "AT_SetStatistics", "AT_SetOptions",
        "AT_ResetOptions", "AT_SetStorage", "AT_SetCompression", "AT_ChangeOwner", "AT_ClusterOn", "AT_DropCluster",
        "AT_DropOids", "AT_SetRelOptions", "AT_ResetRelOptions", "AT_ReplaceRelOptions", "AT_EnableTrig",
        "AT_EnableAlwaysTrig", "AT_EnableReplicaTrig", "AT_DisableTrig", "AT_EnableTrigAll", "AT_DisableTrigAll",
        "AT_EnableTrigUser", "AT_DisableTrigUser", "AT_EnableRule", "AT_EnableAlwaysRule", "AT_EnableReplicaRule",
        "AT_DisableRule", "AT_AddInherit", "AT_DropInherit", "AT_AddOf", "AT_DropOf", "AT_ReplicaIdentity",
        "AT_EnableRowSecurity", "AT_DisableRowSecurity", "AT_ForceRowSecurity", "AT_NoForceRowSecurity",
        "AT_GenericOptions", "AT_AlterColumnGenericOptions", "AT_DetachPartition", "AT_DetachPartitionFinalize",
        "AT_AddIdentity", "AT_SetIdentity", "AT_DropIdentity", "AT_CookedColumnDefault", "AT_AddColumnToView",
        "AT_ReAddStatistics", "AT_ReAddComment"};
    return std::ranges::contains(words, subtype);
}

RowsRewritten byCommand(Node command, const CatalogRelation *table, const Catalog *catalog)
{
    const std::string_view subtype = command["subtype"].text();
    if (keepsRows(subtype))
        return no(u"only the catalogue changes"_s);
    if (subtype == "AT_AddColumn")
        return byAddedColumn(command["def"].as("ColumnDef"), catalog);
    if (subtype == "AT_AddConstraint")
        return byConstraint(command["def"].as("Constraint"));
    if (subtype == "AT_AlterColumnType")
        return isWidening(command, table)
            ? no(u"the new type holds the values of \"%1\" as they are stored"_s.arg(text(command["name"].text())))
            : full(u"the values of \"%1\" are stored in another way, or may be"_s.arg(text(command["name"].text())));
    if (subtype == "AT_SetNotNull")
        return scan(u"every row is checked for NULL"_s);
    if (subtype == "AT_ValidateConstraint" || subtype == "AT_AttachPartition")
        return scan(u"every row is checked"_s);
    if (subtype == "AT_SetTableSpace")
        return full(u"the table's files are copied"_s);
    if (subtype == "AT_SetLogged" || subtype == "AT_SetUnLogged" || subtype == "AT_SetAccessMethod")
        return full(u"the table is stored in another way"_s);
    return full(u"what this does to the rows is not known"_s);
}

} // namespace

RowsRewritten rowsRewritten(Node alterTable, const Catalog *catalog)
{
    const Node name = alterTable["relation"];
    const CatalogRelation *table =
        catalog ? catalog->relation(name["schemaname"].text(), name["relname"].text()) : nullptr;
    std::optional<RowsRewritten> gravest;
    for (const Node item : alterTable["cmds"]) {
        const RowsRewritten next = byCommand(item.as("AlterTableCmd"), table, catalog);
        gravest = gravest ? graver(*gravest, next) : next;
    }
    return gravest.value_or(full(u"what this does to the rows is not known"_s));
}

bool isWidening(Node command, const CatalogRelation *table)
{
    const Node made = command["def"].as("ColumnDef");
    const CatalogColumn *column = table ? table->column(command["name"].text()) : nullptr;
    const auto name = nameParts(made["typeName"]["names"]);
    if (!column || name.empty() || made["raw_default"] || made["collClause"] || made["typeName"]["arrayBounds"])
        return false;
    const QByteArray present = QByteArray::fromStdString(column->type);
    const bool isVarchar = present.startsWith("character varying");
    if (name.back() == "text")
        return isVarchar;
    const Node length = *made["typeName"]["typmods"].begin();
    if (!isVarchar || name.back() != "varchar")
        return false;
    const auto limit = present.indexOf('(') < 0 ? -1 : present.sliced(present.indexOf('(') + 1).chopped(1).toLongLong();
    return !length || (limit >= 0 && length.as("A_Const")["ival"]["ival"].number() >= limit);
}

bool isVolatile(Node expression)
{
    static constexpr std::array<std::string_view, 9> perRow{"clock_timestamp", "timeofday", "random", "random_normal",
        "gen_random_uuid", "nextval", "setval", "currval", "lastval"};
    return anyNode(expression, [](std::string_view type, Node body) {
        if (type != "FuncCall")
            return false;
        const auto name = nameParts(body["funcname"]);
        return std::ranges::contains(perRow, name.back()) || builtinFunctionClass(name.back()).empty();
    });
}

} // namespace holdpoint
