// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/verifiedrelease.h"

#include "core/execution/approvalseal.h"
#include "core/execution/statementrules.h"
#include "core/store/confirmationphrase.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Checked = std::expected<void, Error>;

std::unexpected<Error> refused(const QString &why)
{
    return std::unexpected(Error{Error::Code::Refused, why});
}

Checked checkDigest(const ClaimedAction &claim)
{
    if (QCryptographicHash::hash(claim.sql, QCryptographicHash::Sha256) != claim.digest)
        return refused(u"the SQL is not what was approved: its SHA-256 differs from the revision's"_s);
    return {};
}

bool names(const Evidence &evidence, const Statement &statement)
{
    // A statement without effects, as GRANT, is called by its kind and the first relation that it names.
    if (statement.effects.isEmpty())
        return evidence.verb == statement.kind.section(u' ', 0, 0).toLower()
            && evidence.table == statement.relations.value(0);
    return std::ranges::any_of(statement.effects,
        [&](const Effect &effect) { return effect.verb == evidence.verb && effect.table == evidence.table; });
}

/// The words are about one thing that the script does, whichever the approver found gravest.
bool names(const Evidence &evidence, const Assessment &assessment)
{
    return std::ranges::any_of(
        assessment.statements, [&](const Statement &statement) { return names(evidence, statement); });
}

std::expected<PolicyRule, Error> ruleFor(const ClaimedAction &claim, RiskLevel level)
{
    const auto rule = std::ranges::find(claim.policy, level, &PolicyRule::level);
    if (rule == claim.policy.end())
        return refused(u"the policy says nothing about %1 on %2"_s.arg(toWord(level), claim.target));
    return *rule;
}

Checked checkApproval(const SignedOff &approval, const ClaimedAction &claim, const Assessment &assessment)
{
    const QString who = approval.approver;
    const Evidence &evidence = approval.evidence;
    if (who == claim.agent || who == claim.agentOwner)
        return refused(u"%1 is the agent or its owner, and cannot approve"_s.arg(who));
    if (approval.level != evidence.level)
        return refused(u"%1's approval names two levels"_s.arg(who));
    if (evidence.level < assessment.level)
        return refused(
            u"%1 approved it as %2, but it is %3"_s.arg(who, toWord(evidence.level), toWord(assessment.level)));
    if (evidence.target != claim.target)
        return refused(u"%1 approved it for %2, not for %3"_s.arg(who, evidence.target, claim.target));
    if (evidence.count.value_or(0) < 0 || evidence.totalRows.value_or(0) < 0)
        return refused(u"%1 approved less than no rows"_s.arg(who));
    if (!ConfirmationPhrase(evidence).matches(approval.words))
        return refused(u"%1's words do not fit what was shown"_s.arg(who));
    if (evidence.level != RiskLevel::Read && !names(evidence, assessment))
        return refused(u"%1's words name %2 %3, which the SQL does not do"_s.arg(who, evidence.verb, evidence.table));
    return {};
}

/// What is merely a write has a known size within the policy's limit; anything else is graver than its approver saw.
Checked checkSize(const SignedOff &approval, const ClaimedAction &claim)
{
    if (approval.level != RiskLevel::Write)
        return {};
    const Evidence &evidence = approval.evidence;
    if (!evidence.totalRows || (*evidence.totalRows > 0 && !evidence.count))
        return refused(u"%1 approved it as write, but not knowing how many rows"_s.arg(approval.approver));
    return ruleFor(claim, approval.level).and_then([&](const PolicyRule &rule) -> Checked {
        if (*evidence.totalRows > rule.rowLimit)
            return refused(
                u"%1 approved it as write, but %2 rows are over the policy's limit of %3"_s.arg(approval.approver)
                    .arg(*evidence.totalRows)
                    .arg(rule.rowLimit));
        return {};
    });
}

/// Whether the ledger says that this approval was given, with these words and figures, for the bytes that would run.
/// Whoever edits a row of the store has to rewrite the ledger as well, which every console that remembers its head
/// notices.
bool isOnRecord(const SignedOff &approval, const ClaimedAction &claim, const QList<LedgerEntry> &record)
{
    return std::ranges::any_of(record, [&](const LedgerEntry &entry) {
        const QJsonObject body = QJsonDocument::fromJson(entry.body.toUtf8()).object();
        return entry.event == "approved"_L1 && entry.actor == approval.approver && entry.action == claim.id
            && entry.revision == claim.revision && entry.target == claim.target && entry.agent == claim.agent
            && body[u"digest"_s].toString() == QString::fromLatin1(claim.digest.toHex())
            && body[u"level"_s].toString() == toWord(approval.level)
            && body[u"seal"_s].toString() == approvalSeal(approval) && ledgerHash(entry) == entry.hash;
    });
}

Checked checkRecord(const ClaimedAction &claim, const QList<LedgerEntry> &record)
{
    for (const SignedOff &approval : claim.approvals)
        if (!isOnRecord(approval, claim, record))
            return refused(u"the ledger knows no approval of these bytes by %1"_s.arg(approval.approver));
    return {};
}

Checked checkApprovals(const ClaimedAction &claim, const Assessment &assessment, const PolicyRule &rule)
{
    QSet<QString> people;
    for (const SignedOff &approval : claim.approvals) {
        if (auto fits = checkApproval(approval, claim, assessment).and_then([&] { return checkSize(approval, claim); });
            !fits)
            return fits;
        people.insert(approval.approver);
    }
    const int needed = std::max(rule.approvers, 1);
    if (people.size() < needed)
        return refused(
            u"%1 wants %2 approvers, and there are %3"_s.arg(toWord(rule.level)).arg(needed).arg(people.size()));
    return {};
}

/// The highest level that anything about the release has: the text's own, and what its approvers saw.
RiskLevel effectiveLevel(const ClaimedAction &claim, const Assessment &assessment)
{
    RiskLevel level = std::max(assessment.level, claim.level);
    for (const SignedOff &approval : claim.approvals)
        level = std::max(level, approval.level);
    return level;
}

RiskLevel lowestApproved(const ClaimedAction &claim)
{
    RiskLevel level = RiskLevel::Critical;
    for (const SignedOff &approval : claim.approvals)
        level = std::min(level, approval.level);
    return level;
}

qint64 capOf(const ClaimedAction &claim, const PolicyRule &rule)
{
    if (rule.level == RiskLevel::Read)
        return 0;
    qint64 cap = rule.rowLimit;
    for (const SignedOff &approval : claim.approvals)
        cap = std::min(cap, rowCap(approval.evidence.totalRows, rule));
    return cap;
}

} // namespace

std::expected<VerifiedRelease, Error> VerifiedRelease::verify(
    const ClaimedAction &claim, const QList<LedgerEntry> &record, const Analyse &analyse)
{
    if (auto same = checkDigest(claim).and_then([&] { return checkRecord(claim, record); }); !same)
        return std::unexpected(same.error());
    const Assessment assessment = analyse(claim.sql);
    const auto rule =
        checkParsed(assessment).and_then([&] { return ruleFor(claim, effectiveLevel(claim, assessment)); });
    if (!rule)
        return std::unexpected(rule.error());
    auto statements = checkApprovals(claim, assessment, *rule).and_then([&] {
        return runnableStatements(claim.sql, assessment, lowestApproved(claim));
    });
    if (!statements)
        return std::unexpected(statements.error());
    VerifiedRelease release;
    release.m_action = claim.id;
    release.m_revision = claim.revision;
    release.m_digest = claim.digest;
    release.m_statements = std::move(*statements);
    release.m_rowCap = capOf(claim, *rule);
    return release;
}

} // namespace holdpoint
