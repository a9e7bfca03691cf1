// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/decision/phraseprogress.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

struct Advice
{
    Q_DECLARE_TR_FUNCTIONS(holdpoint::Advice)
};

qsizetype wordsIn(const QString &text)
{
    return text.split(u' ', Qt::SkipEmptyParts).size();
}

QString nameOf(const ConfirmationPhrase::Part &part)
{
    return part.blank.isEmpty() ? u"stem"_s : part.blank;
}

} // namespace

PhraseProgress progressOf(const ConfirmationPhrase &phrase, const QString &typed)
{
    PhraseProgress progress;
    progress.mistake = phrase.firstMistake(typed);
    const QList<ConfirmationPhrase::Part> &parts = phrase.parts();
    if (progress.mistake.isEmpty()) {
        progress.right = parts.size();
        return progress;
    }
    qsizetype words = 0;
    for (const ConfirmationPhrase::Part &part : parts) {
        words += wordsIn(part.text);
        if (nameOf(part) == progress.mistake)
            break;
        ++progress.right;
    }
    // A word counts as finished once a blank follows it; until then it may still become right.
    const qsizetype finished = wordsIn(typed) - (typed.isEmpty() || typed.back().isSpace() ? 0 : 1);
    progress.wrong = finished >= words;
    return progress;
}

QString adviceOn(const ConfirmationPhrase &phrase, const PhraseProgress &progress)
{
    const bool wrong = progress.wrong;
    const bool hasBlanks =
        std::ranges::any_of(phrase.parts(), [](const ConfirmationPhrase::Part &part) { return !part.blank.isEmpty(); });
    if (!hasBlanks)
        return Advice::tr("Type: %1").arg(phrase.text());
    if (progress.mistake == "stem"_L1)
        return wrong ? Advice::tr("The words before the blanks are wrong.")
                     : Advice::tr("Type the words; what belongs into the blanks stands in the panes above.");
    if (progress.mistake == "verb"_L1)
        return wrong ? Advice::tr("The verb is wrong: it is what the SQL does, and the first word under Impact.")
                     : Advice::tr("Next: the verb, as in the SQL.");
    if (progress.mistake == "count"_L1)
        return wrong
            ? Advice::tr("The count is wrong: it is the large figure under Impact; type unknown where there is none.")
            : Advice::tr("Next: the count, the large figure under Impact.");
    if (progress.mistake == "table"_L1)
        return wrong ? Advice::tr("The table is wrong: it stands under Impact, above the count.")
                     : Advice::tr("Next: the table, as named under Impact.");
    return wrong ? Advice::tr("The target is wrong: it stands in the bar at the top.")
                 : Advice::tr("Next: the target, as named in the bar at the top.");
}

} // namespace holdpoint
