// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/decision/review.h"

#include <QWidget>

class QProgressBar;
class QScrollArea;

namespace holdpoint {

class ElidedLabel;

/// The right pane: what the action would touch, as seen on the replica; each figure says what it is.
class ImpactPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit ImpactPanel(QWidget *parent = nullptr);

    void setReview(const Review &review);
    void clear();
    /// Brings the trial into sight.
    void showTrial();

Q_SIGNALS:
    void trialWanted();

private:
    /// What is known by now; null before the first answer.
    const Impact *known() const;
    QWidget *makeContent() const;
    void addMoved(QWidget *content) const;
    void addFailure(QWidget *content) const;
    void addEffects(QWidget *content) const;
    void addLocks(QWidget *content) const;
    void addRaised(QWidget *content) const;
    void addLimits(QWidget *content) const;
    void refresh();

    std::optional<Review> m_review;
    ElidedLabel *m_source;
    QProgressBar *m_computing;
    QScrollArea *m_area;
};

} // namespace holdpoint
