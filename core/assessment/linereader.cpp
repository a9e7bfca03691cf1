// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/linereader.h"

#include <cerrno>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace holdpoint {

LineReader::LineReader(int descriptor, qsizetype longest)
    : m_descriptor(descriptor)
    , m_longest(longest)
{
}

std::optional<QByteArray> LineReader::next()
{
    qsizetype end = lineEnd();
    while (end < 0 && m_buffer.size() - m_at <= m_longest && readMore())
        end = lineEnd();
    const qsizetype size = (end < 0 ? m_buffer.size() : end) - m_at;
    m_tooLong = m_tooLong || size > m_longest;
    if (m_tooLong || (end < 0 && size == 0))
        return std::nullopt;
    constexpr QByteArrayView mark = "\xEF\xBB\xBF";
    const bool isMarked =
        std::exchange(m_isFirst, false) && QByteArrayView(m_buffer).sliced(m_at, size).startsWith(mark);
    const QByteArray line = m_buffer.sliced(m_at, size).sliced(isMarked ? mark.size() : 0);
    m_at = m_searched = end < 0 ? m_buffer.size() : end + 1;
    return line;
}

bool LineReader::wouldWait()
{
    while (lineEnd() < 0 && !m_ended && m_buffer.size() - m_at <= m_longest) {
        pollfd input{m_descriptor, POLLIN, 0};
        if (poll(&input, 1, 0) == 0)
            return true;
        readMore();
    }
    return false;
}

qsizetype LineReader::lineEnd()
{
    const qsizetype end = m_buffer.indexOf('\n', m_searched);
    m_searched = end < 0 ? m_buffer.size() : end;
    return end;
}

bool LineReader::readMore()
{
    constexpr qsizetype piece = qsizetype(256) << 10;
    m_buffer.remove(0, m_at);
    m_searched -= m_at;
    m_at = 0;
    const qsizetype before = m_buffer.size();
    m_buffer.resizeForOverwrite(before + piece);
    ssize_t got = 0;
    do
        got = read(m_descriptor, m_buffer.data() + before, piece);
    while (got < 0 && errno == EINTR);
    m_buffer.truncate(before + std::max<ssize_t>(got, 0));
    m_ended = got <= 0;
    return !m_ended;
}

} // namespace holdpoint
