// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow_private.h"

#include "ui/agents/agentspage.h"
#include "ui/agents/receiptview.h"
#include "ui/agents/revokedialog.h"
#include "ui/decision/decisionbar.h"
#include "ui/history/historypage.h"
#include "ui/notice.h"
#include "ui/queue/queuelist.h"
#include "ui/queue/queuepage.h"
#include "ui/review/safetext.h"
#include "ui/shell/environmentbar.h"
#include "ui/shell/header.h"
#include "ui/shell/navigation.h"
#include "ui/signin/signinpage.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QGuiApplication>
#include <QStackedWidget>
#include <QStyleHints>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

MainWindow::Private::Private(MainWindow *window, const QString &settingsPath)
    : q(window)
    , settings(settingsPath.isEmpty() ? std::make_unique<QSettings>(u"Holdpoint"_s, u"console"_s)
                                      : std::make_unique<QSettings>(settingsPath, QSettings::IniFormat))
{
    repository.addCustomSearchPath(u":/syntax"_s);
}

void MainWindow::Private::build()
{
    q->setWindowIcon(QIcon(u":/icons/holdpoint.svg"_s));
    q->setMinimumSize(960, 600);
    q->resize(1280, 800);
    root = new QStackedWidget(q);
    signIn = new SignInPage(root);
    root->addWidget(signIn);
    root->addWidget(buildConsole());
    q->setCentralWidget(root);
    connectPages();
    addCommands();
    applyScheme();
    refreshTitle();
    refreshLinkBanner();
    QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, q, [this] { applyScheme(); });
    auto *clock = new QTimer(q);
    QObject::connect(clock, &QTimer::timeout, q, [this] {
        refreshLinkBanner();
        refreshRevocationBanner();
    });
    clock->start(1s);
}

QWidget *MainWindow::Private::buildConsole()
{
    auto *console = new QWidget(root);
    header = new Header(console);
    environment = new EnvironmentBar(console);
    linkBanner = new Notice(console);
    revocationBanner = new Notice(console);
    navigation = new Navigation(console);
    pages = new QStackedWidget(console);
    queue = new QueuePage(repository, pages);
    history = new HistoryPage(pages);
    agents = new AgentsPage(pages);
    pages->addWidget(queue);
    pages->addWidget(history);
    pages->addWidget(agents);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(navigation);
    middle->addWidget(pages, 1);
    auto *layout = new QVBoxLayout(console);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(environment);
    layout->addWidget(revocationBanner);
    layout->addWidget(linkBanner);
    layout->addLayout(middle, 1);
    return console;
}

void MainWindow::Private::connectPages()
{
    QObject::connect(signIn, &SignInPage::signInWanted, q, &MainWindow::signInWanted);
    QObject::connect(signIn, &SignInPage::cancelled, q, &MainWindow::signInCancelled);
    QObject::connect(header, &Header::revokeWanted, q, [this] { askRevocation(likelyAgent()); });
    QObject::connect(navigation, &Navigation::chosen, q, [this](int page) { q->showPage(static_cast<Page>(page)); });
    QObject::connect(queue, &QueuePage::actionOpened, q, &MainWindow::actionOpened);
    QObject::connect(queue, &QueuePage::assessmentWanted, q, &MainWindow::assessmentWanted);
    QObject::connect(queue, &QueuePage::decisionMade, q, &MainWindow::decisionMade);
    QObject::connect(queue, &QueuePage::trialWanted, q, &MainWindow::trialWanted);
    QObject::connect(queue, &QueuePage::reviewChanged, q, [this] { refreshEnvironment(); });
    QObject::connect(queue, &QueuePage::waitingChanged, q, [this] {
        navigation->setWaiting(queue->waiting());
        refreshTitle();
    });
    QObject::connect(history, &HistoryPage::olderWanted, q, &MainWindow::olderHistoryWanted);
    QObject::connect(agents, &AgentsPage::revokeWanted, q, [this](const QString &agent) { askRevocation(agent); });
    QObject::connect(revocationBanner, &Notice::pressed, q, [this] {
        revocationError.clear();
        q->showPage(Page::Agents);
        refreshRevocationBanner();
    });
}

void MainWindow::Private::applyScheme()
{
    const Qt::ColorScheme wanted =
        scheme == Qt::ColorScheme::Unknown ? QGuiApplication::styleHints()->colorScheme() : scheme;
    applyTheme(q, wanted == Qt::ColorScheme::Dark ? Theme::darkScheme() : Theme::light());
}

void MainWindow::Private::refreshLinkBanner()
{
    if (link.live) {
        linkBanner->hide();
        return;
    }
    if (!linkKnown) {
        linkBanner->say(Notice::Weight::Quiet, tr("Waiting for the store. Release is off until the link is live."));
        return;
    }
    const QString why =
        link.why.isEmpty() ? tr("The store cannot be reached; the console keeps trying.") : safeLine(link.why, 300);
    linkBanner->say(Notice::Weight::Alarm,
        tr("Not live since %1: %2 What is shown may be out of date, and Release is off until the link is back.")
            .arg(clockText(link.since), sentence(why)));
}

void MainWindow::Private::refreshRevocationBanner()
{
    QStringList texts;
    if (!revocationError.isEmpty())
        texts.append(revocationError);
    for (const QString &agent : asked.keys())
        texts.append(tr("Asked to revoke %1: NOT revoked yet. The store has not answered.").arg(safeLine(agent, 60)));
    qsizetype more = 0;
    for (const Revocation &revocation : std::as_const(revocations)) {
        const QString text = unconfirmedText(revocation);
        if (text.isEmpty())
            continue;
        if (texts.size() < 3)
            texts.append(text);
        else
            ++more;
    }
    if (more > 0)
        texts.append(tr("and %1 more").arg(numberText(more)));
    navigation->setAlarm(!texts.isEmpty());
    if (texts.isEmpty())
        revocationBanner->hide();
    else
        revocationBanner->say(Notice::Weight::Alarm, texts.join(u'\n'), tr("Show"));
}

void MainWindow::Private::refreshTitle()
{
    if (!isSignedIn()) {
        q->setWindowTitle(tr("Holdpoint"));
        return;
    }
    const int waiting = queue->waiting();
    const QString title = tr("Holdpoint · %1").arg(safeLine(session.store, 80));
    q->setWindowTitle(waiting > 0 ? tr("(%1) %2").arg(numberText(waiting), title) : title);
}

void MainWindow::Private::refreshEnvironment()
{
    const std::optional<Review> &review = queue->review();
    const bool shows = review && page() == Page::Queue;
    environment->setTarget(shows ? review->action.target : QString());
    const bool answered = shows && review->impact && review->impact->error.isEmpty();
    environment->setReplicaLag(answered ? std::optional(lagText(review->impact->replicaLagSeconds)) : std::nullopt);
}

QString MainWindow::Private::likelyAgent() const
{
    if (page() == Page::Agents && !agents->selected().isEmpty())
        return agents->selected();
    return queue->openedAction() ? queue->openedAction()->agent : QString();
}

void MainWindow::Private::askRevocation(const QString &preselected)
{
    if (!isSignedIn() || q->findChild<RevokeDialog *>())
        return;
    QList<Agent> active;
    for (const Agent &agent : agents->agents())
        if (!agent.revoked)
            active.append(agent);
    if (active.isEmpty()) {
        q->showPage(Page::Agents);
        return;
    }
    auto *dialog = new RevokeDialog(active, preselected, q);
    QObject::connect(
        dialog, &QDialog::accepted, q, [this, dialog] { requestRevocation(dialog->agent(), dialog->reason()); });
    dialog->open();
}

qint64 MainWindow::Private::newestRevocation(const QString &agent) const
{
    qint64 newest = 0;
    for (const Revocation &revocation : revocations)
        if (revocation.agent == agent)
            newest = std::max(newest, revocation.id);
    return newest;
}

void MainWindow::Private::requestRevocation(const QString &agent, const QString &reason)
{
    revocationError.clear();
    asked.insert(agent, newestRevocation(agent));
    refreshRevocationBanner();
    agents->select(agent);
    q->showPage(Page::Agents);
    Q_EMIT q->revokeRequested(agent, reason);
}

Page MainWindow::Private::page() const
{
    return static_cast<Page>(pages->currentIndex());
}

bool MainWindow::Private::isSignedIn() const
{
    return root->currentWidget() != signIn;
}

void MainWindow::Private::focusPage()
{
    if (!isSignedIn())
        return;
    if (page() == Page::Queue) {
        queue->list()->focusRows();
        return;
    }
    auto *view = pages->currentWidget()->findChild<QWidget *>(page() == Page::History ? u"history"_s : u"agents"_s);
    // What is hidden while it is empty cannot take the focus, and the next in line would be the kill switch.
    (view->isHidden() ? pages->currentWidget() : view)->setFocus(Qt::OtherFocusReason);
}

void MainWindow::Private::restore()
{
    q->restoreGeometry(settings->value(u"window/geometry"_s).toByteArray());
    queue->restore(*settings);
    history->restore(*settings);
    agents->restore(*settings);
    const int last = settings->value(u"window/page"_s, 0).toInt();
    q->showPage(static_cast<Page>(std::clamp(last, 0, 2)));
}

void MainWindow::Private::save()
{
    settings->setValue(u"window/geometry"_s, q->saveGeometry());
    settings->setValue(u"window/page"_s, pages->currentIndex());
    queue->save(*settings);
    history->save(*settings);
    agents->save(*settings);
}

} // namespace holdpoint
