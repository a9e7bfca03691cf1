// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/segments.h"

#include <QByteArray>

#include <optional>

namespace holdpoint {

struct ParsedScript;

/// The first literal with a backslash that makes a server with standard_conforming_strings off read other statements
/// than these; nothing if every server that takes the text reads the same.
std::optional<Segment> readOtherwise(
    const QByteArray &sql, const std::vector<Segment> &segments, const ParsedScript &script);

} // namespace holdpoint
