// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace holdpoint {

/// `holdpointctl analyze`: what SQL texts would do, without running them.
/// @param arguments what follows the command's name
/// @returns 0 if the highest level is read or write, 1 if it is higher, 2 if the arguments or a file are no good or the
/// catalogue cannot be read
int runAnalyze(const QStringList &arguments);

} // namespace holdpoint
