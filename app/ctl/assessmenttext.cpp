// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/assessmenttext.h"

#include "app/ctl/terminal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype widestExcerpt = 100; ///< characters of a source line that are shown

QString coloured(RiskLevel level, const QString &words, bool colours)
{
    if (!colours)
        return words;
    static constexpr const char *codes[] = {"32", "36", "33", "1;31"};
    return u"\x1b[%1m%2\x1b[0m"_s.arg(QLatin1StringView(codes[int(level)]), words);
}

/// One line's characters, safe to print: a tab is a blank, so that marks stand where they should.
QString shown(QByteArrayView part)
{
    return safeLine(QString::fromUtf8(part).replace(u'\t', u' '));
}

/// The source line of a finding, shortened around it, with marks below.
QString excerpt(const AnalysedText &text, const Finding &finding)
{
    const QByteArrayView sql = text.sql;
    const qsizetype start = std::min(finding.start, sql.size());
    const qsizetype lineStart = sql.first(start).lastIndexOf('\n') + 1;
    const qsizetype newline = sql.indexOf('\n', start);
    const qsizetype lineEnd = newline < 0 ? sql.size() : newline;
    QString before = shown(sql.sliced(lineStart, start - lineStart));
    QString marked = shown(sql.sliced(start, std::clamp(finding.end, start, lineEnd) - start));
    QString after = shown(sql.sliced(start, lineEnd - start).sliced(std::clamp(finding.end, start, lineEnd) - start));
    if (before.size() > widestExcerpt / 2)
        before = u"…"_s + before.last(widestExcerpt / 2);
    if (marked.size() > widestExcerpt)
        marked = marked.first(widestExcerpt) + u"…"_s;
    after.truncate(std::max<qsizetype>(0, widestExcerpt - before.size() - marked.size()));
    const QString number = QString::number(placeOfByte(sql, start).line);
    return u"  %1 │ %2%3%4\n  %5 │ %6%7"_s.arg(number, before, marked, after, QString(number.size(), u' '),
        QString(before.size(), u' '), QString(std::max<qsizetype>(1, marked.size()), u'^'));
}

QString describeFinding(const AnalysedText &text, const Finding &finding, bool colours)
{
    const LinePlace place = placeOfByte(text.sql, finding.start);
    return u"%1:%2:%3: %4: %5 [%6]\n%7\n      %8\n"_s.arg(safeLine(text.name))
        .arg(place.line)
        .arg(place.column)
        .arg(coloured(finding.level, toWord(finding.level), colours), safeLine(finding.message), finding.rule,
            excerpt(text, finding), safeLine(finding.remedy));
}

} // namespace

LinePlace placeOfByte(QByteArrayView sql, qsizetype byte)
{
    const QByteArrayView before = sql.first(std::min(byte, sql.size()));
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    return {before.count('\n') + 1, QString::fromUtf8(before.sliced(lineStart)).toUcs4().size() + 1};
}

QString describeAssessment(const AnalysedText &text, bool colours)
{
    const Assessment &assessment = text.assessment;
    QString description;
    qsizetype findings = 0;
    for (const Statement &statement : assessment.statements)
        for (const Finding &finding : statement.findings) {
            description += describeFinding(text, finding, colours);
            ++findings;
        }
    return description
        + u"%1: %2 — statements: %3, findings: %4"_s.arg(safeLine(text.name),
            coloured(assessment.level, toWord(assessment.level), colours), QString::number(assessment.statements.size()),
            QString::number(findings));
}

} // namespace holdpoint
