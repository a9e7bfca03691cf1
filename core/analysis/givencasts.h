// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/catalog.h"
#include "core/analysis/inspection.h"

namespace holdpoint {

/// Whether an expression somewhere in a tree may be of a cast's source type, or hold a value of it.
bool mayCast(const Inspection &inspection, Node tree, const CatalogCast &cast);

/// Whether storing a value may call a cast without being asked to.
inline bool isSilent(const CatalogCast &cast)
{
    return cast.routine && cast.context != 'e';
}

} // namespace holdpoint
