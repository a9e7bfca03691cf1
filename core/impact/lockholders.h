// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/database/connection.h"
#include "core/impact/impact.h"

namespace holdpoint {

/// Every lock that a text takes: one for each table, the strongest.
QList<TableLock> locksOf(const Assessment &assessment);

/// Who on the primary holds or awaits what conflicts with one of the locks, longest first. Asks the function that
/// `target prepare` puts there, for at most a second. Refuses a role that could write.
std::expected<QList<LockHolder>, Error> lockHolders(Connection &primary, const QList<TableLock> &locks);

} // namespace holdpoint
