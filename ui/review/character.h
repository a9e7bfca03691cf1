// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QString>

namespace holdpoint {

/// One character of a text that may be anything.
struct Character
{
    char32_t code = 0;
    qsizetype bytes = 1;
    bool valid = true; ///< false: `code` is one byte that is no UTF-8
};

/// The character that starts at `offset`, which must lie inside the text. Overlong forms and surrogates are invalid.
Character characterAt(QByteArrayView text, qsizetype offset);

/// True for what cannot be seen, looks like a space but is none, or changes how its neighbours are shown.
bool mustBeSpelledOut(char32_t code);
/// True for letters that run from right to left, and so would change the order of what stands around them.
bool runsRightToLeft(char32_t code);

/// "⟦U+202E⟧", "⟦0xFF⟧"; a run of several gets a count: "⟦U+0000 ×12⟧".
QString chipText(const Character &character, qsizetype count);

} // namespace holdpoint
