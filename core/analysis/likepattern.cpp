// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/likepattern.h"

namespace holdpoint {

std::optional<bool> matchesLike(std::string_view text, std::string_view pattern)
{
    if (pattern.contains('\\'))
        return std::nullopt;
    std::size_t at = 0, next = 0, star = std::string_view::npos, retry = 0;
    while (at < text.size()) {
        if (next < pattern.size() && pattern[next] == '%') {
            star = next++;
            retry = at;
        } else if (next < pattern.size() && (pattern[next] == '_' || pattern[next] == text[at])) {
            // One character of UTF-8 may be several bytes.
            const bool any = pattern[next++] == '_';
            ++at;
            while (any && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
                ++at;
        } else if (star != std::string_view::npos) {
            next = star + 1;
            at = ++retry;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('%', next) == std::string_view::npos;
}

} // namespace holdpoint
