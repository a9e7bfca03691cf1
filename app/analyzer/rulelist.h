// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace holdpoint {

/// Prints one JSON object a line for each rule, in the order of their families:
/// `{"id":…,"level":…,"sees":"text"|"better with a catalogue"|"a catalogue","messages":[…],"remedies":[…]}`. The level
/// is the one that it raises a statement to by itself. Returns the exit status.
int listRules();

} // namespace holdpoint
