// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace holdpoint {

/// A span in bytes, end exclusive.
struct Span
{
    qsizetype start = 0;
    qsizetype end = 0;
    bool operator==(const Span &) const = default;
};

/// A text under analysis and where it lies in the text that was submitted: the whole of it, or a body inside.
struct Source
{
    QByteArray text;
    qsizetype base = 0; ///< where `text` begins in the submitted text
    bool exact = true; ///< false: byte offsets of `text` have no counterpart (a body with doubled quotes, say)
    Span whole; ///< the span in the submitted text that stands for all of it

    /// A span of `text` as one of the submitted text.
    Span map(Span local) const { return exact ? Span{base + local.start, base + local.end} : whole; }
};

/// The end of the token that begins at @p start.
qsizetype tokenEnd(QByteArrayView text, qsizetype start);

/// Lengthens a span so that no bracket that opens in it stays open.
Span withBalancedBrackets(QByteArrayView text, Span span);

} // namespace holdpoint
