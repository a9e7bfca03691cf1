// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace holdpoint {

/// What PostgreSQL 17 brings along, from core/analysis/data. Names are lower case, without a schema.

/// The rule that a call of this built-in function breaks; `harmless` for none; empty for a function nobody knows.
std::string_view builtinFunctionClass(std::string_view name);

bool isBuiltinOperator(std::string_view name);

/// Whether a type's name, in parts, is one of PostgreSQL's own; its element's for an array.
bool isBuiltinType(const std::vector<std::string_view> &parts);

enum class SettingClass { Harmless, Guard, Other };
SettingClass settingClass(std::string_view name);

/// Schemas of Holdpoint itself, on the store and on a target.
bool isHoldpointSchema(std::string_view schema);

/// Whether a relation belongs to PostgreSQL: by its schema, or by its name where no schema is given.
bool isSystemRelation(std::string_view schema, std::string_view name);

/// The parts of a list of String nodes, as in a function's or a column's name.
std::vector<std::string_view> nameParts(Node list);

/// Parts joined by dots, as a person would write the name.
std::string dotted(const std::vector<std::string_view> &parts);

/// The name of a RangeVar body, its schema only where the text gives one.
std::string relationName(Node rangeVar);

std::string lowered(std::string_view text);

} // namespace holdpoint
