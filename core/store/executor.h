// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace holdpoint {

/// One executor, as it last reported.
struct Executor
{
    QString name;
    QString version;
    QDateTime seenAt;
    bool alive = false; ///< reported within the last ten seconds, by the store's clock
    QStringList sandboxes = {}; ///< the targets of which it has one

    bool operator==(const Executor &) const = default;
};

} // namespace holdpoint
