// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <QStringList>

#include <optional>

namespace holdpoint {

/// What the sign-in page shows.
struct SignInState
{
    QStringList services; ///< names found in libpq's service files
    QString conninfo; ///< what the field starts with; libpq's key=value form or a URI
    bool connecting = false;
    std::optional<Error> error; ///< of the last try

    bool operator==(const SignInState &) const = default;
};

} // namespace holdpoint
