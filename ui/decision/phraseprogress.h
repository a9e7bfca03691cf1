// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/confirmationphrase.h"

namespace holdpoint {

/// How far the typed words agree with a phrase.
struct PhraseProgress
{
    qsizetype right = 0; ///< parts that agree, from the start
    bool wrong = false; ///< the part after them is wrong, rather than not typed yet
    QString mistake; ///< that part's name, as ConfirmationPhrase::firstMistake() has it
};

PhraseProgress progressOf(const ConfirmationPhrase &phrase, const QString &typed);
/// What to tell the person who types, in one line; only for a phrase that does not match yet.
QString adviceOn(const ConfirmationPhrase &phrase, const PhraseProgress &progress);

} // namespace holdpoint
