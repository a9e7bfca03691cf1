// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/cascades.h"

#include <QLocale>
#include <QString>

#include <algorithm>
#include <cmath>

namespace holdpoint {

namespace {

using Relations = std::vector<const CatalogRelation *>;

/// Everything that can be reached from a relation, nearest first, itself left out.
template <typename Next> Relations closure(const CatalogRelation &start, const Next &next)
{
    Relations all{&start};
    for (std::size_t at = 0; at < all.size(); ++at)
        for (const CatalogRelation *each : next(*all[at]))
            if (!std::ranges::contains(all, each))
                all.push_back(each);
    all.erase(all.begin());
    return all;
}

template <typename Wanted>
Relations referrers(const Catalog &catalog, const CatalogRelation &relation, const Wanted &wanted)
{
    Relations found;
    for (const CatalogForeignKey *key : catalog.referencing(relation))
        if (const CatalogRelation *from = catalog.relation(key->from); from && wanted(*key))
            found.push_back(from);
    return found;
}

} // namespace

CascadeReach cascadeReach(const Catalog &catalog, const CatalogRelation &table)
{
    const auto cascades = [](const CatalogForeignKey &key) { return key.onDelete == 'c'; };
    const auto resets = [](const CatalogForeignKey &key) { return key.onDelete == 'n' || key.onDelete == 'd'; };
    CascadeReach reach;
    reach.deleted = closure(table, [&](const CatalogRelation &each) { return referrers(catalog, each, cascades); });
    Relations gone = reach.deleted;
    gone.push_back(&table);
    // A table that refers to itself by a cascading key loses rows that the statement does not name.
    if (std::ranges::contains(referrers(catalog, table, cascades), &table))
        reach.deleted.push_back(&table);
    for (const CatalogRelation *each : gone)
        for (const CatalogRelation *changed : referrers(catalog, *each, resets))
            if (!std::ranges::contains(reach.deleted, changed) && !std::ranges::contains(reach.changed, changed))
                reach.changed.push_back(changed);
    return reach;
}

std::vector<const CatalogRelation *> truncatedAlong(const Catalog &catalog, const CatalogRelation &table)
{
    return closure(table, [&](const CatalogRelation &each) {
        return referrers(catalog, each, [](const CatalogForeignKey &) { return true; });
    });
}

std::vector<const CatalogRelation *> viewsDroppedAlong(const Catalog &catalog, const CatalogRelation &relation)
{
    return closure(relation, [&](const CatalogRelation &each) { return catalog.viewsOn(each); });
}

std::string listed(const std::vector<const CatalogRelation *> &relations)
{
    constexpr std::size_t mostNamed = 12;
    std::string text;
    for (std::size_t index = 0; index < std::min(relations.size(), mostNamed); ++index) {
        const CatalogRelation &relation = *relations[index];
        text.append(text.empty() ? "" : ", ").append(relation.qualifiedName());
        if (relation.rows)
            text.append(" (about " + QLocale(QLocale::English).toString(std::llround(*relation.rows)).toStdString() + " rows)");
    }
    if (relations.size() > mostNamed)
        text.append(" and " + std::to_string(relations.size() - mostNamed) + " more");
    return text;
}

} // namespace holdpoint
