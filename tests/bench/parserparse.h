// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace holdpoint::bench {

/// What a user would call instead: libpg_query's own parse of a text to JSON. Returns the JSON's length, 0 for a text
/// that is no SQL.
qsizetype parseWithLibpgQuery(const QByteArray &sql);

} // namespace holdpoint::bench
