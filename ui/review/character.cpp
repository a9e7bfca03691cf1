// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/review/character.h"

#include <QChar>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// Length and lowest code of a sequence by its first byte; length 0 for a byte that cannot start one.
struct Lead
{
    qsizetype length;
    char32_t payload;
    char32_t lowest;
};

Lead leadOf(uchar byte)
{
    if (byte < 0x80)
        return {1, byte, 0};
    if (byte >= 0xC2 && byte < 0xE0)
        return {2, byte & 0x1FU, 0x80};
    if (byte >= 0xE0 && byte < 0xF0)
        return {3, byte & 0x0FU, 0x800};
    if (byte >= 0xF0 && byte < 0xF5)
        return {4, byte & 0x07U, 0x10000};
    return {0, 0, 0};
}

// Letters and marks by category, invisible by design; and our own brackets, which nobody else may draw.
constexpr std::array<std::pair<char32_t, char32_t>, 12> invisible{{{0x034F, 0x034F}, {0x115F, 0x1160}, {0x17B4, 0x17B5},
    {0x180B, 0x180F}, {0x2800, 0x2800}, {0x27E6, 0x27E7}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFFA0, 0xFFA0},
    {0xFFFC, 0xFFFD}, {0xE0100, 0xE01EF}, {0x16FE4, 0x16FE4}}};

} // namespace

Character characterAt(QByteArrayView text, qsizetype offset)
{
    const auto byteAt = [&](qsizetype index) { return static_cast<uchar>(text[index]); };
    const Character broken{byteAt(offset), 1, false};
    const Lead lead = leadOf(byteAt(offset));
    if (lead.length == 0 || offset + lead.length > text.size())
        return broken;
    char32_t code = lead.payload;
    for (qsizetype i = 1; i < lead.length; ++i) {
        const uchar byte = byteAt(offset + i);
        if ((byte & 0xC0U) != 0x80)
            return broken;
        code = (code << 6) | (byte & 0x3FU);
    }
    if (code < lead.lowest || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return broken;
    return {code, lead.length, true};
}

bool mustBeSpelledOut(char32_t code)
{
    if (code >= 0x20 && code < 0x7F)
        return false;
    switch (QChar::category(code)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Separator_Space:
        return true;
    default:
        break;
    }
    return std::ranges::any_of(
        invisible, [code](const auto &range) { return code >= range.first && code <= range.second; });
}

bool runsRightToLeft(char32_t code)
{
    const QChar::Direction direction = QChar::direction(code);
    return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirAN;
}

QString chipText(const Character &character, qsizetype count)
{
    const QString code = QString::number(static_cast<uint>(character.code), 16).toUpper();
    QString text = character.valid ? u"⟦U+"_s + code.rightJustified(4, u'0') : u"⟦0x"_s + code.rightJustified(2, u'0');
    if (count > 1)
        text += u" ×"_s + QString::number(count);
    return text + u'⟧';
}

} // namespace holdpoint
