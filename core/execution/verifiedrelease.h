// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/database/error.h"
#include "core/store/claimedaction.h"
#include "core/store/ledgerentry.h"

#include <expected>
#include <functional>

namespace holdpoint {

/// A release that the executor has checked for itself, whatever the store says. Only verify() makes one, and only
/// this can be run.
class VerifiedRelease
{
public:
    using Analyse = std::function<Assessment(const QByteArray &sql)>;

    /// Recomputes the digest of the bytes that would be sent, analyses them afresh, and holds each approval and their
    /// number against that, against the ledger and against the policy. An error (always Refused) says what does not
    /// fit.
    /// @param record the ledger's entries about approvals of the revision: that they were given, for these bytes
    static std::expected<VerifiedRelease, Error> verify(
        const ClaimedAction &claim, const QList<LedgerEntry> &record, const Analyse &analyse);

    qint64 action() const { return m_action; }
    int revision() const { return m_revision; }
    const QByteArray &digest() const { return m_digest; }
    /// Each statement's bytes, in order; never empty.
    const QList<QByteArray> &statements() const { return m_statements; }
    /// How many rows may change, everything that follows from the statements included.
    ///
    /// The smallest over all approvals of `ceil(approved rows × tolerance) + slack`, and never more than the policy's
    /// row limit. An approver who saw *unknown* agreed to no figure: for them the row limit alone holds. What was
    /// approved as reading may change nothing.
    qint64 rowCap() const { return m_rowCap; }

private:
    VerifiedRelease() = default;

    qint64 m_action = 0;
    int m_revision = 0;
    QByteArray m_digest;
    QList<QByteArray> m_statements;
    qint64 m_rowCap = 0;
};

} // namespace holdpoint
