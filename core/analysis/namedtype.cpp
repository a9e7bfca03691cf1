// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/namedtype.h"

#include "core/analysis/inspection.h"
#include "core/analysis/names.h"

#include <algorithm>
#include <array>

namespace holdpoint {

namespace {

using Kind = CodeKey::Kind;
using Parts = std::vector<std::string_view>;

std::string_view schemaOf(const Parts &name)
{
    return name.size() > 1 ? name[name.size() - 2] : std::string_view();
}

/// `t.c%TYPE`: the type of a column. Of a variable, it is that which the variable was given.
std::set<CodeKey> typeOfColumn(const Catalog *catalog, Parts name)
{
    const std::string_view column = name.back();
    name.pop_back();
    const CatalogRelation *relation =
        catalog && !name.empty() ? catalog->relation(schemaOf(name), name.back()) : nullptr;
    const CatalogColumn *found = relation ? relation->column(column) : nullptr;
    return found ? std::set{CodeKey{Kind::Type, found->typeOid}} : std::set<CodeKey>();
}

/// Of the catalogue or the text.
void findForeign(const Inspection &inspection, const Parts &name, NamedType &found)
{
    const Catalog *catalog = inspection.catalog();
    const CatalogType *type = catalog ? catalog->type(schemaOf(name), name.back()) : nullptr;
    const CatalogRelation *row = catalog ? catalog->relation(schemaOf(name), name.back()) : nullptr;
    const ScriptState &script = inspection.script();
    found.isKnown = true;
    if (type)
        found.uses.insert({Kind::Type, type->oid});
    else if (row)
        found.uses.insert({Kind::Type, row->rowType});
    else if (const auto made = script.types.find(found.name); made != script.types.end())
        found.uses.insert(made->second.begin(), made->second.end());
    else if (const auto table = script.created.find(found.name); table != script.created.end()) {
        found.uses.insert(table->second.uses.begin(), table->second.uses.end());
        found.isKnown = table->second.strangeType.empty();
    } else
        found.isKnown = false;
}

} // namespace

std::set<CodeKey> typesRead(const Inspection &inspection, Node tree)
{
    std::set<CodeKey> types;
    if (tree.isObject() && tree["relname"]) {
        const MadeRelations &created = inspection.script().created;
        if (const auto made = created.find(relationName(tree)); made != created.end())
            types = made->second.uses;
        else if (const CatalogRelation *relation = inspection.relation(tree))
            types.insert({Kind::Type, relation->rowType});
    }
    for (const Node child : tree)
        types.merge(typesRead(inspection, child));
    return types;
}

NamedType namedType(const Inspection &inspection, Node typeName)
{
    const Parts name = nameParts(typeName["names"]);
    NamedType found{dotted(name), true, {}};
    if (name.empty())
        found.isKnown = false;
    else if (typeName["pct_type"].truth())
        found.uses = typeOfColumn(inspection.catalog(), name);
    else if (!isBuiltinType(name))
        findForeign(inspection, name, found);
    return found;
}

NamedType columnType(const Inspection &inspection, Node columnDef)
{
    static constexpr std::array<std::string_view, 6> serials{
        "serial", "serial2", "serial4", "serial8", "smallserial", "bigserial"};
    const Parts name = nameParts(columnDef["typeName"]["names"]);
    // In a typed table, a column is named without its type.
    if (!columnDef["typeName"] || (name.size() == 1 && std::ranges::contains(serials, name.front())))
        return {dotted(name), true, {}};
    return namedType(inspection, columnDef["typeName"]);
}

} // namespace holdpoint
