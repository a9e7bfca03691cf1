// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"

#include <string_view>

namespace holdpoint {

class Inspection;

/// Notes for the statements that follow what a statement makes: relations, with what they take over, and types.
void noteMade(Inspection &inspection, std::string_view type, Node statement);

/// Notes what a part of a statement renames, adds to relations, puts above others, or lets new cascades hang on.
void noteAltered(Inspection &inspection, std::string_view type, Node part);

} // namespace holdpoint
