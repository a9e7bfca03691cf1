// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"

namespace holdpoint {

/// Refuses a role that could write: by its own rights or by those of any role it may become.
/// @param place for the advice: where to sign in with another role
std::expected<void, Error> checkOnlyReads(Connection &server, const QString &place);

} // namespace holdpoint
