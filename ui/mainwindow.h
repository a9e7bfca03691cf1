// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/assessment/catalogstate.h"
#include "core/impact/impact.h"
#include "core/store/action.h"
#include "core/store/agent.h"
#include "core/store/decision.h"
#include "core/store/ledgerentry.h"
#include "core/store/receipt.h"
#include "core/store/target.h"
#include "core/store/trial.h"
#include "ui/linkstate.h"
#include "ui/sessioninfo.h"
#include "ui/signin/signinstate.h"

#include <QMainWindow>

#include <memory>

namespace holdpoint {

enum class Page { Queue, History, Agents };

/// The console's one window: values in, signals out. It knows no connection, and nothing here blocks.
///
/// It opens on the sign-in page; setSession() brings up the console itself. Until setLink() has reported a live link,
/// Release is off. Lists that have never been given (no mergeActions(), appendHistory(), setAgents() yet) are shown as
/// loading; giving an empty list is how to say that there is nothing.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// @param settingsPath INI file for geometry, splitters and the last page; empty: the user's own settings
    explicit MainWindow(const QString &settingsPath = {}, QWidget *parent = nullptr);
    ~MainWindow() override;

    void showSignIn(const SignInState &state);
    void setSession(const SessionInfo &session);
    void setLink(const LinkState &link);

    void setTargets(const QList<Target> &targets);
    void setPolicies(const QList<PolicyRule> &policies);
    void setAgents(const QList<Agent> &agents);
    void setRevocations(const QList<Revocation> &revocations);

    /// Adds or replaces by id; an action whose change number is older than the one shown is ignored.
    void mergeActions(const QList<Action> &actions);
    /// An answer for another revision than the one shown is dropped. Release is off until the catalogue is settled.
    void showAssessment(qint64 action, int revision, const Assessment &assessment, const CatalogState &catalog);
    void showImpact(qint64 action, int revision, const Impact &impact);
    /// What the store said to decisionMade().
    void decisionAccepted(qint64 action, ActionState newState);
    void decisionRefused(qint64 action, const Error &error);
    /// The newest trial of each open action; what is not among them has none.
    void setTrials(const QList<Trial> &trials);
    /// What the store said to trialWanted(), if it said no. A yes shows through setTrials().
    void trialRefused(qint64 action, const Error &error);
    /// What the store said to revokeRequested(), if it said no. A yes shows through setRevocations().
    void revocationRefused(const QString &agent, const Error &error);

    /// Older entries, in answer to olderHistoryWanted(); an empty list means that there are none.
    void appendHistory(const QList<LedgerEntry> &entries);
    /// Entries that came into being meanwhile.
    void prependHistory(const QList<LedgerEntry> &entries);

    void showPage(Page page);
    /// Brings up the queue with this action; does nothing if it is not there.
    void openAction(qint64 action);
    /// Unknown follows the desktop.
    void setColorScheme(Qt::ColorScheme scheme);

Q_SIGNALS:
    /// A person looks at this revision: its assessment and impact are wanted, afresh.
    void actionOpened(qint64 action, int revision);
    /// The queue needs the level of the action's current revision.
    void assessmentWanted(qint64 action);
    void decisionMade(const holdpoint::Decision &decision);
    /// A person wants this revision tried in the sandbox.
    void trialWanted(qint64 action, int revision, const QByteArray &digest);
    void revokeRequested(const QString &agent, const QString &reason);
    void olderHistoryWanted(qint64 beforeSequence);
    void signInWanted(const QString &conninfo);
    void signInCancelled();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace holdpoint
