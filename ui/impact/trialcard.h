// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/decision/review.h"
#include "ui/label.h"

#include <QWidget>

class QGridLayout;
class QVBoxLayout;

namespace holdpoint {

/// The third figure: what the action did when it was tried in the sandbox, and what that is worth. Offers a trial where
/// one is to be had, and says why not elsewhere.
class TrialCard final : public QWidget
{
    Q_OBJECT
public:
    explicit TrialCard(const Review &review, QWidget *parent = nullptr);

    /// What is known of the trial has changed.
    void setTrial(const TrialReview &trial);

Q_SIGNALS:
    void wanted();

private:
    QWidget *makeContent();
    void addState(QVBoxLayout *layout);
    void addResult(QVBoxLayout *layout);
    void addFigures(QVBoxLayout *layout, const TrialResult &result);
    void addStatement(QGridLayout *grid, qsizetype number, const TrialStatement &statement);
    void addChanges(QGridLayout *grid, const QList<TableChange> &changes);
    void addOffer(QVBoxLayout *layout);
    void addText(QVBoxLayout *layout, const QString &text, Tone tone);

    QString m_target;
    TrialReview m_trial;
    QWidget *m_content = nullptr;
};

} // namespace holdpoint
