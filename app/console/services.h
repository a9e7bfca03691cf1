// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace holdpoint {

/// The names that libpq's service files offer on this machine, sorted: PGSERVICEFILE or ~/.pg_service.conf, and the
/// system's. Names only; nothing else of the files is kept.
QStringList serviceNames();

} // namespace holdpoint
