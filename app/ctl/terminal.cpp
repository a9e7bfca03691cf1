// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/terminal.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <cstdio>
#include <utility>

#include <sys/ioctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
// What a terminal would obey, reorder or not show.
bool isTreacherous(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

bool isWide(char32_t character)
{
    static constexpr std::pair<char32_t, char32_t> ranges[] = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF},
        {0xA960, 0xA97F}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
        {0x16FE0, 0x1B2FF}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF},
        {0x20000, 0x3FFFD}};
    return std::ranges::any_of(
        ranges, [&](const auto &range) { return character >= range.first && character <= range.second; });
}

QString safe(const QString &text, QStringView kept)
{
    QString result;
    for (const char32_t character : text.toUcs4()) {
        const bool keep = !isTreacherous(character) || (character < 0x80 && kept.contains(QChar(char16_t(character))));
        result +=
            keep ? QString::fromUcs4(&character, 1) : u"⟦U+%1⟧"_s.arg(uint(character), 4, 16, QChar(u'0')).toUpper();
    }
    return result;
}

QString escapedForJson(const QString &json)
{
    QString result;
    for (const char32_t character : json.toUcs4()) {
        const QString units = QString::fromUcs4(&character, 1);
        if (!isTreacherous(character)) {
            result += units;
            continue;
        }
        for (const QChar unit : units)
            result += u"\\u%1"_s.arg(uint(unit.unicode()), 4, 16, QChar(u'0'));
    }
    return result;
}
} // namespace

QString safeLine(const QString &text)
{
    return safe(text, {});
}

QString safeBlock(const QString &text)
{
    return safe(text, u"\n\t");
}

qsizetype columnsOf(const QString &line)
{
    qsizetype columns = 0;
    for (const char32_t character : line.toUcs4()) {
        const QChar::Category category = QChar::category(character);
        const bool combines = category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
        columns += combines ? 0 : isWide(character) ? 2 : 1;
    }
    return columns;
}

qsizetype terminalColumns()
{
    constexpr qsizetype usual = 120;
    winsize size{};
    const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? std::max<qsizetype>(size.ws_col, 40) : usual;
}

void printLine(const QString &line)
{
    std::fputs(qUtf8Printable(line + u'\n'), stdout);
    std::fflush(stdout);
}

void printJson(const QJsonValue &value)
{
    const QJsonDocument document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    bufferJsonLine(document.toJson(QJsonDocument::Compact));
    flushLines();
}

void bufferJsonLine(const QByteArray &line)
{
    const bool plain = std::ranges::all_of(line, [](char c) { return c >= 0x20 && c < 0x7f; });
    const QByteArray safeLine = plain ? line : escapedForJson(QString::fromUtf8(line)).toUtf8();
    std::fwrite(safeLine.constData(), 1, static_cast<std::size_t>(safeLine.size()), stdout);
    std::fputc('\n', stdout);
}

void flushLines()
{
    std::fflush(stdout);
}

int fail(const Error &error)
{
    std::fputs(qUtf8Printable(u"holdpointctl: "_s + safeLine(error.text()) + u'\n'), stderr);
    return ExitStatus::Error;
}

int finish(const std::expected<int, Error> &result)
{
    return result ? *result : fail(result.error());
}

QString spelled(qint64 number)
{
    return QLocale(QLocale::English).toString(number);
}

} // namespace holdpoint
