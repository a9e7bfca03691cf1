// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <vector>

namespace holdpoint {

/// Bytes from an agent, as text that shows all there is: what cannot be seen is spelled out in chips like ⟦U+202E⟧,
/// what runs from right to left is shown in the order of the bytes, and what is too long is cut, and counted.
///
/// The text is made of rows, one for each block of a QPlainTextEdit: a long line of the source has several.
struct SafeText
{
    /// What is too much, in characters and lines as shown.
    struct Limits
    {
        qsizetype lineCharacters = 10'000;
        qsizetype lines = 20'000;
        qsizetype rowCharacters = 1'000;

        /// Nothing is cut. Long lines still have several rows, which keeps the view fast.
        static Limits none();
    };

    struct Row
    {
        qsizetype line = 0; ///< of the source, from 0
        bool continued = false; ///< not the first row of its line
        bool plain = false; ///< of a line too long for the highlighter
    };

    QString text;
    QList<Row> rows;
    std::vector<qint32> positions; ///< of every byte in `text`, and of the end
    qsizetype lines = 0; ///< of the source
    qsizetype hiddenCharacters = 0;
    qsizetype hiddenLines = 0;
    qsizetype chips = 0; ///< how many characters were spelled out

    /// Where a byte is shown. Bytes outside the source are at its ends.
    qsizetype positionOf(qsizetype byte) const;
    /// The first byte shown at a position or after it.
    qsizetype byteAt(qsizetype position) const;
    bool isComplete() const { return hiddenCharacters == 0 && hiddenLines == 0; }
};

SafeText makeSafeText(QByteArrayView bytes, const SafeText::Limits &limits = {});

/// A short text of somebody else's in one line: line ends are chips too, and what is too long ends in ….
QString safeLine(const QString &text, qsizetype longest = 300);

} // namespace holdpoint
