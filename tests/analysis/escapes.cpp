// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/analysis/escapes.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

QString repeated(QString text)
{
    static const QRegularExpression repeat(u"\\{\\{repeat:(\\d+):(.*?)\\}\\}"_s);
    for (QRegularExpressionMatch match = repeat.match(text); match.hasMatch(); match = repeat.match(text))
        text.replace(
            match.capturedStart(), match.capturedLength(), match.captured(2).repeated(match.captured(1).toInt()));
    return text;
}

QString withoutBackslashes(const QString &text)
{
    QString result;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar kind = at + 1 < text.size() && text[at] == u'\\' ? text[at + 1] : QChar();
        if (kind == u'n' || kind == u't') {
            result += kind == u'n' ? u'\n' : u'\t';
            ++at;
        } else if (kind == u'u') {
            result += QChar(text.mid(at + 2, 4).toUShort(nullptr, 16));
            at += 5;
        } else {
            result += text[at];
        }
    }
    return result;
}

} // namespace

QByteArray unescaped(const QString &text)
{
    static const QRegularExpression byte(u"\\{\\{byte:([0-9A-F]{2})\\}\\}"_s);
    const QString whole = withoutBackslashes(repeated(text));
    QByteArray result;
    qsizetype done = 0;
    for (const QRegularExpressionMatch &match : byte.globalMatch(whole)) {
        result += whole.sliced(done, match.capturedStart() - done).toUtf8();
        result += static_cast<char>(match.captured(1).toInt(nullptr, 16));
        done = match.capturedEnd();
    }
    return result + whole.sliced(done).toUtf8();
}
