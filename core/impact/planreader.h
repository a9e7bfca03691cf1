// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/plan.h"

#include <expected>

namespace holdpoint {

/// The plan of a reading statement.
/// @param json the answer to EXPLAIN (FORMAT JSON), from a server that is not trusted: its size, depth and shape are
///        checked. Anything odd is an error in words, never a figure.
std::expected<Plan, QString> readPlan(const QByteArray &json);

} // namespace holdpoint
