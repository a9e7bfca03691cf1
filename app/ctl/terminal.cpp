// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/terminal.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <cstdio>

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
