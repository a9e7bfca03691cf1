// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <QByteArray>

#include <expected>

namespace holdpoint {

/// The SQL that a command is about, as the bytes that it is: what is reviewed is what runs. Never reads far beyond the
/// most that is taken.
/// @param path empty or `-`: standard input
std::expected<QByteArray, Error> readSubmission(const QString &path);

} // namespace holdpoint
