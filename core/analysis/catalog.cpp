// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/catalog.h"

#include <algorithm>
#include <set>

namespace holdpoint {

namespace {

std::string joined(std::string_view schema, std::string_view name)
{
    std::string key;
    key.reserve(schema.size() + 1 + name.size());
    key += schema;
    key += '\0';
    key += name;
    return key;
}

template <typename Object> const Object *byOid(const std::map<Oid, const Object *> &index, Oid oid)
{
    const auto found = index.find(oid);
    return found == index.end() ? nullptr : found->second;
}

} // namespace

const CatalogColumn *CatalogRelation::column(std::string_view wanted) const
{
    const auto found = std::ranges::find(columns, wanted, &CatalogColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

bool CatalogRoutine::takes(std::size_t count) const
{
    const int given = static_cast<int>(count);
    return given >= arguments - defaults - (variadic ? 1 : 0) && (variadic || given <= arguments);
}

void Catalog::index()
{
    for (const CatalogRelation &relation : m_relations) {
        m_relationsByName.emplace(joined(relation.schema, relation.name), &relation);
        m_relationsByOid.emplace(relation.oid, &relation);
        if (relation.rowType)
            m_relationsByRowType.emplace(relation.rowType, &relation);
        if (relation.rowArray)
            m_elements.emplace(relation.rowArray, relation.rowType);
        for (const Oid parent : relation.parents)
            m_children.emplace(parent, &relation);
    }
    for (const CatalogForeignKey &key : m_foreignKeys) {
        m_keysTo.emplace(key.to, &key);
        m_keysFrom.emplace(key.from, &key);
    }
    for (const CatalogRoutine &routine : m_routines) {
        m_routinesByName.emplace(routine.name, &routine);
        m_routinesByOid.emplace(routine.oid, &routine);
    }
    for (const CatalogType &type : m_types) {
        m_typesByName.emplace(joined(type.schema, type.name), &type);
        m_typesByOid.emplace(type.oid, &type);
        if (type.array)
            m_elements.emplace(type.array, type.oid);
    }
}

const CatalogRelation *Catalog::relation(std::string_view schema, std::string_view name) const
{
    const auto in = [&](std::string_view place) {
        const auto found = m_relationsByName.find(joined(place, name));
        return found == m_relationsByName.end() ? nullptr : found->second;
    };
    if (!schema.empty())
        return in(schema);
    for (const std::string &place : m_searchPath)
        if (const CatalogRelation *found = in(place))
            return found;
    return nullptr;
}

const CatalogRelation *Catalog::relation(Oid oid) const
{
    return byOid(m_relationsByOid, oid);
}

std::vector<const CatalogRoutine *> Catalog::routines(std::string_view schema, std::string_view name) const
{
    std::vector<const CatalogRoutine *> found;
    const auto [first, last] = m_routinesByName.equal_range(name);
    for (auto entry = first; entry != last; ++entry) {
        const std::string &place = entry->second->schema;
        if (schema.empty() ? std::ranges::contains(m_searchPath, place) : place == schema)
            found.push_back(entry->second);
    }
    return found;
}

const CatalogRoutine *Catalog::routine(Oid oid) const
{
    return byOid(m_routinesByOid, oid);
}

const CatalogType *Catalog::type(std::string_view schema, std::string_view name) const
{
    const auto in = [&](std::string_view place) {
        const auto found = m_typesByName.find(joined(place, name));
        return found == m_typesByName.end() ? nullptr : found->second;
    };
    if (!schema.empty())
        return in(schema);
    for (const std::string &place : m_searchPath)
        if (const CatalogType *found = in(place))
            return found;
    return nullptr;
}

const CatalogType *Catalog::type(Oid oid) const
{
    return byOid(m_typesByOid, oid);
}

std::vector<Oid> Catalog::partsOfType(Oid oid) const
{
    if (const auto array = m_elements.find(oid); array != m_elements.end())
        return {array->second};
    if (const CatalogRelation *row = byOid(m_relationsByRowType, oid)) {
        std::vector<Oid> parts;
        for (const CatalogColumn &column : row->columns)
            parts.push_back(column.typeOid);
        return parts;
    }
    const CatalogType *whole = type(oid);
    return whole && whole->baseOid ? std::vector{whole->baseOid} : std::vector<Oid>();
}

bool Catalog::holdsType(Oid whole, Oid part) const
{
    std::vector<Oid> open{whole};
    std::set<Oid> seen{whole};
    for (; !open.empty() && !seen.contains(part);) {
        const Oid next = open.back();
        open.pop_back();
        for (const Oid each : partsOfType(next))
            if (seen.insert(each).second)
                open.push_back(each);
    }
    return seen.contains(part);
}

bool Catalog::isUnknownType(Oid oid) const
{
    constexpr Oid firstOfUsers = 16384;
    return oid >= firstOfUsers && !type(oid) && !m_elements.contains(oid) && !m_relationsByRowType.contains(oid);
}

std::vector<const CatalogOperator *> Catalog::operators(std::string_view name) const
{
    std::vector<const CatalogOperator *> found;
    for (const CatalogOperator &each : m_operators)
        if (each.name == name)
            found.push_back(&each);
    return found;
}

std::vector<const CatalogRelation *> Catalog::withDescendants(const CatalogRelation &relation) const
{
    std::vector<const CatalogRelation *> family{&relation};
    for (std::size_t at = 0; at < family.size(); ++at) {
        const auto [first, last] = m_children.equal_range(family[at]->oid);
        for (auto child = first; child != last; ++child)
            if (!std::ranges::contains(family, child->second))
                family.push_back(child->second);
    }
    return family;
}

std::vector<const CatalogForeignKey *> Catalog::referencing(const CatalogRelation &relation) const
{
    std::set<Oid> family;
    for (const CatalogRelation *each : withDescendants(relation))
        family.insert(each->oid);
    std::vector<Oid> ancestors = relation.parents;
    for (std::size_t at = 0; at < ancestors.size(); ++at) {
        const CatalogRelation *parent = this->relation(ancestors[at]);
        if (parent && family.insert(parent->oid).second)
            std::ranges::copy(parent->parents, std::back_inserter(ancestors));
    }
    std::vector<const CatalogForeignKey *> keys;
    for (const Oid oid : family) {
        const auto [first, last] = m_keysTo.equal_range(oid);
        for (auto key = first; key != last; ++key)
            keys.push_back(key->second);
    }
    return keys;
}

std::vector<const CatalogForeignKey *> Catalog::keysOf(const CatalogRelation &relation) const
{
    std::vector<const CatalogForeignKey *> keys;
    const auto [first, last] = m_keysFrom.equal_range(relation.oid);
    for (auto key = first; key != last; ++key)
        keys.push_back(key->second);
    return keys;
}

std::vector<const CatalogRelation *> Catalog::viewsOn(const CatalogRelation &relation) const
{
    std::vector<const CatalogRelation *> views;
    const auto [first, last] = m_viewsOn.equal_range(relation.oid);
    for (auto entry = first; entry != last; ++entry)
        if (const CatalogRelation *view = this->relation(entry->second))
            views.push_back(view);
    return views;
}

const NamesByLook &Catalog::looks() const
{
    std::call_once(m_looksFilled, [this] {
        std::set<std::string> names;
        for (const CatalogRelation &relation : m_relations) {
            names.insert(relation.name);
            for (const CatalogColumn &column : relation.columns)
                names.insert(column.name);
        }
        for (const std::string &name : names)
            m_looks.add(name);
    });
    return m_looks;
}

} // namespace holdpoint
