// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace holdpoint {

/// `holdpointctl analyze --list-rules`: the rules as the worker knows them. Returns the exit status.
int printRules(bool asJson);

} // namespace holdpoint
