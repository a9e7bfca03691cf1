// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/target.h"

#include <cmath>

namespace holdpoint {

qint64 rowCap(std::optional<qint64> approved, const PolicyRule &rule)
{
    if (!approved)
        return rule.rowLimit;
    const double tolerated =
        std::ceil(static_cast<double>(*approved) * rule.tolerance) + static_cast<double>(rule.slack);
    return tolerated < static_cast<double>(rule.rowLimit) ? static_cast<qint64>(tolerated) : rule.rowLimit;
}

} // namespace holdpoint
