// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow.h"

#include "ui/agents/agentspage.h"
#include "ui/history/historypage.h"
#include "ui/mainwindow_private.h"
#include "ui/queue/queuepage.h"
#include "ui/review/safetext.h"
#include "ui/shell/environmentbar.h"
#include "ui/shell/header.h"
#include "ui/shell/navigation.h"
#include "ui/signin/signinpage.h"
#include "ui/wording.h"

#include <QCloseEvent>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace holdpoint {

MainWindow::MainWindow(const QString &settingsPath, QWidget *parent)
    : QMainWindow(parent)
    , d(std::make_unique<Private>(this, settingsPath))
{
    d->build();
    d->restore();
}

MainWindow::~MainWindow() = default;

void MainWindow::showSignIn(const SignInState &state)
{
    d->signIn->setState(state);
    d->root->setCurrentWidget(d->signIn);
    d->refreshTitle();
}

void MainWindow::setSession(const SessionInfo &session)
{
    d->session = session;
    d->header->setSession(session);
    d->queue->setUser(session.user);
    d->root->setCurrentIndex(1);
    d->refreshTitle();
    d->focusPage();
}

void MainWindow::setLink(const LinkState &link)
{
    d->link = link;
    d->linkKnown = true;
    d->header->setLink(link);
    d->environment->setLink(link);
    d->queue->setLink(link);
    d->refreshLinkBanner();
}

void MainWindow::setTargets(const QList<Target> &targets)
{
    d->environment->setTargets(targets);
}

void MainWindow::setPolicies(const QList<PolicyRule> &policies)
{
    d->queue->setPolicies(policies);
}

void MainWindow::setAgents(const QList<Agent> &agents)
{
    d->agents->setAgents(agents);
}

void MainWindow::setRevocations(const QList<Revocation> &revocations)
{
    d->revocations = revocations;
    d->asked.removeIf([this](const auto &asked) { return d->newestRevocation(asked.key()) > asked.value(); });
    d->agents->setRevocations(revocations);
    d->refreshRevocationBanner();
}

void MainWindow::mergeActions(const QList<Action> &actions)
{
    d->queue->mergeActions(actions);
}

void MainWindow::showAssessment(qint64 action, int revision, const Assessment &assessment, const CatalogState &catalog)
{
    d->queue->showAssessment(action, revision, assessment, catalog);
}

void MainWindow::showImpact(qint64 action, int revision, const Impact &impact)
{
    d->queue->showImpact(action, revision, impact);
}

void MainWindow::decisionAccepted(qint64 action, ActionState newState)
{
    d->queue->decisionAccepted(action, newState);
}

void MainWindow::decisionRefused(qint64 action, const Error &error)
{
    d->queue->decisionRefused(action, error);
}

void MainWindow::setTrials(const QList<Trial> &trials)
{
    d->queue->setTrials(trials);
}

void MainWindow::trialRefused(qint64 action, const Error &error)
{
    d->queue->trialRefused(action, error);
}

void MainWindow::revocationRefused(const QString &agent, const Error &error)
{
    d->asked.remove(agent);
    d->revocationError =
        tr("NOT revoked: %1 still has access. %2")
            .arg(safeLine(agent, 60), safeLine(u"%1 %2"_s.arg(sentence(error.message), error.remedy), 400));
    d->refreshRevocationBanner();
}

void MainWindow::appendHistory(const QList<LedgerEntry> &entries)
{
    d->history->append(entries);
}

void MainWindow::prependHistory(const QList<LedgerEntry> &entries)
{
    d->history->prepend(entries);
}

void MainWindow::showPage(Page page)
{
    d->pages->setCurrentIndex(static_cast<int>(page));
    d->navigation->setCurrent(static_cast<int>(page));
    d->refreshEnvironment();
    d->focusPage();
}

void MainWindow::openAction(qint64 action)
{
    if (d->queue->open(action))
        showPage(Page::Queue);
}

void MainWindow::setColorScheme(Qt::ColorScheme scheme)
{
    d->scheme = scheme;
    d->applyScheme();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    d->save();
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ThemeChange && d)
        d->applyScheme();
}

} // namespace holdpoint
