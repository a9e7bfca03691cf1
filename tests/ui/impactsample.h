// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/impact.h"

namespace holdpoint::sample {

/// Rows, plan and reach as they may come from a replica, hostile and long ones among them.
void describeDeletion(EffectImpact &effect);
void describeUpdate(EffectImpact &effect);
void describeDrop(EffectImpact &effect);

} // namespace holdpoint::sample
