// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>

namespace holdpoint {

/// The name among @p others that looks like @p name and is another one, by the skeletons of Unicode's UTS #39; empty if
/// there is none. Only names with characters beyond ASCII are looked at: letters that merely resemble each other within
/// ASCII (l and 1) are too common in honest names.
std::string lookalike(const std::string &name, const std::set<std::string> &others);

} // namespace holdpoint
