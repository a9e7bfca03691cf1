// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"
#include "ui/decision/blockers.h"
#include "ui/decision/phraseform.h"
#include "ui/decision/review.h"
#include "ui/linkstate.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace holdpoint {

class ElidedLabel;
class OutcomeView;
class WordsInput;

/// The bar at the bottom, always in sight: turn down, or type the words and release; afterwards, what came of it.
class DecisionBar final : public QWidget
{
    Q_OBJECT
public:
    explicit DecisionBar(QWidget *parent = nullptr);

    void setUser(const QString &user);
    void setLink(const LinkState &link);
    /// Another revision forgets what was typed, and starts the half second in which nothing can be released.
    void setReview(const Review &review);
    void setTextComplete(bool complete);
    void clear();

    void acceptedByStore(ActionState newState);
    void refusedByStore(const Error &error);

    void focusWords();
    void askForReason(Verdict verdict);
    WordsInput *words() const { return m_words; }

Q_SIGNALS:
    void decisionMade(const holdpoint::Decision &decision);
    /// The person is done with the words: back to the list.
    void left();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildOpen();
    DecisionFacts facts() const;
    QString hint() const;
    QString executorNote() const;
    void release();
    void send(Verdict verdict, const QString &words, const QString &reason);
    void forgetTyped();
    void refresh();

    QString m_user;
    LinkState m_link;
    std::optional<Review> m_review;
    std::optional<ConfirmationPhrase> m_phrase;
    bool m_textComplete = false;
    bool m_awaitingStore = false;
    QString m_answer; ///< of the store, when it said no
    QTimer *m_rest;
    QStackedWidget *m_stack;
    QPushButton *m_reject;
    QPushButton *m_requestChanges;
    PhraseForm *m_form;
    WordsInput *m_words;
    ElidedLabel *m_approvals;
    QLabel *m_hintIcon;
    ElidedLabel *m_hint;
    QPushButton *m_release;
    OutcomeView *m_outcome;
};

} // namespace holdpoint
