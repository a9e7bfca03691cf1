// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/locktaker.h"

namespace holdpoint {

/// Takes what an ALTER TABLE (INDEX, VIEW, …) statement takes: of its table the strongest that any of its subcommands
/// asks for, as PostgreSQL 17 has it, and of other tables what their foreign keys and partitions ask for.
void takeAltered(LockTaker &taker, Node alterTable);

} // namespace holdpoint
