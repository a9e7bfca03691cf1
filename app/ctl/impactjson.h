// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/impactsums.h"

#include <QJsonArray>

namespace holdpoint {

/// One object for each statement; a figure that is not known is null, and `unknown_because` says why.
QJsonArray impactJson(const AskedImpact &asked);

} // namespace holdpoint
