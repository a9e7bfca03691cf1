// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/guardedread.h"

namespace holdpoint {

/// The first rows that an effect would change.
/// @param effect that has a previewSelect
/// @param sensitive columns whose values are dropped on arrival, as `table.column` without quotes and with `*` for any
///        part; the table has its schema where it is not public
Preview readPreview(GuardedRead &read, const Effect &effect, qint64 rows, const QStringList &sensitive);

} // namespace holdpoint
