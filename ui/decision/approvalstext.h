// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/decision/review.h"

namespace holdpoint {

/// "2 approvals needed", "1 of 2 approvals: jonas"; empty until the level is known. Two where no policy says.
QString approvalsText(const Review &review);

} // namespace holdpoint
