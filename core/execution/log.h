// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>
#include <QString>

namespace holdpoint {

/// What the executor says on stderr. Never SQL text, and never a server's message about one: both may hold secrets.
Q_DECLARE_LOGGING_CATEGORY(executorLog)

/// A trouble that is met again at every try, and said once.
class Complaint
{
public:
    /// Logs the line as a warning, unless it is what was said last.
    void say(const QString &line);
    /// What comes next is worth saying again.
    void settle() { m_said.clear(); }

private:
    QString m_said;
};

} // namespace holdpoint
