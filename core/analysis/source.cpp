// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/source.h"

#include "core/analysis/segments.h"

#include <algorithm>
#include <optional>

namespace holdpoint {

namespace {

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'
        || static_cast<unsigned char>(c) >= 0x80;
}

bool isOperator(char c)
{
    return QByteArrayView("+-*/<>=~!@#%^&|`?:").contains(c);
}

} // namespace

qsizetype tokenEnd(QByteArrayView text, qsizetype start)
{
    if (start >= text.size())
        return text.size();
    qsizetype end = start;
    const char first = text[start];
    if (first == '\'' || first == '"') {
        end = text.indexOf(first, start + 1);
        return end < 0 ? text.size() : end + 1;
    }
    if (isWord(first)) // names with their schema, numbers with their point
        while (end < text.size() && (isWord(text[end]) || text[end] == '.'))
            ++end;
    else if (isOperator(first))
        while (end < text.size() && isOperator(text[end]))
            ++end;
    return std::max(end, start + 1);
}

namespace {

/// Where the brackets that open from @p start on are all closed, not before @p end; nothing if they are not in @p text.
std::optional<qsizetype> closedAt(QByteArrayView text, qsizetype start, qsizetype end)
{
    int open = 0;
    for (const Segment &segment : segmentsOf(text.sliced(start))) {
        if (segment.kind != Segment::Kind::Code)
            continue;
        for (qsizetype at = start + segment.start; at < start + segment.end; ++at) {
            if (at >= end && open <= 0)
                return end;
            open += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
            if (at >= end && open == 0)
                return at + 1;
        }
    }
    return open <= 0 ? std::optional(end) : std::nullopt;
}

} // namespace

Span withBalancedBrackets(QByteArrayView text, Span span)
{
    // Piece by piece: the rest of the text may be very long. A piece that ends within a token misreads only that.
    for (qsizetype to = span.end, more = 256;; more *= 2) {
        if (const auto end = closedAt(text.first(to), span.start, span.end))
            return {span.start, *end};
        if (to >= text.size())
            return span;
        to = std::min(text.size(), to + more);
    }
}

} // namespace holdpoint
