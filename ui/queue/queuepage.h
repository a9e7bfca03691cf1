// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"
#include "ui/decision/review.h"
#include "ui/linkstate.h"

#include <QHash>
#include <QWidget>

class QSettings;
class QSplitter;

namespace KSyntaxHighlighting {
class Repository;
}

namespace holdpoint {

class DecisionBar;
class ImpactPanel;
class QueueList;
class QueueModel;
class ReviewPane;

/// The page on which everything is decided: what is waiting, what it says, what it would do, and the bar to decide.
class QueuePage final : public QWidget
{
    Q_OBJECT
public:
    explicit QueuePage(KSyntaxHighlighting::Repository &repository, QWidget *parent = nullptr);

    void setUser(const QString &user);
    void setLink(const LinkState &link);
    void setPolicies(const QList<PolicyRule> &policies);
    void mergeActions(const QList<Action> &actions);
    void showAssessment(qint64 action, int revision, const Assessment &assessment, const CatalogState &catalog);
    void showImpact(qint64 action, int revision, const Impact &impact);
    void decisionAccepted(qint64 action, ActionState newState);
    void decisionRefused(qint64 action, const Error &error);
    /// The newest trial of each action; what is not among them has none.
    void setTrials(const QList<Trial> &trials);
    void trialRefused(qint64 action, const Error &error);
    /// Asks for a trial of the open action, if one is to be had.
    void askForTrial();

    /// Returns false if the queue does not have it.
    bool open(qint64 action);
    /// Asks anew what the open action would touch.
    void askAgain();
    /// Null while none is open.
    const Action *openedAction() const { return m_review ? &m_review->action : nullptr; }
    const std::optional<Review> &review() const { return m_review; }
    int waiting() const;
    QueueList *list() const { return m_list; }
    DecisionBar *bar() const { return m_bar; }

    void save(QSettings &settings) const;
    void restore(const QSettings &settings);

Q_SIGNALS:
    void actionOpened(qint64 action, int revision);
    void assessmentWanted(qint64 action);
    void decisionMade(const holdpoint::Decision &decision);
    void trialWanted(qint64 action, int revision, const QByteArray &digest);
    /// waiting() may have changed.
    void waitingChanged();
    /// openedAction() or what is known of it has changed.
    void reviewChanged();

private:
    bool isOpened(qint64 action, int revision) const;
    std::optional<Impact> firstImpact(qint64 action, int revision) const;
    void follow(const Action &action);
    void present();
    /// What is known of trials of the open action, from what the store and the link say.
    TrialReview trialNow() const;
    void refreshTrial();

    QueueModel *m_model;
    QueueList *m_list;
    ReviewPane *m_pane;
    ImpactPanel *m_impact;
    DecisionBar *m_bar;
    QSplitter *m_splitter;
    QList<PolicyRule> m_policies;
    QList<Trial> m_trials;
    LinkState m_link;
    std::optional<Review> m_review;
    QHash<std::pair<qint64, int>, Impact> m_firstImpacts; ///< by action and revision: what was seen first
};

} // namespace holdpoint
