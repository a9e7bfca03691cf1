// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

struct pg_result;

namespace holdpoint {

/// What a failed attempt to connect means, from libpq's own words: it gives no code.
Error connectError(const QString &libpqText);

/// What a server's refusal means.
/// @param sqlState five characters; empty where the link broke
/// @param libpqText as in `ERROR:  message\nHINT:  what to do`
Error serverError(const QString &sqlState, const QString &libpqText);

/// The same for a result that libpq gave us.
Error serverError(const pg_result *result);

} // namespace holdpoint
