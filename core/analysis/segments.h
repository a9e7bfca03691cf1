// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace holdpoint {

/// A stretch of a text that PostgreSQL's lexer reads as one thing.
struct Segment
{
    enum class Kind { Code, Literal, QuotedName, LineComment, BlockComment };
    Kind kind = Kind::Code;
    qsizetype start = 0;
    qsizetype end = 0;
};

/// Cuts a text into code, literals, quoted names and comments, as PostgreSQL's lexer would with
/// standard_conforming_strings on. Never fails: an unterminated one reaches to the end.
std::vector<Segment> segmentsOf(QByteArrayView sql);

/// Where signs of operators and of comments stand so densely that PostgreSQL's lexer, which reads the whole run again
/// for each of them, would need minutes; nothing if they do not.
std::optional<qsizetype> tangleIn(QByteArrayView sql, const std::vector<Segment> &segments);

/// Shrinks a span to leave out blanks, semicolons and comments at both ends.
void trimToCode(QByteArrayView sql, const std::vector<Segment> &segments, qsizetype &start, qsizetype &end);

} // namespace holdpoint
