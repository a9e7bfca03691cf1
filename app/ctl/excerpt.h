// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/textplaces.h"

#include <QString>

namespace holdpoint {

/// A part of one line that fits a terminal, and where marks go below it, in the terminal's columns.
struct Excerpt
{
    QString shown; ///< safe to print
    qsizetype indent = 0;
    qsizetype marks = 1;
};

/// The surroundings of a span, which begins in @p line and may end beyond it.
Excerpt excerptOf(const QByteArray &text, ByteSpan line, ByteSpan span);

} // namespace holdpoint
