// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/impact/impact.h"

#include <QStringList>

namespace holdpoint {

/// The locks that a revision takes besides those of a reader, the strongest for each table: `orders: ROW EXCLUSIVE`.
QStringList lockLines(const Assessment &assessment);
/// Who is in their way on the primary, or that nobody is, or why that is not known.
QStringList holderLines(const Impact &impact);
/// What an ALTER TABLE does to the rows that are there.
QStringList rewriteLines(const Assessment &assessment);

} // namespace holdpoint
