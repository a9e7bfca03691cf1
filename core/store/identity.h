// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace holdpoint {

/// Who the store takes its caller for.
struct Identity
{
    QString role;
    QString kind; ///< `approver`, `agent`, `executor`, `auditor`, `admin` or `none`

    bool operator==(const Identity &) const = default;
};

} // namespace holdpoint
