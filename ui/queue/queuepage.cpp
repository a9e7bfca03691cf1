// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/queue/queuepage.h"

#include "ui/decision/decisionbar.h"
#include "ui/impact/impactpanel.h"
#include "ui/queue/queuelist.h"
#include "ui/queue/queuemodel.h"
#include "ui/review/reviewpane.h"
#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// The figures, for as long as the console runs: rows and plans are too much to keep.
Impact withoutRows(Impact impact)
{
    for (EffectImpact &effect : impact.effects) {
        effect.preview.reset();
        effect.plan.reset();
    }
    return impact;
}

} // namespace

QueuePage::QueuePage(KSyntaxHighlighting::Repository &repository, QWidget *parent)
    : QWidget(parent)
    , m_model(new QueueModel(this))
    , m_list(new QueueList(m_model, this))
    , m_pane(new ReviewPane(repository, this))
    , m_impact(new ImpactPanel(this))
    , m_bar(new DecisionBar(this))
    , m_splitter(new QSplitter(this))
{
    m_splitter->setObjectName(u"panes"_s);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_pane);
    m_splitter->addWidget(m_impact);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 5);
    m_splitter->setStretchFactor(2, 3);
    m_splitter->setSizes({272, 520, 304});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_bar);

    connect(m_list, &QueueList::chosen, this, &QueuePage::open);
    connect(m_list, &QueueList::entered, this, [this](qint64 action) {
        if (open(action))
            m_pane->focusText();
    });
    connect(m_model, &QueueModel::countsChanged, this, &QueuePage::waitingChanged);
    connect(m_pane, &ReviewPane::completenessChanged, this, [this] { m_bar->setTextComplete(m_pane->isComplete()); });
    connect(m_impact, &ImpactPanel::trialWanted, this, &QueuePage::askForTrial);
    connect(m_bar, &DecisionBar::decisionMade, this, &QueuePage::decisionMade);
    connect(m_bar, &DecisionBar::left, m_list, &QueueList::focusRows);
}

void QueuePage::setUser(const QString &user)
{
    m_bar->setUser(user);
}

void QueuePage::setLink(const LinkState &link)
{
    m_bar->setLink(link);
    m_link = link;
    refreshTrial();
}

void QueuePage::setPolicies(const QList<PolicyRule> &policies)
{
    m_policies = policies;
    if (!m_review)
        return;
    m_review->policies = policies;
    if (m_review->impact)
        m_model->raise(m_review->action.id, m_review->action.revision, m_review->level());
    present();
}

void QueuePage::mergeActions(const QList<Action> &actions)
{
    const QList<Action> news = m_model->merge(actions);
    for (const Action &action : news) {
        if (m_review && m_review->action.id == action.id)
            follow(action);
        else if (isOpen(action.state) && !m_model->assessment(action.id))
            Q_EMIT assessmentWanted(action.id);
    }
}

void QueuePage::follow(const Action &action)
{
    if (m_review->action.revision != action.revision) {
        open(action.id);
        return;
    }
    m_review->action = action;
    present();
}

bool QueuePage::open(qint64 id)
{
    const Action *action = m_model->action(id);
    if (!action)
        return false;
    const Assessment *assessment = m_model->assessment(id);
    const bool isSame = isOpened(id, action->revision);
    if (!isSame) {
        m_review = Review{.action = *action,
            .assessment = assessment ? std::optional(*assessment) : std::nullopt,
            .catalog = {},
            .impact = {},
            .arriving = {},
            .firstImpact = firstImpact(id, action->revision),
            .policies = m_policies};
        m_review->trial = trialNow();
        m_model->hold(true);
        m_list->setOpened(id);
        present();
        Q_EMIT actionOpened(id, action->revision);
    }
    if (!m_model->indexOf(id).isValid())
        m_model->settle();
    m_list->select(id);
    return true;
}

std::optional<Impact> QueuePage::firstImpact(qint64 action, int revision) const
{
    const auto found = m_firstImpacts.constFind({action, revision});
    return found == m_firstImpacts.cend() ? std::nullopt : std::optional(*found);
}

void QueuePage::askAgain()
{
    if (!m_review)
        return;
    m_review->impact.reset();
    m_review->arriving.reset();
    m_review->firstImpact = firstImpact(m_review->action.id, m_review->action.revision);
    present();
    Q_EMIT actionOpened(m_review->action.id, m_review->action.revision);
}

bool QueuePage::isOpened(qint64 action, int revision) const
{
    return m_review && m_review->action.id == action && m_review->action.revision == revision;
}

void QueuePage::showAssessment(qint64 action, int revision, const Assessment &assessment, const CatalogState &catalog)
{
    m_model->setAssessment(action, revision, assessment);
    if (!isOpened(action, revision))
        return;
    m_review->assessment = assessment;
    m_review->catalog = catalog;
    present();
}

void QueuePage::showImpact(qint64 action, int revision, const Impact &impact)
{
    if (!isOpened(action, revision))
        return;
    if (!impact.settled) {
        m_review->arriving = impact;
        present();
        return;
    }
    m_review->impact = impact;
    m_review->arriving.reset();
    if (impact.error.isEmpty() && !m_review->firstImpact)
        m_firstImpacts.insert({action, revision}, withoutRows(impact));
    m_model->raise(action, revision, m_review->level());
    present();
}

void QueuePage::present()
{
    m_pane->setAction(m_review->action);
    if (m_review->assessment)
        m_pane->setAssessment(*m_review->assessment, m_review->level(), m_review->catalog);
    const bool isPending = !m_review->impact && isOpen(m_review->action.state);
    m_pane->setImpact(m_review->impact ? m_review->impact : m_review->arriving, isPending);
    m_impact->setReview(*m_review);
    m_bar->setReview(*m_review);
    m_bar->setTextComplete(m_pane->isComplete());
    Q_EMIT reviewChanged();
}

void QueuePage::decisionAccepted(qint64 action, ActionState newState)
{
    if (m_review && m_review->action.id == action)
        m_bar->acceptedByStore(newState);
}

void QueuePage::decisionRefused(qint64 action, const Error &error)
{
    if (m_review && m_review->action.id == action)
        m_bar->refusedByStore(error);
}

void QueuePage::setTrials(const QList<Trial> &trials)
{
    m_trials = trials;
    if (m_review)
        m_review->trial.asked = false;
    refreshTrial();
}

void QueuePage::trialRefused(qint64 action, const Error &error)
{
    if (!m_review || m_review->action.id != action)
        return;
    m_review->trial.asked = false;
    m_review->trial.refused = u"%1 %2"_s.arg(sentence(error.message), error.remedy);
    refreshTrial();
}

void QueuePage::askForTrial()
{
    if (!m_review || !isOpen(m_review->action.state))
        return;
    if (m_review->trial.canAsk()) {
        m_review->trial.asked = true;
        m_review->trial.refused.clear();
        refreshTrial();
        Q_EMIT trialWanted(m_review->action.id, m_review->action.revision, m_review->action.digest);
    }
    m_impact->showTrial();
}

TrialReview QueuePage::trialNow() const
{
    const Action &action = m_review->action;
    TrialReview trial = m_review->trial;
    trial.newest.reset();
    for (const Trial &each : m_trials)
        if (each.action == action.id && each.revision == action.revision)
            trial.newest = each;
    trial.impossible.clear();
    if (!m_link.live)
        trial.impossible = tr("No trial while the store is not connected.");
    else if (!m_link.executorAlive)
        trial.impossible = tr("No trial: no executor is alive that could run one.");
    else if (!m_link.sandboxes.contains(action.target))
        trial.impossible = tr("No trial: no executor has a sandbox of %1.").arg(safeLine(action.target, 63));
    return trial;
}

void QueuePage::refreshTrial()
{
    if (!m_review)
        return;
    m_review->trial = trialNow();
    m_impact->setReview(*m_review);
}

int QueuePage::waiting() const
{
    return m_model->waiting();
}

void QueuePage::save(QSettings &settings) const
{
    settings.setValue(u"queue/panes"_s, m_splitter->saveState());
    settings.setValue(u"queue/review"_s, m_pane->splitter()->saveState());
}

void QueuePage::restore(const QSettings &settings)
{
    m_splitter->restoreState(settings.value(u"queue/panes"_s).toByteArray());
    m_pane->splitter()->restoreState(settings.value(u"queue/review"_s).toByteArray());
}

} // namespace holdpoint
