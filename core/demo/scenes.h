// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace holdpoint {

/// One thing that an agent of the demo asks for.
struct Scene
{
    QString agent;
    QString title;
    QString reason;
    QByteArray sql;
};

/// What waits when the demo opens, the story first: every kind of action, of every level.
QList<Scene> openingScenes();

/// What comes in while the demo runs, a different one for each number from 0 on, without end.
Scene laterScene(int number);

} // namespace holdpoint
