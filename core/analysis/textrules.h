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

/// Looks for characters and layout that make a text look like another. @p sql must be valid UTF-8.
std::vector<TextFinding> inspectText(const QByteArray &sql, const std::vector<Segment> &segments);

} // namespace holdpoint
