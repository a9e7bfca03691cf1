// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/plainrequest.h"

#include <QUtf8StringView>

#include <string_view>

namespace holdpoint {

namespace {

constexpr std::string_view escapes = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";

class Reader
{
public:
    explicit Reader(QByteArrayView line)
        : m_line(line)
    {
    }

    std::optional<PlainRequest> read()
    {
        PlainRequest request;
        if (!take('{'))
            return std::nullopt;
        do {
            const QByteArrayView name = text();
            QByteArrayView &member = name == "\"id\"" ? request.id : request.sql;
            if ((name != "\"id\"" && name != "\"sql\"") || !member.isEmpty() || !take(':'))
                return std::nullopt;
            member = name == "\"id\"" ? id() : text();
            if (member.isEmpty())
                return std::nullopt;
        } while (take(','));
        const bool isWhole = take('}') && peek() == '\0' && m_at == m_line.size();
        const bool isPlain = isWhole && !request.id.isEmpty() && !request.sql.isEmpty();
        return isPlain && QUtf8StringView(m_line).isValidUtf8() ? std::optional(request) : std::nullopt;
    }

private:
    char peek()
    {
        while (m_at < m_line.size()
            && (m_line[m_at] == ' ' || m_line[m_at] == '\t' || m_line[m_at] == '\r' || m_line[m_at] == '\n'))
            ++m_at;
        return m_at < m_line.size() ? m_line[m_at] : '\0';
    }

    bool take(char expected) { return peek() == expected && ++m_at; }

    /// A string with its quotes; empty if it is none, or none that is plain.
    QByteArrayView text()
    {
        if (peek() != '"')
            return {};
        const qsizetype start = m_at++;
        for (; m_at < m_line.size() && m_line[m_at] != '"'; ++m_at) {
            if (static_cast<unsigned char>(m_line[m_at]) < 0x20)
                return {};
            if (m_line[m_at] == '\\'
                && (++m_at == m_line.size() || escapes.find(m_line[m_at]) == std::string_view::npos))
                return {};
        }
        return m_at < m_line.size() ? m_line.sliced(start, ++m_at - start) : QByteArrayView();
    }

    QByteArrayView id()
    {
        if (peek() == '"') {
            const QByteArrayView whole = text();
            return whole.contains('\\') ? QByteArrayView() : whole;
        }
        const qsizetype start = m_at;
        while (m_at < m_line.size() && m_line[m_at] >= '0' && m_line[m_at] <= '9')
            ++m_at;
        const QByteArrayView number = m_line.sliced(start, m_at - start);
        return number.size() > 1 && number.front() == '0' ? QByteArrayView() : number;
    }

    QByteArrayView m_line;
    qsizetype m_at = 0;
};

} // namespace

std::optional<PlainRequest> plainRequest(QByteArrayView line)
{
    return Reader(line).read();
}

QByteArray textOf(const PlainRequest &request)
{
    const QByteArrayView written = request.sql.sliced(1).chopped(1);
    QByteArray text(written.size(), Qt::Uninitialized);
    char *to = text.data();
    for (qsizetype at = 0; at < written.size(); ++at)
        *to++ = written[at] == '\\' ? meanings[escapes.find(written[++at])] : written[at];
    text.truncate(to - text.data());
    return text;
}

} // namespace holdpoint
