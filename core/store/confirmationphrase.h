// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/decision.h"

#include <QList>

namespace holdpoint {

/// The words an approver has to type. design.md, "Decision".
class ConfirmationPhrase
{
public:
    /// One word of the phrase, and whether the dialog shows it or leaves a named blank.
    struct Part
    {
        QString text; ///< what has to be typed
        QString blank; ///< empty: shown as it is; otherwise the blank's name: `verb`, `count`, `table`, `target`
    };

    explicit ConfirmationPhrase(const Evidence &evidence);

    const QList<Part> &parts() const { return m_parts; }
    /// The whole phrase, as in `YES, I UNDERSTAND: delete 48210 customers prod-eu`.
    QString text() const;
    /// The phrase with its blanks, as in `YES, I UNDERSTAND: [verb] [count] [table] [target]`.
    QString form() const;

    /// Case, compatibility forms, runs of blanks and digit grouping do not matter; everything else does.
    bool matches(const QString &typed) const;
    /// The blank that the typed words get wrong first (`verb`, …), `stem` for the words before it, empty if they match.
    QString firstMistake(const QString &typed) const;

private:
    QList<Part> m_parts;
};

} // namespace holdpoint
