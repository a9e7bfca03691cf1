// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"

struct pg_conn;

namespace holdpoint {

/// Sends one foreign statement by the extended protocol and reads its whole answer. At most `keepRows` rows are kept;
/// the rest is read and dropped, so that a large answer costs time but no memory.
std::expected<ForeignResult, Error> exchangeForeign(pg_conn *handle, const QByteArray &sql, qint64 keepRows);

} // namespace holdpoint
