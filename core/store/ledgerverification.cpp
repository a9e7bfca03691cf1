// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/ledgerverification.h"

#include "core/store/storeclient.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int pageSize = 1000;

LedgerFault unreadable(const Error &error)
{
    return {0, error.text(), error};
}

/// The fault if `entries` hold the line that a known head names and it is another one.
std::optional<LedgerFault> disagreement(const QList<LedgerEntry> &entries, const LedgerHead &head, const QString &why)
{
    for (const LedgerEntry &entry : entries)
        if (entry.sequence == head.sequence && entry.hash != head.hash)
            return LedgerFault{head.sequence, why, {}};
    return std::nullopt;
}

} // namespace

std::expected<LedgerHead, LedgerFault> verifyEntries(const LedgerHead &from, const QList<LedgerEntry> &entries)
{
    LedgerHead head = from;
    for (const LedgerEntry &entry : entries) {
        const qint64 next = head.sequence + 1;
        if (entry.sequence != next)
            return std::unexpected(LedgerFault{next, u"entry %1 is missing"_s.arg(next), {}});
        if (entry.previousHash != head.hash)
            return std::unexpected(LedgerFault{next, u"entry %1 does not follow on the one before it"_s.arg(next), {}});
        if (ledgerHash(entry) != entry.hash)
            return std::unexpected(LedgerFault{next, u"entry %1 was changed after it was written"_s.arg(next), {}});
        head = {entry.sequence, entry.hash};
    }
    return head;
}

std::expected<LedgerHead, LedgerFault> verifyLedger(StoreClient &store, const LedgerHead &seen)
{
    const auto named = store.ledgerHead();
    if (!named)
        return std::unexpected(unreadable(named.error()));
    LedgerHead head;
    while (true) {
        const auto page = store.ledgerSince(head.sequence, pageSize);
        if (!page)
            return std::unexpected(unreadable(page.error()));
        if (page->isEmpty())
            break;
        const auto verified = verifyEntries(head, *page);
        if (!verified)
            return verified;
        if (auto fault = disagreement(*page, *named, u"the newest entry is not the one that the store names"_s))
            return std::unexpected(*fault);
        if (auto fault = disagreement(*page, seen, u"the record was rewritten: this entry was another one before"_s))
            return std::unexpected(*fault);
        head = *verified;
    }
    const qint64 expected = std::max(named->sequence, seen.sequence);
    if (head.sequence < expected)
        return std::unexpected(
            LedgerFault{head.sequence + 1, u"entries %1 to %2 are missing"_s.arg(head.sequence + 1).arg(expected), {}});
    return head;
}

} // namespace holdpoint
