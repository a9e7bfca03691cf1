// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/review/safetext.h"

#include <KSyntaxHighlighting/SyntaxHighlighter>

namespace holdpoint {

/// Colours SQL, and marks the chips of a SafeText so that nobody takes them for the agent's own text.
class SqlHighlighter final : public KSyntaxHighlighting::SyntaxHighlighter
{
    Q_OBJECT
public:
    explicit SqlHighlighter(QTextDocument *document);

    /// Must be told before the document gets the text. Texts over 256 KiB and lines over 2,000 characters stay plain.
    void setRows(const QList<SafeText::Row> &rows, qsizetype textSize);
    void setChipColours(const QColor &text, const QColor &background);

protected:
    void highlightBlock(const QString &text) override;

private:
    void markChips(const QString &text);

    QList<SafeText::Row> m_rows;
    bool m_tooLarge = false;
    QTextCharFormat m_chip;
};

} // namespace holdpoint
