// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/source.h"

#include "core/analysis/segments.h"

#include <algorithm>

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

Span withBalancedBrackets(QByteArrayView text, Span span)
{
    int open = 0;
    for (const Segment &segment : segmentsOf(text.sliced(span.start))) {
        const qsizetype from = span.start + segment.start, to = span.start + segment.end;
        if (segment.kind != Segment::Kind::Code)
            continue;
        for (qsizetype at = from; at < to; ++at) {
            if (at >= span.end && open <= 0)
                return span;
            open += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
            if (at >= span.end && open == 0)
                return {span.start, at + 1};
        }
    }
    return span;
}

} // namespace holdpoint
