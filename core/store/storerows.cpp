// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/storerows.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

RiskLevel levelOf(const QString &word)
{
    return riskLevelFromWord(word).value_or(RiskLevel::Critical);
}

ActionState stateOf(const QString &word)
{
    return actionStateFromWord(word).value_or(ActionState::Unknown);
}

QDateTime timeOf(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

std::optional<qint64> numberOf(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

QList<Approval> approvalsOf(const QJsonValue &value)
{
    QList<Approval> approvals;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &approval : array)
        approvals.append(
            {approval[u"approver"].toString(), levelOf(approval[u"level"].toString()), timeOf(approval[u"at"])});
    return approvals;
}

std::optional<Outcome> outcomeOf(const QJsonValue &value)
{
    if (!value.isObject())
        return std::nullopt;
    return Outcome{numberOf(value[u"rows_changed"]), numberOf(value[u"row_cap"]), value[u"detail"].toString(),
        timeOf(value[u"at"])};
}

Receipt receiptOf(const QJsonValue &value)
{
    Receipt receipt{
        .place = value[u"place"].toString(),
        .confirmed = value[u"confirmed"].toBool(),
        .confirmedAt = timeOf(value[u"confirmed_at"]),
        .tries = value[u"tries"].toInt(),
        .lastError = value[u"last_error"].toString(),
        .steps = {},
    };
    const QJsonArray steps = value[u"steps"].toArray();
    for (const QJsonValue &step : steps)
        receipt.steps.append({step[u"step"].toString(), step[u"done"].toBool(), step[u"milliseconds"].toDouble(),
            step[u"detail"].toString()});
    return receipt;
}

PolicyRule ruleOf(const QString &target, const QJsonValue &value)
{
    return {
        .target = target,
        .level = levelOf(value[u"level"].toString()),
        .approvers = value[u"approvers"].toInt(),
        .rowLimit = value[u"row_limit"].toInteger(),
        .tolerance = value[u"tolerance"].toDouble(),
        .slack = value[u"slack"].toInteger(),
    };
}

/// Evidence that cannot be read stays empty and critical: then the words match nothing that could be released.
SignedOff signedOffOf(const QJsonValue &value)
{
    return {
        .approver = value[u"approver"].toString(),
        .level = levelOf(value[u"level"].toString()),
        .words = value[u"words"].toString(),
        .evidence = evidenceFromJson(value[u"evidence"].toObject()).value_or(Evidence{}),
        .at = timeOf(value[u"at"]),
        .salt = QByteArray::fromHex(value[u"salt"].toString().toLatin1()),
    };
}

} // namespace

Action actionFromRow(const Row &row)
{
    return {
        .id = row.number(u"id"_s),
        .revision = int(row.number(u"revision"_s)),
        .digest = row.bytes(u"digest"_s),
        .agent = row.text(u"agent"_s),
        .agentOwner = row.text(u"agent_owner"_s),
        .target = row.text(u"target"_s),
        .title = row.text(u"title"_s),
        .reason = row.text(u"reason"_s),
        .sql = row.bytes(u"sql"_s),
        .state = stateOf(row.text(u"state"_s)),
        .submittedAt = row.time(u"submitted_at"_s),
        .expiresAt = row.time(u"expires_at"_s),
        .approvals = approvalsOf(row.json(u"approvals"_s)),
        .closingReason = row.text(u"closing_reason"_s),
        .decidedBy = row.text(u"decided_by"_s),
        .outcome = outcomeOf(row.json(u"outcome"_s)),
        .changeNumber = row.number(u"change_number"_s),
    };
}

Action ownActionFromRow(const Row &row)
{
    Action action;
    action.id = row.number(u"action_id"_s);
    action.revision = int(row.number(u"revision"_s));
    action.target = row.text(u"target"_s);
    action.title = row.text(u"title"_s);
    action.state = stateOf(row.text(u"state"_s));
    action.submittedAt = row.time(u"submitted_at"_s);
    action.closingReason = row.text(u"closing_reason"_s);
    action.decidedBy = row.text(u"decided_by"_s);
    action.outcome = outcomeOf(row.json(u"outcome"_s));
    return action;
}

Agent agentFromRow(const Row &row)
{
    return {
        .name = row.text(u"name"_s),
        .owner = row.text(u"owner"_s),
        .revoked = row.flag(u"revoked"_s),
        .revokedAt = row.time(u"revoked_at"_s),
        .revokedBy = row.text(u"revoked_by"_s),
        .open = int(row.number(u"open"_s)),
        .submitted = int(row.number(u"submitted"_s)),
        .lastSubmittedAt = row.time(u"last_submitted_at"_s),
    };
}

Target targetFromRow(const Row &row)
{
    return {row.text(u"name"_s), row.text(u"environment"_s), row.text(u"replica"_s), row.text(u"watch"_s)};
}

PolicyRule policyRuleFromRow(const Row &row)
{
    return {
        .target = row.text(u"target"_s),
        .level = levelOf(row.text(u"level"_s)),
        .approvers = int(row.number(u"approvers"_s)),
        .rowLimit = row.number(u"row_limit"_s),
        .tolerance = row.real(u"tolerance"_s),
        .slack = row.number(u"slack"_s),
    };
}

Revocation revocationFromRow(const Row &row)
{
    Revocation revocation{
        .id = row.number(u"id"_s),
        .agent = row.text(u"agent"_s),
        .requestedBy = row.text(u"requested_by"_s),
        .requestedAt = row.time(u"requested_at"_s),
        .reason = row.text(u"reason"_s),
        .receipts = {},
    };
    const QJsonArray receipts = row.json(u"receipts"_s).toArray();
    for (const QJsonValue &receipt : receipts)
        revocation.receipts.append(receiptOf(receipt));
    return revocation;
}

Executor executorFromRow(const Row &row)
{
    return {row.text(u"name"_s), row.text(u"version"_s), row.time(u"seen_at"_s), row.flag(u"alive"_s),
        row.json(u"sandboxes"_s).toVariant().toStringList()};
}

LedgerEntry ledgerEntryFromRow(const Row &row)
{
    return {
        .sequence = row.number(u"sequence"_s),
        .at = row.time(u"at"_s),
        .actor = row.text(u"actor"_s),
        .event = row.text(u"event"_s),
        .action = row.number(u"action"_s),
        .revision = int(row.number(u"revision"_s)),
        .target = row.text(u"target"_s),
        .agent = row.text(u"agent"_s),
        .body = row.text(u"body"_s),
        .previousHash = row.bytes(u"previous_hash"_s),
        .hash = row.bytes(u"hash"_s),
    };
}

ClaimedAction claimedActionFromRow(const Row &row)
{
    ClaimedAction action{
        .id = row.number(u"action_id"_s),
        .revision = int(row.number(u"revision"_s)),
        .digest = row.bytes(u"digest"_s),
        .sql = row.bytes(u"sql"_s),
        .target = row.text(u"target"_s),
        .agent = row.text(u"agent"_s),
        .agentOwner = row.text(u"agent_owner"_s),
        .level = levelOf(row.text(u"level"_s)),
        .approvals = {},
        .policy = {},
        .expiresAt = row.time(u"expires_at"_s),
    };
    const QJsonArray approvals = row.json(u"approvals"_s).toArray();
    for (const QJsonValue &approval : approvals)
        action.approvals.append(signedOffOf(approval));
    const QJsonArray policy = row.json(u"policy"_s).toArray();
    for (const QJsonValue &rule : policy)
        action.policy.append(ruleOf(action.target, rule));
    return action;
}

OpenRevocation openRevocationFromRow(const Row &row)
{
    return {row.number(u"revocation_id"_s), row.text(u"agent"_s), row.text(u"target"_s), int(row.number(u"tries"_s)),
        row.time(u"requested_at"_s)};
}

Trial trialFromRow(const Row &row)
{
    Trial trial{
        .id = row.number(u"id"_s),
        .action = row.number(u"action"_s),
        .revision = int(row.number(u"revision"_s)),
        .target = row.text(u"target"_s),
        .requestedBy = row.text(u"requested_by"_s),
        .requestedAt = row.time(u"requested_at"_s),
        .state = trialStateFromWord(row.text(u"state"_s)).value_or(TrialState::Lost),
        .executor = row.text(u"executor"_s),
        .startedAt = row.time(u"claimed_at"_s),
        .endedAt = row.time(u"ended_at"_s),
        .lostBecause = row.text(u"lost_because"_s),
        .result = {},
    };
    if (const QJsonValue result = row.json(u"result"_s); result.isObject())
        if (auto read = trialResultFromJson(result.toObject()))
            trial.result = std::move(*read);
    return trial;
}

ClaimedTrial claimedTrialFromRow(const Row &row)
{
    return {row.number(u"trial_id"_s), row.number(u"action_id"_s), int(row.number(u"revision"_s)),
        row.bytes(u"digest"_s), row.bytes(u"sql"_s), row.text(u"target"_s)};
}

} // namespace holdpoint
