// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QString>

namespace holdpoint {

/// What the tour tells whoever runs it, line by line, with the seconds since its start.
class Transcript
{
public:
    Transcript();

    /// Begins a part.
    void act(const QString &title);
    /// Something that happened and was checked.
    void say(const QString &line);
    /// The part that is being played.
    const QString &currentAct() const { return m_act; }
    double seconds() const;

private:
    QElapsedTimer m_clock;
    QString m_act;
};

} // namespace holdpoint
