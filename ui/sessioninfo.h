// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace holdpoint {

/// Who is signed in, and where. `store` names host, port and database; never a password.
struct SessionInfo
{
    QString user; ///< the role in the store, which is the person
    QString store;

    bool operator==(const SessionInfo &) const = default;
};

} // namespace holdpoint
