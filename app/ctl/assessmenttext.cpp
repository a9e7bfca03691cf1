// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/assessmenttext.h"

#include "app/ctl/excerpt.h"
#include "app/ctl/terminal.h"
#include "app/ctl/textplaces.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString coloured(RiskLevel level, const QString &words, bool colours)
{
    if (!colours)
        return words;
    static constexpr const char *codes[] = {"32", "36", "33", "1;31"};
    return u"\x1b[%1m%2\x1b[0m"_s.arg(QLatin1StringView(codes[int(level)]), words);
}

/// Describes the findings of one text.
class Describer
{
public:
    Describer(const AnalysedText &text, bool colours)
        : m_text(text)
        , m_places(text.sql)
        , m_colours(colours)
    {
    }

    QString describe(const Finding &finding) const
    {
        const ByteSpan span = m_places.visible({finding.start, finding.end});
        const LinePlace place = m_places.placeOf(span.start);
        return u"%1:%2:%3: %4: %5 [%6]\n%7\n      %8\n"_s.arg(safeLine(m_text.name))
            .arg(place.line)
            .arg(place.column)
            .arg(coloured(finding.level, toWord(finding.level), m_colours), safeLine(finding.message), finding.rule,
                source(span, place.line, finding.level), safeLine(finding.remedy));
    }

private:
    /// The line in which a span begins, and marks below the span.
    QString source(ByteSpan span, qsizetype line, RiskLevel level) const
    {
        const ByteSpan bounds = m_places.line(line);
        const Excerpt excerpt = excerptOf(m_text.sql, bounds, span);
        const QString number = QString::number(line);
        const qsizetype lastLine = m_places.placeOf(span.end).line;
        const QString rest = lastLine > line ? u" … to line %1"_s.arg(lastLine) : QString();
        return u"  %1 │ %2\n  %3 │ %4%5%6"_s.arg(number, excerpt.shown, QString(number.size(), u' '),
            QString(excerpt.indent, u' '), coloured(level, QString(excerpt.marks, u'^'), m_colours), rest);
    }

    const AnalysedText &m_text;
    const TextPlaces m_places;
    const bool m_colours;
};

} // namespace

QString describeAssessment(const AnalysedText &text, bool colours)
{
    const Assessment &assessment = text.assessment;
    const Describer describer(text, colours);
    QString description;
    qsizetype findings = 0;
    for (const Statement &statement : assessment.statements)
        for (const Finding &finding : statement.findings) {
            description += describer.describe(finding);
            ++findings;
        }
    return description
        + u"%1: %2 — statements: %3, findings: %4"_s.arg(safeLine(text.name),
            coloured(assessment.level, toWord(assessment.level), colours), QString::number(assessment.statements.size()),
            QString::number(findings));
}

} // namespace holdpoint
