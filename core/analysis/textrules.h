// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/segments.h"
#include "core/analysis/source.h"
#include "core/assessment/risklevel.h"

#include <string>
#include <vector>

namespace holdpoint {

/// What the text itself shows, whatever it parses to.
struct TextFinding
{
    std::string_view rule;
    RiskLevel level;
    Span span;
    std::string detail;
};

class Catalog;

/// Looks for characters and layout that make a text look like another. @p sql must be valid UTF-8.
/// @param catalog further names that a word may be made to look like; may be null
std::vector<TextFinding> inspectText(
    const QByteArray &sql, const std::vector<Segment> &segments, const Catalog *catalog);

} // namespace holdpoint
