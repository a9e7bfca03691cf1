// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/receipt.h"

#include <algorithm>

namespace holdpoint {

bool Revocation::confirmed() const
{
    return !receipts.isEmpty() && std::ranges::all_of(receipts, &Receipt::confirmed);
}

std::optional<qint64> Revocation::milliseconds() const
{
    if (!confirmed())
        return std::nullopt;
    return requestedAt.msecsTo(std::ranges::max(receipts, {}, &Receipt::confirmedAt).confirmedAt);
}

} // namespace holdpoint
