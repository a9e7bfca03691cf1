// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace holdpoint {

/// Whether what is on screen is what the store holds now. A default one means: not known yet.
struct LinkState
{
    bool live = false;
    QString why; ///< while not live: the cause, and what happens next
    QDateTime since; ///< of the present state
    bool executorAlive = false;
    QString executorDetail; ///< name, version and age of the last sign of life, or why there is none
    QStringList sandboxes = {}; ///< the targets of which an executor that is alive has one

    bool operator==(const LinkState &) const = default;
};

} // namespace holdpoint
