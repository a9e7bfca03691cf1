// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/impactsums.h"

namespace holdpoint {

/// An impact for people. Ends without a line break; nothing in it can steer a terminal.
/// @param width of the terminal, in columns: previews are cut to it
QString describeImpact(const AskedImpact &asked, qsizetype width);

} // namespace holdpoint
