// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/review/sqlhighlighter.h"

namespace holdpoint {

namespace {
constexpr qsizetype largestColouredText = 256 * 1024;
}

SqlHighlighter::SqlHighlighter(QTextDocument *document)
    : KSyntaxHighlighting::SyntaxHighlighter(document)
{
}

void SqlHighlighter::setRows(const QList<SafeText::Row> &rows, qsizetype textSize)
{
    m_rows = rows;
    m_tooLarge = textSize > largestColouredText;
}

void SqlHighlighter::setChipColours(const QColor &text, const QColor &background)
{
    m_chip.setForeground(text);
    m_chip.setBackground(background);
    m_chip.setFontWeight(QFont::DemiBold);
}

void SqlHighlighter::highlightBlock(const QString &text)
{
    const qsizetype row = currentBlock().blockNumber();
    const bool plain = m_tooLarge || row >= m_rows.size() || m_rows[row].plain;
    if (!plain)
        KSyntaxHighlighting::SyntaxHighlighter::highlightBlock(text);
    markChips(text);
}

void SqlHighlighter::markChips(const QString &text)
{
    // The brackets of the agent's own text are chips themselves, so every bracket here is ours.
    for (qsizetype start = text.indexOf(u'⟦'); start >= 0; start = text.indexOf(u'⟦', start + 1)) {
        const qsizetype end = text.indexOf(u'⟧', start);
        if (end < 0)
            return;
        setFormat(static_cast<int>(start), static_cast<int>(end - start + 1), m_chip);
    }
}

} // namespace holdpoint
