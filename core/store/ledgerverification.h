// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"
#include "core/store/ledgerentry.h"

#include <QList>

#include <expected>
#include <optional>

namespace holdpoint {

class StoreClient;

/// Where the record does not hold.
struct LedgerFault
{
    qint64 sequence = 0; ///< of the first entry that is wrong or missing
    QString why;
    std::optional<Error> unreadable; ///< set if the store could not be asked: then nothing is proved either way
};

/// Checks that `entries` (oldest first) follow on `from` without a gap and that every hash is right.
/// Returns the newest of them, `from` if there are none.
std::expected<LedgerHead, LedgerFault> verifyEntries(const LedgerHead &from, const QList<LedgerEntry> &entries);

/// Reads the whole record in pages and checks it up to the head that the store names.
/// @param seen a head from outside the store: the record must contain it. Without one, somebody with full power over
///        the store could have rewritten all of it; the newest entries could be missing without a trace.
std::expected<LedgerHead, LedgerFault> verifyLedger(StoreClient &store, const LedgerHead &seen = {});

} // namespace holdpoint
