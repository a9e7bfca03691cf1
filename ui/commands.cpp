// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/agents/agentspage.h"
#include "ui/decision/decisionbar.h"
#include "ui/history/historypage.h"
#include "ui/mainwindow_private.h"
#include "ui/queue/queuelist.h"
#include "ui/queue/queuepage.h"
#include "ui/shell/commandpalette.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace holdpoint {

QAction *MainWindow::Private::addCommand(const QString &text, const QKeySequence &key, std::function<void()> run)
{
    auto *command = new QAction(text, q);
    command->setShortcut(key);
    command->setAutoRepeat(false);
    QObject::connect(command, &QAction::triggered, q, [this, run = std::move(run)] {
        if (isSignedIn())
            run();
    });
    q->addAction(command);
    commands.append(command);
    return command;
}

void MainWindow::Private::addCommands()
{
    // From the window and from whatever stands beside it.
    addCommand(tr("Revoke agent access"), Qt::CTRL | Qt::SHIFT | Qt::Key_K, [this] {
        askRevocation(likelyAgent());
    })->setShortcutContext(Qt::ApplicationShortcut);
    addDecisionCommands();
    addPageCommands();
    addCommand(tr("Find a command"), Qt::CTRL | Qt::Key_K, [this] { (new CommandPalette(commands, q))->open(); });
    addCommand(tr("Show all keys"), Qt::Key_Question, [this] { (new ShortcutOverview(commands, q))->open(); });
}

void MainWindow::Private::addDecisionCommands()
{
    const auto decide = [this](auto decision) {
        return [this, decision] {
            q->showPage(Page::Queue);
            decision(queue->bar());
        };
    };
    addCommand(tr("Type the words to release"), Qt::Key_A, decide([](DecisionBar *bar) { bar->focusWords(); }));
    addCommand(tr("Reject"), Qt::Key_R, decide([](DecisionBar *bar) { bar->askForReason(Verdict::Reject); }));
    addCommand(
        tr("Request changes"), Qt::Key_C, decide([](DecisionBar *bar) { bar->askForReason(Verdict::RequestChanges); }));
    addCommand(tr("Try it in the sandbox"), Qt::Key_T, [this] {
        q->showPage(Page::Queue);
        queue->askForTrial();
    });
    addCommand(tr("Ask the replica again"), Qt::Key_F5, [this] { queue->askAgain(); });
}

void MainWindow::Private::addPageCommands()
{
    addCommand(tr("Next"), Qt::Key_J, [this] { move(+1); })->setAutoRepeat(true);
    addCommand(tr("Previous"), Qt::Key_K, [this] { move(-1); })->setAutoRepeat(true);
    addCommand(tr("Bring the queue up to date"), Qt::Key_N, [this] { queue->list()->settle(); });
    addCommand(tr("Filter"), Qt::Key_Slash, [this] {
        if (page() == Page::Agents)
            q->showPage(Page::Queue);
        if (page() == Page::Queue)
            queue->list()->focusFilter();
        else
            history->focusFilter();
    });
    addCommand(tr("Queue"), Qt::CTRL | Qt::Key_1, [this] { q->showPage(Page::Queue); });
    addCommand(tr("History"), Qt::CTRL | Qt::Key_2, [this] { q->showPage(Page::History); });
    addCommand(tr("Agents"), Qt::CTRL | Qt::Key_3, [this] { q->showPage(Page::Agents); });
}

void MainWindow::Private::move(int step)
{
    switch (page()) {
    case Page::Queue:
        queue->list()->move(step);
        queue->list()->focusRows();
        break;
    case Page::History:
        history->move(step);
        break;
    case Page::Agents:
        agents->move(step);
        break;
    }
}

} // namespace holdpoint
