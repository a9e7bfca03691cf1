// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/trial.h"

namespace holdpoint {

/// Prints what became of a trial, for people.
void printTrial(const Trial &trial);

} // namespace holdpoint
