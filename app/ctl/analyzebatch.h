// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/analysiscatalog.h"

#include <chrono>

namespace holdpoint {

/// How long one text may take on the command line.
constexpr std::chrono::seconds analysisTimeout{10};

/// `holdpointctl analyze --batch`: requests from standard input, answers to standard output, one a line and in the
/// same order, all read with one catalogue. A line that is no request is answered with an error and its number. Returns
/// the exit status.
int analyseBatch(const AnalysisCatalog &catalog);

} // namespace holdpoint
