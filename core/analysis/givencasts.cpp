// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/givencasts.h"

#include "core/analysis/namedtype.h"
#include "core/analysis/names.h"
#include "core/analysis/treesearch.h"

namespace holdpoint {

namespace {

class SourceSearch
{
public:
    SourceSearch(const Inspection &inspection, Oid source)
        : m_inspection(inspection)
        , m_catalog(*inspection.catalog())
        , m_source(source)
    {
    }

    bool isIn(Node tree) const
    {
        if (const Node insert = tree.as("InsertStmt"); insert && !insert["onConflictClause"]["targetList"])
            return std::ranges::any_of(insert, [this](Node child) { return child.key() != "relation" && isIn(child); });
        const bool isType = tree.isObject() && tree["names"] && tree["typemod"];
        if ((isType && holds(namedType(m_inspection, tree).uses))
            || (tree.isObject() && tree["relname"] && isRead(tree)))
            return true;
        if (const Node call = tree.as("FuncCall"); call && isForeign(call))
            return true;
        return std::ranges::any_of(tree, [this](Node child) { return isIn(child); });
    }

    bool holds(const std::set<CodeKey> &types) const
    {
        return std::ranges::any_of(types, [this](const CodeKey &key) {
            return key.kind == CodeKey::Kind::Type && m_catalog.holdsType(key.oid, m_source);
        });
    }

private:
    bool isRead(Node rangeVar) const
    {
        const MadeRelations &created = m_inspection.script().created;
        if (const auto made = created.find(relationName(rangeVar)); made != created.end())
            return !made->second.strangeType.empty() || holds(made->second.uses);
        const CatalogRelation *relation = m_inspection.relation(rangeVar);
        if (!relation)
            return m_inspection.isUnknownRelation(rangeVar);
        return std::ranges::any_of(relation->columns,
            [this](const CatalogColumn &column) { return m_catalog.holdsType(column.typeOid, m_source); });
    }

    /// What a routine of somebody's own gives may be anything.
    bool isForeign(Node call) const
    {
        const auto name = nameParts(call["funcname"]);
        const std::string_view schema = name.size() > 1 ? name[name.size() - 2] : std::string_view();
        return !name.empty() && !m_catalog.routines(schema, name.back()).empty();
    }

    const Inspection &m_inspection;
    const Catalog &m_catalog;
    Oid m_source;
};

} // namespace

bool mayCast(const Inspection &inspection, Node tree, const CatalogCast &cast)
{
    const SourceSearch search(inspection, cast.sourceOid);
    return search.holds(inspection.script().variableTypes) || search.isIn(tree);
}

} // namespace holdpoint
