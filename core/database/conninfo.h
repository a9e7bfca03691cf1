// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <expected>

namespace holdpoint {

/// A connection string taken apart, so that Qt's driver can be given it.
struct Conninfo
{
    QString host;
    QString database;
    QString user;
    int port = -1;
    QString options; ///< everything else, as `key='value'` pairs

    bool operator==(const Conninfo &) const = default;
};

/// Reads a libpq connection string or URI. Refused, with the remedy: what libpq cannot read, and a password inside.
/// @param component becomes application_name unless the string has its own
std::expected<Conninfo, Error> parseConninfo(const QString &conninfo, const QString &component);

} // namespace holdpoint
