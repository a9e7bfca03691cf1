// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/confirmationphrase.h"

#include <QWidget>

#include <optional>

namespace holdpoint {

/// How far the typed words agree with a phrase.
struct PhraseProgress
{
    qsizetype right = 0; ///< parts that agree, from the start
    bool wrong = false; ///< the part after them is wrong, rather than not typed yet
    QString mistake; ///< that part's name, as ConfirmationPhrase::firstMistake() has it
};

PhraseProgress progressOf(const ConfirmationPhrase &phrase, const QString &typed);

/// The words to type, with their blanks; never the words that belong into the blanks.
class PhraseForm final : public QWidget
{
    Q_OBJECT
public:
    explicit PhraseForm(QWidget *parent = nullptr);

    void setPhrase(const std::optional<ConfirmationPhrase> &phrase);
    void setProgress(const PhraseProgress &progress);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<ConfirmationPhrase> m_phrase;
    PhraseProgress m_progress;
};

} // namespace holdpoint
