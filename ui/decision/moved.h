// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/impact.h"

namespace holdpoint {

/// What of an action's impact is another than at an earlier look, a line for each; empty if nothing is.
QStringList whatMoved(const Impact &before, const Impact &now);

} // namespace holdpoint
