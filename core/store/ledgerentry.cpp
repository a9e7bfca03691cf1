// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/ledgerentry.h"

#include <QCryptographicHash>

namespace holdpoint {

QByteArray ledgerHash(const LedgerEntry &entry)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(entry.previousHash);
    // A length before each field, so that no two different entries have the same bytes.
    const auto add = [&hash](const QByteArray &field) { hash.addData(QByteArray::number(field.size()) + ':' + field); };
    add(QByteArray::number(entry.sequence));
    add(QByteArray::number(entry.at.toMSecsSinceEpoch()));
    add(entry.actor.toUtf8());
    add(entry.event.toUtf8());
    add(QByteArray::number(entry.action));
    add(QByteArray::number(entry.revision));
    add(entry.target.toUtf8());
    add(entry.agent.toUtf8());
    add(entry.body.toUtf8());
    return hash.result();
}

} // namespace holdpoint
