// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/confirmationphrase.h"

#include <QStringList>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// People type the digits of their own script.
QString withAsciiDigits(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (const char32_t c : text.toUcs4())
        if (const int digit = QChar::category(c) == QChar::Number_DecimalDigit ? QChar::digitValue(c) : -1; digit >= 0)
            result.append(QChar(u'0' + digit));
        else
            result.append(QChar::fromUcs4(c));
    return result;
}

/// Without those of the separators that stand between two digits.
QString ungrouped(const QString &text, QStringView separators)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool between = i > 0 && i + 1 < text.size() && isAsciiDigit(text[i - 1]) && isAsciiDigit(text[i + 1]);
        if (!between || !separators.contains(text[i]))
            result.append(text[i]);
    }
    return result;
}

/// What two texts have in common if only case, compatibility forms, scripts of digits and blanks differ.
QString folded(const QString &text)
{
    // No-break, thin and narrow no-break space group digits; afterwards they would be blanks like any other.
    return ungrouped(withAsciiDigits(text), u"\u00A0\u2009\u202F")
        .normalized(QString::NormalizationForm_KC)
        .toCaseFolded()
        .simplified();
}

QString ungroupedCount(const QString &word)
{
    return ungrouped(word, u",.'\u2019\u066C");
}

/// Nobody can type what is not there.
QString orUnknown(const QString &text)
{
    return text.trimmed().isEmpty() ? u"unknown"_s : text;
}

} // namespace

ConfirmationPhrase::ConfirmationPhrase(const Evidence &evidence)
{
    if (evidence.level == RiskLevel::Read) {
        m_parts.append({u"release"_s, {}});
        return;
    }
    if (evidence.level != RiskLevel::Write)
        m_parts.append({u"YES, I UNDERSTAND:"_s, {}});
    m_parts.append({orUnknown(evidence.verb), u"verb"_s});
    m_parts.append({evidence.count ? QString::number(*evidence.count) : u"unknown"_s, u"count"_s});
    m_parts.append({orUnknown(evidence.table), u"table"_s});
    if (evidence.level == RiskLevel::Critical)
        m_parts.append({orUnknown(evidence.target), u"target"_s});
}

QString ConfirmationPhrase::text() const
{
    QStringList words;
    std::ranges::transform(m_parts, std::back_inserter(words), &Part::text);
    return words.join(u' ');
}

QString ConfirmationPhrase::form() const
{
    QStringList words;
    for (const Part &part : m_parts)
        words.append(part.blank.isEmpty() ? part.text : u'[' + part.blank + u']');
    return words.join(u' ');
}

bool ConfirmationPhrase::matches(const QString &typed) const
{
    return firstMistake(typed).isEmpty();
}

QString ConfirmationPhrase::firstMistake(const QString &typed) const
{
    QString rest = folded(typed);
    for (const Part &part : m_parts) {
        const QString mistake = part.blank.isEmpty() ? u"stem"_s : part.blank;
        const QString expected = folded(part.text);
        if (part.blank == "count"_L1) {
            const QString word = rest.section(u' ', 0, 0);
            rest.replace(0, word.size(), ungroupedCount(word));
        }
        if (!rest.startsWith(expected))
            return mistake;
        rest.remove(0, expected.size());
        const bool last = &part == &m_parts.constLast();
        if (last ? !rest.isEmpty() : !rest.startsWith(u' '))
            return mistake;
        rest.remove(0, 1);
    }
    return {};
}

} // namespace holdpoint
