// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/execution/releasemaker.h"

#include "core/execution/approvalseal.h"
#include "core/store/confirmationphrase.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace holdpoint {

Assessment assessmentOf(const QList<QByteArray> &statements, RiskLevel level, const QString &kind)
{
    Assessment assessment;
    assessment.level = level;
    qsizetype start = 0;
    for (const QByteArray &sql : statements) {
        Statement statement;
        statement.kind = kind;
        statement.level = level;
        statement.start = start;
        statement.end = start + sql.size();
        statement.relations.append(u"public.orders"_s);
        assessment.statements.append(statement);
        start = statement.end + 1;
    }
    return assessment;
}

QString wordsFor(const Evidence &evidence)
{
    return ConfirmationPhrase(evidence).text();
}

ClaimedAction claimOf(qint64 action, const QList<QByteArray> &statements, qint64 rowLimit, RiskLevel level)
{
    ClaimedAction claim;
    claim.id = action;
    claim.revision = 1;
    claim.sql = statements.join(';');
    claim.digest = QCryptographicHash::hash(claim.sql, QCryptographicHash::Sha256);
    claim.target = u"prod-eu"_s;
    claim.agent = u"bot"_s;
    claim.agentOwner = u"jonas"_s;
    claim.level = level;
    const Evidence evidence{level, u"select"_s, {}, u"public.orders"_s, u"prod-eu"_s, {}, u"unknown"_s};
    for (const QString &approver : {u"maria"_s, u"lena"_s})
        claim.approvals.append({approver, level, wordsFor(evidence), evidence, {}, approver.toUtf8() + "'s salt"});
    for (const RiskLevel each : {RiskLevel::Read, RiskLevel::Write, RiskLevel::Destructive, RiskLevel::Critical})
        claim.policy.append({u"*"_s, each, each == RiskLevel::Critical ? 2 : 1, rowLimit, 1.2, 10});
    return claim;
}

QList<LedgerEntry> recordOf(const ClaimedAction &claim)
{
    QList<LedgerEntry> record;
    for (const SignedOff &approval : claim.approvals) {
        LedgerEntry entry;
        entry.sequence = record.size() + 1;
        entry.at = QDateTime::fromMSecsSinceEpoch(1'790'000'000'000);
        entry.actor = approval.approver;
        entry.event = u"approved"_s;
        entry.action = claim.id;
        entry.revision = claim.revision;
        entry.target = claim.target;
        entry.agent = claim.agent;
        entry.body = u"{\"digest\": \"%1\", \"level\": \"%2\", \"seal\": \"%3\"}"_s.arg(
            QString::fromLatin1(claim.digest.toHex()), toWord(approval.level), approvalSeal(approval));
        entry.previousHash = QByteArray(32, '\0');
        entry.hash = ledgerHash(entry);
        record.append(entry);
    }
    return record;
}

VerifiedRelease releaseOf(qint64 action, const QList<QByteArray> &statements, qint64 cap)
{
    const ClaimedAction claim = claimOf(action, statements, cap);
    auto release =
        VerifiedRelease::verify(claim, recordOf(claim), [&](const QByteArray &) { return assessmentOf(statements); });
    if (!release)
        qFatal("%ls", qUtf16Printable(release.error().text()));
    return *release;
}

} // namespace holdpoint
