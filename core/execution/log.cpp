// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/log.h"

namespace holdpoint {

Q_LOGGING_CATEGORY(executorLog, "holdpoint.executor", QtInfoMsg)

void Complaint::say(const QString &line)
{
    if (m_said != line)
        qCWarning(executorLog).noquote() << line;
    m_said = line;
}

} // namespace holdpoint
