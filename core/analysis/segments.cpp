// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/segments.h"

#include <algorithm>

namespace holdpoint {

namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || static_cast<unsigned char>(c) >= 0x80;
}

class Scanner
{
public:
    explicit Scanner(QByteArrayView sql)
        : m_sql(sql)
    {
    }

    std::vector<Segment> scan()
    {
        while (m_at < m_sql.size()) {
            const qsizetype start = m_at;
            if (const auto kind = special())
                close(start, *kind);
            else
                m_at = std::max(m_at, start + 1);
        }
        flushCode(m_sql.size());
        return std::move(m_segments);
    }

private:
    using Kind = Segment::Kind;

    /// Reads over whatever begins here, if it is not plain code.
    std::optional<Kind> special()
    {
        const char c = m_sql[m_at];
        if (c == '-' && at(1) == '-')
            return lineComment();
        if (c == '/' && at(1) == '*')
            return blockComment();
        if (c == '\'')
            return quoted('\'', isEscapeString()), Kind::Literal;
        if (c == '"')
            return quoted('"', false), Kind::QuotedName;
        if (c == '$' && dollarQuoted())
            return Kind::Literal;
        if (isNameCharacter(c))
            while (m_at < m_sql.size() && (isNameCharacter(m_sql[m_at]) || m_sql[m_at] == '$'))
                ++m_at;
        return std::nullopt;
    }

    Kind lineComment()
    {
        while (m_at < m_sql.size() && m_sql[m_at] != '\n' && m_sql[m_at] != '\r')
            ++m_at;
        return Kind::LineComment;
    }

    Kind blockComment()
    {
        int depth = 0;
        do {
            if (m_sql[m_at] == '/' && at(1) == '*') {
                ++depth;
                ++m_at;
            } else if (m_sql[m_at] == '*' && at(1) == '/') {
                --depth;
                ++m_at;
            }
            ++m_at;
        } while (depth > 0 && m_at < m_sql.size());
        m_at = std::min(m_at, m_sql.size());
        return Kind::BlockComment;
    }

    void quoted(char quote, bool backslash)
    {
        for (++m_at; m_at < m_sql.size(); ++m_at) {
            if (backslash && m_sql[m_at] == '\\')
                ++m_at;
            else if (m_sql[m_at] == quote && at(1) == quote)
                ++m_at;
            else if (m_sql[m_at] == quote)
                break;
        }
        m_at = std::min(m_at + 1, m_sql.size());
    }

    // E'…': the letter stands alone, right before the quote.
    bool isEscapeString() const
    {
        const char before = at(-1);
        return (before == 'e' || before == 'E') && !isNameCharacter(at(-2)) && at(-2) != '$';
    }

    bool dollarQuoted()
    {
        qsizetype tagEnd = m_at + 1;
        while (tagEnd < m_sql.size() && isNameCharacter(m_sql[tagEnd]))
            ++tagEnd;
        const bool parameter = at(1) >= '0' && at(1) <= '9';
        if (parameter || tagEnd >= m_sql.size() || m_sql[tagEnd] != '$')
            return false;
        const QByteArrayView tag = m_sql.sliced(m_at, tagEnd + 1 - m_at);
        const qsizetype close = m_sql.indexOf(tag, tagEnd + 1);
        m_at = close < 0 ? m_sql.size() : close + tag.size();
        return true;
    }

    char at(qsizetype distance) const
    {
        const qsizetype place = m_at + distance;
        return place >= 0 && place < m_sql.size() ? m_sql[place] : '\0';
    }

    void close(qsizetype start, Kind kind)
    {
        flushCode(start);
        m_segments.push_back({kind, start, m_at});
        m_codeFrom = m_at;
    }

    void flushCode(qsizetype end)
    {
        if (end > m_codeFrom)
            m_segments.push_back({Kind::Code, m_codeFrom, end});
    }

    QByteArrayView m_sql;
    std::vector<Segment> m_segments;
    qsizetype m_at = 0;
    qsizetype m_codeFrom = 0;
};

bool isPadding(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == ';';
}

bool isComment(const Segment &segment)
{
    return segment.kind == Segment::Kind::LineComment || segment.kind == Segment::Kind::BlockComment;
}

/// The first segment that ends after @p place.
std::vector<Segment>::const_iterator segmentAt(const std::vector<Segment> &segments, qsizetype place)
{
    return std::ranges::upper_bound(segments, place, {}, &Segment::end);
}

} // namespace

std::vector<Segment> segmentsOf(QByteArrayView sql)
{
    return Scanner(sql).scan();
}

std::optional<qsizetype> tangleIn(QByteArrayView sql, const std::vector<Segment> &segments)
{
    constexpr int most = 128; // no operator has more than 63 signs
    constexpr QByteArrayView signs = "~!@#^&|`?+-*/%<>=";
    int starts = 0;
    qsizetype last = -1;
    for (const Segment &segment : segments) {
        if (segment.kind != Segment::Kind::Code && segment.kind != Segment::Kind::BlockComment)
            continue;
        for (qsizetype at = segment.start; at < segment.end; ++at) {
            if (!signs.contains(sql[at]))
                continue;
            const bool opens = sql[at] == '/' && at + 1 < sql.size() && sql[at + 1] == '*';
            starts = at == last + 1 ? starts : 0;
            starts += segment.kind == Segment::Kind::Code || opens ? 1 : 0;
            if (starts > most)
                return at;
            last = at;
        }
    }
    return std::nullopt;
}

void trimToCode(QByteArrayView sql, const std::vector<Segment> &segments, qsizetype &start, qsizetype &end)
{
    while (start < end) {
        const auto segment = segmentAt(segments, start);
        if (segment != segments.end() && isComment(*segment))
            start = std::min(segment->end, end);
        else if (isPadding(sql[start]))
            ++start;
        else
            break;
    }
    while (start < end) {
        const auto segment = segmentAt(segments, end - 1);
        if (segment != segments.end() && isComment(*segment))
            end = std::max(segment->start, start);
        else if (isPadding(sql[end - 1]) && (segment == segments.end() || segment->kind == Segment::Kind::Code))
            --end;
        else
            break;
    }
}

} // namespace holdpoint
