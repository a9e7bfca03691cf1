// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/verifiedrelease.h"

namespace holdpoint {

/// An assessment whose statements are of one kind, whatever they are: what an analyzer that was fooled would say.
Assessment assessmentOf(const QList<QByteArray> &statements, RiskLevel level = RiskLevel::Critical,
    const QString &kind = QStringLiteral("SELECT"));

/// A claim that verify() accepts with assessmentOf() the same statements: approved by two people, cap `rowLimit`.
ClaimedAction claimOf(qint64 action, const QList<QByteArray> &statements, qint64 rowLimit = 100'000,
    RiskLevel level = RiskLevel::Critical);

/// What an honest ledger says about the claim's approvals.
QList<LedgerEntry> recordOf(const ClaimedAction &claim);

/// The words that approve what the evidence says.
QString wordsFor(const Evidence &evidence);

VerifiedRelease releaseOf(qint64 action, const QList<QByteArray> &statements, qint64 cap);

} // namespace holdpoint
