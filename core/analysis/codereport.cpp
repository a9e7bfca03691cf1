// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/codereport.h"

namespace holdpoint {

void reportWithin(const Visit &visit, const Consequences &consequences)
{
    for (const char *id : {"dynamic-sql", "opaque-body"})
        if (consequences.rules.contains(id))
            visit.inspection().report(ruleById(id), RiskLevel::Critical, visit.inspection().spanOf(visit.node()),
                "a routine that it calls does so");
}

std::string withReasons(std::string_view name, const Consequences &consequences)
{
    std::string reasons;
    for (const std::string &rule : consequences.rules)
        if (rule != "user-function")
            reasons.append(reasons.empty() ? "" : ", ").append(rule);
    return '"' + std::string(name) + '"' + (reasons.empty() ? std::string() : " (it leads to: " + reasons + ')');
}

void reportCode(const Visit &visit, const std::set<CodeKey> &used, bool own, std::string_view name)
{
    if (used.empty() && !own)
        return visit.found(withReasons(name, {}));
    const Consequences consequences = visit.inspection().consequencesOf(used);
    if (consequences.level == RiskLevel::Read)
        return;
    visit.foundAs(std::max(RiskLevel::Destructive, consequences.level), withReasons(name, consequences));
    reportWithin(visit, consequences);
}

} // namespace holdpoint
