// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/decision/blockers.h"

#include <QCoreApplication>

namespace holdpoint {

namespace {

struct Blockers
{
    Q_DECLARE_TR_FUNCTIONS(holdpoint::Blockers)
};

} // namespace

QString decisionBlocker(const DecisionFacts &facts)
{
    if (!facts.linkLive)
        return Blockers::tr("The store is out of reach: nothing can be decided until the link is back.");
    if (!isOpen(facts.state))
        return Blockers::tr("This action is %1: there is nothing left to decide.").arg(toText(facts.state));
    if (facts.expired)
        return Blockers::tr("This action has expired: the agent must submit it again.");
    if (facts.userOwnsAgent)
        return Blockers::tr("You are responsible for this agent: another approver must decide.");
    if (facts.awaitingStore)
        return Blockers::tr("Waiting for the store's answer…");
    return {};
}

QString approvalBlocker(const DecisionFacts &facts)
{
    if (const QString blocker = decisionBlocker(facts); !blocker.isEmpty())
        return blocker;
    if (facts.userHasApproved)
        return Blockers::tr("You have approved this revision: a second person must approve it too.");
    if (!facts.assessed)
        return Blockers::tr("The text is still being analysed.");
    if (!facts.catalogSettled)
        return Blockers::tr("The replica is still being asked for its catalogue, which may show more.");
    if (!facts.impactSettled)
        return Blockers::tr("The replica is still being asked what this would touch.");
    if (!facts.textComplete)
        return Blockers::tr("Part of the SQL is not shown: press “Show all” above it first.");
    if (!facts.rested)
        return Blockers::tr("This action has only just come up: read it first.");
    return {};
}

} // namespace holdpoint
