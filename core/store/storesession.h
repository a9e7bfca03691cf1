// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"
#include "core/store/action.h"
#include "core/store/agent.h"
#include "core/store/decision.h"
#include "core/store/ledgerentry.h"
#include "core/store/receipt.h"
#include "core/store/target.h"
#include "core/store/trial.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

class QTimer;

namespace holdpoint {

class Connection;
class StoreClient;

/// A console's live view of the store, and its way to decide.
///
/// Lives on a thread of its own, with an event loop; everything goes in and out by queued signals, as values. It
/// LISTENs first and reads everything after the last change it saw then, so that nothing is missed and nothing comes
/// twice; a notification is only a hint to look, and it looks every two seconds anyway. A lost link is reported and
/// taken up again by itself, until stop().
class StoreSession final : public QObject
{
    Q_OBJECT
public:
    explicit StoreSession(QObject *parent = nullptr);
    ~StoreSession() override;

    /// Connects as the person that libpq's own means make of `conninfo`.
    void signIn(const QString &conninfo);
    void stop();
    void decide(const Decision &decision);
    void requestTrial(qint64 action, int revision, const QByteArray &digest);
    void fetchHistoryBefore(qint64 sequence);

Q_SIGNALS:
    void signedIn(const QString &user, const QString &store);
    /// Before the first sign-in: nothing is tried again until signIn().
    void signInFailed(const holdpoint::Error &error);
    /// The store answered just now.
    /// @param sandboxes the targets of which an executor that is alive has one
    void answered(bool executorAlive, const QString &executorDetail, const QStringList &sandboxes);
    void linkLost(const holdpoint::Error &error);

    void actionsChanged(const QList<holdpoint::Action> &actions);
    void agentsChanged(const QList<holdpoint::Agent> &agents);
    void targetsChanged(const QList<holdpoint::Target> &targets);
    void policiesChanged(const QList<holdpoint::PolicyRule> &policies);
    void revocationsChanged(const QList<holdpoint::Revocation> &revocations);
    void historyGrew(const QList<holdpoint::LedgerEntry> &newestFirst);
    void historyBefore(const QList<holdpoint::LedgerEntry> &newestFirst);

    void decisionAccepted(qint64 action, holdpoint::ActionState state);
    void decisionRefused(qint64 action, const holdpoint::Error &error);
    /// The newest trial of each action that can be decided.
    void trialsChanged(const QList<holdpoint::Trial> &trials);
    void trialRefused(qint64 action, const holdpoint::Error &error);

private:
    std::optional<Error> connectAndCatchUp();
    std::optional<Error> readFirstHistory();
    std::optional<Error> catchUp();
    std::optional<Error> readChangedActions();
    std::optional<Error> readNewHistory();
    std::optional<Error> readPeopleAndPlaces();
    std::optional<Error> readRevocations();
    std::optional<Error> readTrials();
    std::optional<Error> askAfterExecutor();
    void look();
    void lose(const Error &error);
    /// Gives up the link where the error says that it is gone.
    void noteError(const Error &error);

    QString m_conninfo;
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<StoreClient> m_client;
    QTimer *m_timer;
    std::chrono::milliseconds m_retryAfter;
    bool m_signedInOnce = false;
    bool m_lookPosted = false;
    bool m_revoking = false; ///< some place has not confirmed yet
    QList<Trial> m_trials; ///< as they were last said
    bool m_trialsKnown = false;
    qint64 m_lastChange = 0;
    std::optional<qint64> m_lastSequence; ///< newest ledger entry seen
};

} // namespace holdpoint
