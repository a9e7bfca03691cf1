// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/claimedaction.h"

namespace holdpoint {

/// What the ledger keeps of an approval's words and evidence from the moment they were typed: SHA-256 in hexadecimal
/// digits, computed as the store does. An approval that was changed afterwards has another one.
QString approvalSeal(const SignedOff &approval);

} // namespace holdpoint
