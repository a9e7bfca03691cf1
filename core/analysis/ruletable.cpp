// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rule.h"

#include <ranges>
#include <unordered_map>

namespace holdpoint {

void always(const Visit &visit)
{
    visit.found();
}

const std::vector<RuleFamily> &ruleFamilies()
{
    static const std::vector<RuleFamily> families{{"rows", rowRules()}, {"predicates", predicateRules()},
        {"inserts", insertRules()}, {"drops", dropRules()}, {"alterations", alterRules()}, {"creations", createRules()},
        {"guard objects", guardObjectRules()}, {"privileges", privilegeRules()}, {"settings", settingRules()},
        {"server", serverRules()}, {"functions", functionRules()}, {"types", typeRules()}, {"code", codeRules()},
        {"transactions", transactionRules()}, {"catalogue", catalogRules()}, {"text", textRules()}};
    return families;
}

const std::vector<const Rule *> &allRules()
{
    static const std::vector<const Rule *> rules = [] {
        std::vector<const Rule *> all;
        for (const RuleFamily &family : ruleFamilies())
            for (const Rule &rule : family.rules)
                all.push_back(&rule);
        return all;
    }();
    return rules;
}

const std::vector<const Rule *> &rulesFor(std::string_view nodeType)
{
    static const std::unordered_map<std::string_view, std::vector<const Rule *>> byType = [] {
        std::unordered_map<std::string_view, std::vector<const Rule *>> map;
        for (const Rule *rule : allRules())
            for (const auto type : std::views::split(rule->nodeType, '|'))
                if (!type.empty())
                    map[std::string_view(type)].push_back(rule);
        return map;
    }();
    static const std::vector<const Rule *> none;
    const auto found = byType.find(nodeType);
    return found == byType.end() ? none : found->second;
}

const Rule &ruleById(std::string_view id)
{
    for (const Rule *rule : allRules())
        if (rule->id == id)
            return *rule;
    qFatal("there is no rule %.*s", static_cast<int>(id.size()), id.data());
}

} // namespace holdpoint
