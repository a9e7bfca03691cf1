// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace holdpoint {

/// Takes away from this process what an analysis never needs: memory without end, new files, new rights, core dumps.
/// False if the system refuses.
bool limitThisProcess();

/// Gives the analysis that comes next its share of processor time; a process that uses it up is killed.
void allowMoreProcessorTime();

/// Runs a function where texts of many thousand nested terms do not overflow the stack. Returns what it returns.
int runWithLargeStack(int (*function)());

} // namespace holdpoint
