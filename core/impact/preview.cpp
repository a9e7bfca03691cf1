// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/preview.h"

#include <algorithm>

namespace holdpoint {

bool Preview::isChanged(const PreviewRow &row, qsizetype newValue) const
{
    const NewValue &value = newValues[newValue];
    const auto column = std::ranges::find(columns, value.column, &PreviewColumn::name);
    const qsizetype index = column - columns.cbegin();
    if (!value.unknownBecause.isEmpty() || masked.contains(value.column) || index >= row.before.size())
        return true;
    return row.before[index] != row.after[newValue];
}

} // namespace holdpoint
