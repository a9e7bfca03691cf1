// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"

#include <QByteArray>

namespace holdpoint {

/// The largest text that is looked at, in bytes.
constexpr qsizetype largestText = qsizetype(1) << 20;

class Catalog;

/// What a text would do, as far as it tells by itself, or with what a catalogue knows of the names in it. Needs a stack
/// of some hundred megabytes for texts of many thousand terms; touches nothing outside; knows nothing of earlier calls.
Assessment analyse(const QByteArray &sql, const Catalog *catalog = nullptr);

} // namespace holdpoint
