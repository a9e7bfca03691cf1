// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <optional>

namespace holdpoint {

/// Reads a pipe or file line by line, in large pieces, and can tell whether the next line has arrived yet: so that a
/// program may gather its answers while there is more to do, and give them out before it waits.
class LineReader
{
public:
    /// @param descriptor stays open, and is the caller's; @param longest bytes of a line
    LineReader(int descriptor, qsizetype longest);

    /// The next line without its break, the first one also without a byte order mark; waits for it. Nothing at the end,
    /// or at a line that is too long.
    std::optional<QByteArray> next();
    /// Whether next() would have to wait.
    bool wouldWait();
    bool isTooLong() const { return m_tooLong; }

private:
    qsizetype lineEnd();
    bool readMore();

    int m_descriptor;
    qsizetype m_longest;
    QByteArray m_buffer;
    qsizetype m_at = 0; ///< where the next line begins
    qsizetype m_searched = 0; ///< up to here there is no line break
    bool m_isFirst = true;
    bool m_ended = false;
    bool m_tooLong = false;
};

} // namespace holdpoint
