// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace holdpoint {

/// One step of ending an agent's access on one target.
struct ReceiptStep
{
    QString step; ///< `no-login`, `grants`, `sessions`, `prepared`, `sweeps`, `proof`
    bool done = false;
    double milliseconds = 0;
    QString detail;

    bool operator==(const ReceiptStep &) const = default;
};

/// The proof, or the lack of it, for one place: the store, or a target.
struct Receipt
{
    QString place; ///< `store`, or the target's name
    bool confirmed = false;
    QDateTime confirmedAt;
    int tries = 0;
    QString lastError;
    QList<ReceiptStep> steps;

    bool operator==(const Receipt &) const = default;
};

/// One press of the kill switch for one agent.
struct Revocation
{
    qint64 id = 0;
    QString agent;
    QString requestedBy;
    QDateTime requestedAt;
    QString reason;
    QList<Receipt> receipts;

    /// True only when every place has confirmed.
    bool confirmed() const;
    /// From the press to the last confirmation; nothing while any place is open.
    std::optional<qint64> milliseconds() const;

    bool operator==(const Revocation &) const = default;
};

} // namespace holdpoint
