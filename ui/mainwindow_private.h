// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/mainwindow.h"

#include <KSyntaxHighlighting/Repository>
#include <QSettings>

class QStackedWidget;
class QTimer;

namespace holdpoint {

class AgentsPage;
class EnvironmentBar;
class Header;
class HistoryPage;
class Navigation;
class Notice;
class QueuePage;
class SignInPage;

/// The window's parts and what connects them.
class MainWindow::Private final
{
public:
    Private(MainWindow *window, const QString &settingsPath);

    void build();
    QWidget *buildConsole();
    void connectPages();
    void addCommands();
    QAction *addCommand(const QString &text, const QKeySequence &key, std::function<void()> run);
    void addPageCommands();
    void addDecisionCommands();

    void applyScheme();
    void refreshLinkBanner();
    void refreshRevocationBanner();
    /// The id of the agent's newest revocation; 0 if there is none.
    qint64 newestRevocation(const QString &agent) const;
    void requestRevocation(const QString &agent, const QString &reason);
    void refreshTitle();
    void refreshEnvironment();
    void askRevocation(const QString &preselected);
    QString likelyAgent() const;
    Page page() const;
    bool isSignedIn() const;
    void move(int step);
    void focusPage();

    void restore();
    void save();

    MainWindow *q;
    std::unique_ptr<QSettings> settings;
    KSyntaxHighlighting::Repository repository;
    Qt::ColorScheme scheme = Qt::ColorScheme::Unknown;
    SessionInfo session;
    LinkState link;
    bool linkKnown = false;
    QList<Revocation> revocations;
    QString revocationError;
    QHash<QString, qint64> asked; ///< agents whose revocation the store has not answered yet; their newest one before
    QList<QAction *> commands;

    QStackedWidget *root = nullptr;
    SignInPage *signIn = nullptr;
    Header *header = nullptr;
    EnvironmentBar *environment = nullptr;
    Notice *linkBanner = nullptr;
    Notice *revocationBanner = nullptr;
    Navigation *navigation = nullptr;
    QStackedWidget *pages = nullptr;
    QueuePage *queue = nullptr;
    HistoryPage *history = nullptr;
    AgentsPage *agents = nullptr;
};

} // namespace holdpoint
