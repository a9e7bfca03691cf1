// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/review/safetext.h"

#include "ui/review/character.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// KSyntaxHighlighting's time grows with the square of the line.
constexpr qsizetype longestColouredLine = 2'000;
/// Forces the reading order of the bytes on what follows, up to the end of the row.
constexpr QChar leftToRightOverride(0x202D);

class Writer
{
public:
    Writer(QByteArrayView bytes, const SafeText::Limits &limits)
        : m_bytes(bytes)
        , m_limits(limits)
    {
        m_out.positions.reserve(static_cast<size_t>(bytes.size()) + 1);
        m_out.text.reserve(bytes.size());
        startRow(false);
    }

    SafeText run()
    {
        while (m_offset < m_bytes.size())
            step();
        endLine();
        m_out.positions.push_back(here());
        m_out.lines = m_bytes.endsWith('\n') ? m_line : m_line + 1;
        return std::move(m_out);
    }

private:
    void step()
    {
        const Character character = characterAt(m_bytes, m_offset);
        if (qsizetype length = lineEnd()) {
            place(length);
            endLine();
            ++m_line;
            startLine();
        } else if (character.code == u'\t' && character.valid) {
            put(u"\t"_s, character.bytes);
        } else if (!character.valid || mustBeSpelledOut(character.code)) {
            putChip(character);
        } else {
            if (runsRightToLeft(character.code))
                forceOrder();
            put(QString::fromUcs4(&character.code, 1), character.bytes);
        }
    }

    qsizetype lineEnd() const
    {
        if (m_bytes[m_offset] == '\n')
            return 1;
        return m_bytes.sliced(m_offset).startsWith("\r\n") ? 2 : 0;
    }

    bool isHidden() const { return m_line >= m_limits.lines || m_lineLength >= m_limits.lineCharacters; }

    void put(const QString &shown, qsizetype bytes)
    {
        if (isHidden()) {
            place(bytes);
            ++m_hiddenInLine;
            return;
        }
        if (m_rowLength > 0 && m_rowLength + shown.size() > m_limits.rowCharacters) {
            m_out.text += u'\n';
            startRow(true);
        }
        place(bytes);
        m_out.text += shown;
        m_rowLength += shown.size();
        m_lineLength += shown.size();
    }

    void putChip(const Character &character)
    {
        qsizetype count = 1;
        qsizetype end = m_offset + character.bytes;
        while (end < m_bytes.size()) {
            const Character next = characterAt(m_bytes, end);
            if (next.code != character.code || next.valid != character.valid)
                break;
            end += next.bytes;
            ++count;
        }
        m_out.chips += count;
        put(chipText(character, count), end - m_offset);
    }

    void forceOrder()
    {
        if (m_orderForced || isHidden())
            return;
        m_out.text += leftToRightOverride;
        m_orderForced = true;
    }

    void place(qsizetype bytes)
    {
        m_out.positions.insert(m_out.positions.end(), static_cast<size_t>(bytes), here());
        m_offset += bytes;
    }

    qint32 here() const { return static_cast<qint32>(m_out.text.size()); }

    void startRow(bool continued)
    {
        m_out.rows.append({m_line, continued, false});
        m_rowLength = 0;
        m_orderForced = false;
    }

    void startLine()
    {
        m_lineLength = 0;
        m_hiddenInLine = 0;
        if (m_line < m_limits.lines) {
            m_out.text += u'\n';
            startRow(false);
            m_firstRow = m_out.rows.size() - 1;
        } else {
            ++m_out.hiddenLines;
        }
    }

    void endLine()
    {
        if (m_line >= m_limits.lines)
            return;
        m_out.hiddenCharacters += m_hiddenInLine;
        if (m_hiddenInLine > 0)
            m_out.text += u"⟦%1⟧"_s.arg(QCoreApplication::translate("holdpoint::SafeText", "%1 characters hidden")
                    .arg(QLocale().toString(m_hiddenInLine)));
        if (m_lineLength > longestColouredLine)
            for (qsizetype row = m_firstRow; row < m_out.rows.size(); ++row)
                m_out.rows[row].plain = true;
    }

    QByteArrayView m_bytes;
    SafeText::Limits m_limits;
    SafeText m_out;
    qsizetype m_offset = 0;
    qsizetype m_line = 0;
    qsizetype m_firstRow = 0;
    qsizetype m_rowLength = 0;
    qsizetype m_lineLength = 0;
    qsizetype m_hiddenInLine = 0;
    bool m_orderForced = false;
};

} // namespace

SafeText::Limits SafeText::Limits::none()
{
    constexpr qsizetype most = std::numeric_limits<qsizetype>::max();
    return {.lineCharacters = most, .lines = most};
}

qsizetype SafeText::positionOf(qsizetype byte) const
{
    const auto last = static_cast<qsizetype>(positions.size()) - 1;
    return positions[static_cast<size_t>(std::clamp<qsizetype>(byte, 0, last))];
}

qsizetype SafeText::byteAt(qsizetype position) const
{
    const auto found = std::ranges::lower_bound(positions, static_cast<qint32>(position));
    return std::min<qsizetype>(found - positions.begin(), static_cast<qsizetype>(positions.size()) - 1);
}

SafeText makeSafeText(QByteArrayView bytes, const SafeText::Limits &limits)
{
    return Writer(bytes, limits).run();
}

QString safeLine(const QString &text, qsizetype longest)
{
    QString shown;
    bool orderForced = false;
    const QByteArray bytes = text.left(longest * 2).toUtf8();
    for (qsizetype offset = 0; offset < bytes.size() && shown.size() < longest;) {
        const Character character = characterAt(bytes, offset);
        offset += character.bytes;
        if (!character.valid || mustBeSpelledOut(character.code)) {
            shown += chipText(character, 1);
            continue;
        }
        if (!orderForced && runsRightToLeft(character.code)) {
            shown += leftToRightOverride;
            orderForced = true;
        }
        shown += QString::fromUcs4(&character.code, 1);
    }
    const bool isCut = shown.size() >= longest;
    return isCut ? shown + u'…' : shown;
}

} // namespace holdpoint
