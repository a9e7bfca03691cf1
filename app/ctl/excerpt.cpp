// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/excerpt.h"

#include "app/ctl/terminal.h"

#include <QStringList>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype widestBefore = 50; ///< columns
constexpr qsizetype widestExcerpt = 100;
constexpr qsizetype longestLook = 4 * widestExcerpt; ///< bytes: no more fit, whatever they are

/// Each character as it is shown: what cannot be is named, and a tab is one blank, so that marks stand where they should.
QStringList shown(QByteArrayView part)
{
    QStringList cells;
    for (const char32_t character : QString::fromUtf8(part).toUcs4())
        cells.append(character == U'\t' ? u" "_s : safeLine(QString::fromUcs4(&character, 1)));
    return cells;
}

qsizetype widthOf(const QStringList &cells)
{
    qsizetype width = 0;
    for (const QString &cell : cells)
        width += columnsOf(cell);
    return width;
}

/// As many cells as fit from the beginning; with a gap after them if that is not all.
QStringList first(const QStringList &cells, qsizetype width)
{
    QStringList kept;
    for (const QString &cell : cells) {
        width -= columnsOf(cell);
        if (width < 0)
            return kept << u"…"_s;
        kept.append(cell);
    }
    return kept;
}

/// The same from the end.
QStringList last(const QStringList &cells, qsizetype width)
{
    QStringList backwards(cells.crbegin(), cells.crend());
    backwards = first(backwards, width);
    return QStringList(backwards.crbegin(), backwards.crend());
}

qsizetype characterStart(QByteArrayView text, qsizetype at)
{
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
        --at;
    return at;
}

QStringList between(QByteArrayView text, qsizetype start, qsizetype end)
{
    return end > start ? shown(text.sliced(start, end - start)) : QStringList();
}

} // namespace

Excerpt excerptOf(const QByteArray &text, ByteSpan line, ByteSpan span)
{
    const qsizetype end = std::clamp(span.end, span.start, std::max(span.start, line.end));
    const qsizetype from = std::max(line.start, characterStart(text, span.start - longestLook));
    const qsizetype markedTo = characterStart(text, std::min(end, span.start + longestLook));
    const qsizetype to = characterStart(text, std::min(line.end, end + longestLook));
    const QStringList before = last(between(text, from, span.start), widestBefore);
    const QStringList marked = first(between(text, span.start, markedTo), widestExcerpt - widthOf(before));
    const qsizetype left = widestExcerpt - widthOf(before) - widthOf(marked);
    const QStringList after = left > 0 ? first(between(text, end, to), left) : QStringList();
    return {before.join(QString()) + marked.join(QString()) + after.join(QString()), widthOf(before),
        std::max<qsizetype>(1, widthOf(marked))};
}

} // namespace holdpoint
