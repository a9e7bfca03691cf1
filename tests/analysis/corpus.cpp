// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/analysis/corpus.h"

#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

QString repeated(QString text)
{
    static const QRegularExpression repeat(u"\\{\\{repeat:(\\d+):(.*?)\\}\\}"_s);
    for (QRegularExpressionMatch match = repeat.match(text); match.hasMatch(); match = repeat.match(text))
        text.replace(match.capturedStart(), match.capturedLength(), match.captured(2).repeated(match.captured(1).toInt()));
    return text;
}

QString unescaped(const QString &text)
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

QList<CorpusCase> readCorpus(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<CorpusCase> cases;
    file.readLine(); // the columns' names
    while (!file.atEnd()) {
        const QStringList fields = QString::fromUtf8(file.readLine()).section(u'\n', 0, 0).split(u'\t');
        if (fields.size() < 4)
            return {};
        const auto level = holdpoint::riskLevelFromWord(fields[1]);
        if (!level)
            return {};
        cases.append({fields[0], *level, fields[2].split(u',', Qt::SkipEmptyParts), unescaped(repeated(fields[3]))});
    }
    return cases;
}
