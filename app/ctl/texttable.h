// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace holdpoint {

/// Rows as aligned lines, the first one over the others. Cells are made safe for a terminal, and cut to what fits.
/// @param width of a line, in a terminal's columns
QStringList textTable(const QList<QStringList> &rows, qsizetype width);

} // namespace holdpoint
