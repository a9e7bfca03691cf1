// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/textplaces.h"

#include <algorithm>

namespace holdpoint {

namespace {

constexpr qsizetype blockSize = 1024;

qsizetype charactersIn(QByteArrayView bytes)
{
    return std::ranges::count_if(bytes, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; });
}

bool isLineEnd(char c)
{
    return c == '\n' || c == '\r';
}

} // namespace

TextPlaces::TextPlaces(const QByteArray &text)
    : m_text(text)
{
    for (qsizetype end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1))
        m_lineStarts.push_back(end + 1);
    qsizetype characters = 0;
    for (qsizetype block = 0; block <= text.size(); block += blockSize) {
        m_charactersBeforeBlock.push_back(characters);
        characters += charactersIn(QByteArrayView(text).sliced(block, std::min(blockSize, text.size() - block)));
    }
}

qsizetype TextPlaces::charactersBefore(qsizetype byte) const
{
    const qsizetype block = byte / blockSize;
    return m_charactersBeforeBlock[static_cast<std::size_t>(block)]
        + charactersIn(QByteArrayView(m_text).sliced(block * blockSize, byte % blockSize));
}

LinePlace TextPlaces::placeOf(qsizetype byte) const
{
    const qsizetype at = std::clamp<qsizetype>(byte, 0, m_text.size());
    const auto after = std::ranges::upper_bound(m_lineStarts, at);
    return {after - m_lineStarts.begin(), charactersBefore(at) - charactersBefore(*(after - 1)) + 1};
}

ByteSpan TextPlaces::line(qsizetype number) const
{
    const auto index = static_cast<std::size_t>(number);
    ByteSpan line{m_lineStarts[index - 1], index < m_lineStarts.size() ? m_lineStarts[index] - 1 : m_text.size()};
    if (line.end > line.start && m_text[line.end - 1] == '\r')
        --line.end;
    return line;
}

ByteSpan TextPlaces::visible(ByteSpan span) const
{
    span.start = std::clamp<qsizetype>(span.start, 0, m_text.size());
    span.end = std::clamp(span.end, span.start, m_text.size());
    while (span.end > span.start + 1 && isLineEnd(m_text[span.end - 1]))
        --span.end;
    if (span.start == m_text.size()) {
        while (span.start > 0 && isLineEnd(m_text[span.start - 1]))
            --span.start;
        span.end = span.start;
    }
    return span;
}

} // namespace holdpoint
