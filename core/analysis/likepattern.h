// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace holdpoint {

/// Whether a text matches a LIKE pattern, both in UTF-8; nothing for a pattern with escapes.
std::optional<bool> matchesLike(std::string_view text, std::string_view pattern);

} // namespace holdpoint
