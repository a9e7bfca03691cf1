// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/failpoint.h"

namespace holdpoint {

/// The whole program `holdpoint-executor`: arguments, configuration, threads, and the way out on SIGTERM or SIGINT.
/// @returns the exit status: 0 after a clean stop, 2 where it cannot begin
int runExecutor(int argc, char **argv, FailpointHook failpoint = {});

} // namespace holdpoint
