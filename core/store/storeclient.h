// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"
#include "core/store/action.h"
#include "core/store/agent.h"
#include "core/store/decision.h"
#include "core/store/executor.h"
#include "core/store/identity.h"
#include "core/store/ledgerentry.h"
#include "core/store/receipt.h"
#include "core/store/target.h"
#include "core/store/trial.h"

#include <expected>

namespace holdpoint {

class Connection;

/// What a submission became.
struct Submitted
{
    qint64 action = 0;
    int revision = 0;
};

/// The store, for agents, approvers and auditors. Every call waits for the server; the store decides from the role
/// that the connection signed in as what is allowed.
class StoreClient
{
public:
    /// @param connection is not owned, must outlive this object and be used on its own thread only
    explicit StoreClient(Connection &connection);

    /// The store's version; an error with what to do if it is not the one this program was made for.
    std::expected<int, Error> checkVersion();
    std::expected<Identity, Error> whoAmI();

    /// @param idempotencyKey sent again with the same text it gives the action that is already there
    std::expected<Submitted, Error> submit(const QString &target, const QByteArray &sql, const QString &title,
        const QString &reason, const QString &idempotencyKey = {});
    /// The number of the new revision. Approvals of the old one do not count for it.
    std::expected<int, Error> revise(qint64 action, const QByteArray &sql, const QString &reason);
    std::expected<void, Error> withdraw(qint64 action, const QString &reason);
    /// The caller's own actions, newest first, without SQL and approvals.
    std::expected<QList<Action>, Error> myActions(int limit);
    /// One of the caller's own; Invalid if there is none of that number.
    std::expected<Action, Error> myAction(qint64 id);

    /// The state that the action is in afterwards.
    std::expected<ActionState, Error> decide(const Decision &decision);
    /// The trial's number; of the one that is under way already, where one is.
    std::expected<qint64, Error> requestTrial(qint64 action, int revision, const QByteArray &digest);
    std::expected<Trial, Error> trial(qint64 id);
    /// The newest trial of each action that can still be decided, of its present revision.
    std::expected<QList<Trial>, Error> openTrials();
    /// The revocation's number.
    std::expected<qint64, Error> revoke(const QString &agent, const QString &reason);

    /// Everything that changed after a change number, in the order of change. 0 gives everything there is.
    std::expected<QList<Action>, Error> actionsSince(qint64 changeNumber);
    /// What is not over, oldest first: it waits for a person, an executor or the agent, or a person must look.
    std::expected<QList<Action>, Error> openActions();
    std::expected<Action, Error> action(qint64 id);

    std::expected<QList<Agent>, Error> agents();
    std::expected<QList<Target>, Error> targets();
    /// Rules as they were set; those of target `*` hold wherever a target has none of its own.
    std::expected<QList<PolicyRule>, Error> policies();
    /// Newest first.
    std::expected<QList<Revocation>, Error> revocations();
    std::expected<QList<Executor>, Error> executors();

    /// Newest first, all older than `sequence`.
    std::expected<QList<LedgerEntry>, Error> ledgerBefore(qint64 sequence, int limit);
    /// Oldest first, all newer than `sequence`.
    std::expected<QList<LedgerEntry>, Error> ledgerSince(qint64 sequence, int limit);
    std::expected<LedgerHead, Error> ledgerHead();

private:
    Connection &m_connection;
};

} // namespace holdpoint
