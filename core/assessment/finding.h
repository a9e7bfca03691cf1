// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/risklevel.h"

namespace holdpoint {

/// One rule's message on a statement. Offsets are bytes of the UTF-8 text of the whole revision.
struct Finding
{
    QString rule; ///< stable id, as in `no-where`
    RiskLevel level = RiskLevel::Critical;
    qsizetype start = 0;
    qsizetype end = 0;
    QString message; ///< what is wrong, one sentence
    QString remedy; ///< what to do instead, one sentence

    bool operator==(const Finding &) const = default;
};

} // namespace holdpoint
