// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/decision/approvalstext.h"

#include "ui/review/safetext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace holdpoint {

namespace {

constexpr int failClosedApprovers = 2;

struct Approvals
{
    Q_DECLARE_TR_FUNCTIONS(holdpoint::Approvals)
};

} // namespace

QString approvalsText(const Review &review)
{
    const Action &action = review.action;
    RiskLevel level = review.level();
    for (const Approval &approval : action.approvals)
        level = std::max(level, approval.level);
    const std::optional<PolicyRule> rule = ruleFor(review.policies, action.target, level);
    const int needed = rule ? rule->approvers : failClosedApprovers;
    if (!review.assessment)
        return {};
    if (action.approvals.isEmpty())
        return Approvals::tr("%n approval(s) needed", nullptr, needed);
    QStringList names;
    for (const Approval &approval : action.approvals)
        names.append(safeLine(approval.approver, 40));
    return Approvals::tr("%1 of %2 approvals: %3")
        .arg(action.approvals.size())
        .arg(needed)
        .arg(QLocale().createSeparatedList(names));
}

} // namespace holdpoint
