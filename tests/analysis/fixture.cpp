// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/analysis/fixture.h"

#include "tests/analysis/escapes.h"

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

constexpr qsizetype longestExcerpt = 60; ///< bytes of a span that are shown

/// What no editor shows, as an escape.
QString visible(const QString &text)
{
    QString shown;
    for (const QChar c : text) {
        const bool plain = c.isPrint() && c != u'\\' && c != QChar::ReplacementCharacter;
        shown += plain ? QString(c) : u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
    }
    return shown;
}

/// Bytes of a text on one line, a long one with a gap in the middle.
QString excerpt(QByteArray bytes)
{
    if (bytes.size() > longestExcerpt)
        bytes = bytes.first(longestExcerpt / 2) + " ... " + bytes.last(longestExcerpt / 2);
    return visible(QString::fromUtf8(bytes));
}

template <typename T> QString place(const QByteArray &sql, const T &spanned)
{
    return u"%1-%2 `%3`"_s.arg(spanned.start)
        .arg(spanned.end)
        .arg(excerpt(sql.sliced(spanned.start, spanned.end - spanned.start)));
}

} // namespace

QList<Fixture> readFixtures(const QDir &folder)
{
    QList<Fixture> fixtures;
    for (const QString &fileName : folder.entryList({u"*.sql"_s, u"*.sql.escaped"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(fileName));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        QByteArray text = file.readAll();
        if (fileName.endsWith(".escaped"_L1))
            text = unescaped(QString::fromUtf8(text).chopped(text.endsWith('\n')));
        fixtures.append({fileName.section(u".sql"_s, 0, 0), fileName.section(u'.', 0, 0), text});
    }
    return fixtures;
}

QByteArray describe(const QByteArray &sql, const Assessment &assessment)
{
    QString lines = toWord(assessment.level)
        + (assessment.error.isEmpty() ? QString() : u": "_s + visible(assessment.error)) + u'\n';
    for (const Statement &statement : assessment.statements) {
        lines += u"\n%1: %2 %3\n"_s.arg(statement.kind, toWord(statement.level), place(sql, statement));
        for (const Finding &finding : statement.findings)
            lines += u"  %1: %2 %3: %4\n"_s.arg(
                finding.rule, toWord(finding.level), place(sql, finding), visible(finding.message));
    }
    return lines.toUtf8();
}
