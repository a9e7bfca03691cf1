// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/error.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

QString Error::text() const
{
    return remedy.isEmpty() ? message : message + u" – "_s + remedy;
}

} // namespace holdpoint
