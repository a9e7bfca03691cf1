// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

namespace holdpoint {

/// What the executor says on stderr. Never SQL text, and never a server's message about one: both may hold secrets.
Q_DECLARE_LOGGING_CATEGORY(executorLog)

} // namespace holdpoint
