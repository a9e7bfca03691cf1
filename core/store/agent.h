// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

namespace holdpoint {

/// An AI assistant with a role of its own.
struct Agent
{
    QString name;
    QString owner; ///< the person responsible
    bool revoked = false;
    QDateTime revokedAt;
    QString revokedBy;
    int open = 0; ///< actions that wait for a person
    int submitted = 0; ///< all time
    QDateTime lastSubmittedAt;

    bool operator==(const Agent &) const = default;
};

} // namespace holdpoint
