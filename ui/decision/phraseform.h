// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/decision/phraseprogress.h"

#include <QWidget>

#include <optional>

namespace holdpoint {

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
