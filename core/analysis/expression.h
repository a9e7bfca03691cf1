// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/canonical.h"
#include "core/analysis/constant.h"

#include <map>
#include <optional>
#include <string>

namespace holdpoint {

/// Values of columns, by canonical() of a reference to them.
using RowValues = std::map<std::string, Constant, std::less<>>;

/// The value of an expression that holds constants only, as far as it is safe to compute; nothing otherwise. With a
/// row, also of one that holds that row's columns.
std::optional<Constant> foldConstant(Node expression, const RowValues *row = nullptr);

/// Whether a FuncCall's body is a call of lower() or of its like: what gives only texts that differ in little the same
/// result.
bool isFoldingFunction(Node call);

} // namespace holdpoint
