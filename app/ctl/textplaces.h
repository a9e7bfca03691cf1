// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <vector>

namespace holdpoint {

/// A place in a text as people count: both from 1, columns in characters.
struct LinePlace
{
    qsizetype line = 1;
    qsizetype column = 1;
};

/// A stretch of bytes of a text.
struct ByteSpan
{
    qsizetype start = 0;
    qsizetype end = 0;
};

/// Finds lines and columns in one text, as fast in a single long line as in many short ones.
class TextPlaces
{
public:
    explicit TextPlaces(const QByteArray &text);

    /// Where a byte lies.
    LinePlace placeOf(qsizetype byte) const;
    /// The bytes of a line, without what ends it.
    ByteSpan line(qsizetype number) const;
    /// The part of a span that can be pointed at: inside the text, no line end behind it, no line of its own after the
    /// last one.
    ByteSpan visible(ByteSpan span) const;

private:
    qsizetype charactersBefore(qsizetype byte) const;

    QByteArray m_text;
    std::vector<qsizetype> m_lineStarts{0};
    std::vector<qsizetype> m_charactersBeforeBlock;
};

} // namespace holdpoint
