// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace holdpoint {

/// One line of the record.
struct LedgerEntry
{
    qint64 sequence = 0;
    QDateTime at;
    QString actor; ///< the role that called
    QString event; ///< `submitted`, `revised`, `approved`, `released`, `executed`, `agent_revoked`, …
    qint64 action = 0; ///< 0 where the event is about no action
    int revision = 0;
    QString target;
    QString agent;
    QString body; ///< the event's facts as JSON text, exactly the bytes that were hashed
    QByteArray previousHash; ///< 32 bytes
    QByteArray hash; ///< 32 bytes

    bool operator==(const LedgerEntry &) const = default;
};

/// The newest line of a record.
struct LedgerHead
{
    qint64 sequence = 0; ///< 0: the record is empty
    QByteArray hash = QByteArray(32, '\0');

    bool operator==(const LedgerHead &) const = default;
};

/// SHA-256 over the canonical form that the store uses: README, "The ledger".
QByteArray ledgerHash(const LedgerEntry &entry);

} // namespace holdpoint
