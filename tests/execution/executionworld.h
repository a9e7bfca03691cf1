// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/database/connection.h"
#include "core/demo/world.h"
#include "core/store/action.h"
#include "core/store/decision.h"
#include "core/store/receipt.h"

#include <QProcess>

namespace holdpoint {

/// A demo world with real executors, and what agents and approvers do in it. Anything that should work and does not
/// ends the test program: only the executor is on trial here.
class ExecutionWorld
{
public:
    static std::unique_ptr<ExecutionWorld> create();

    World &world() { return *m_world; }
    Connection connect(const QString &service) const;
    Connection production() const { return connect(QStringLiteral("prod-eu-admin")); }

    /// @param stopAt a failpoint's name: the executor stops itself there
    QProcess *startExecutor(const QString &stopAt = {});
    /// One with another name, as on another host; its configuration calls production `target`.
    QProcess *startSecondExecutor(const QString &target = QStringLiteral("prod-eu"));
    /// One whose configuration has, besides production, a target `hole` whose server takes connections and says
    /// nothing.
    QProcess *startExecutorWithHole(quint16 port);
    /// One whose configuration names another sandbox.
    QProcess *startExecutorWithSandbox(const QByteArray &conninfo);
    /// Who claimed any of the actions from this one on, as the ledger has it.
    QStringList claimers(qint64 firstAction) const;
    /// kill -9, and SIGTERM.
    void kill(QProcess *executor);
    void stop(QProcess *executor);
    /// Waits until the executor has stopped itself.
    bool waitUntilStopped(const QProcess *executor) const;

    qint64 submit(const QByteArray &sql, const QString &agent = QStringLiteral("support-agent"),
        const QString &target = QStringLiteral("prod-eu"));
    /// Approves as `service`'s person, who saw these rows.
    ActionState approve(
        qint64 action, const QString &service = QStringLiteral("holdpoint"), std::optional<qint64> rows = {});
    /// Has as many people approve as it takes. Returns the action.
    qint64 release(const QByteArray &sql, std::optional<qint64> rows = {},
        const QString &agent = QStringLiteral("support-agent"), const QString &target = QStringLiteral("prod-eu"));

    Action action(qint64 id) const;
    /// The action, once it is final; as it is after half a minute otherwise.
    Action outcome(qint64 id) const;
    bool waitFor(qint64 id, ActionState state) const;

    void revoke(const QString &agent);
    /// The newest revocation's receipt for production.
    Receipt receipt() const;
    bool waitUntilConfirmed() const;

    /// A number that a query on production gives in its column `n`.
    qint64 number(const QString &sql) const;

private:
    ExecutionWorld() = default;
    QProcess *start(const QString &configuration, const QString &stopAt);
    QByteArray configuration() const;
    QProcess *startWith(const QString &name, const QByteArray &configuration);

    QTemporaryDir m_directory{QStringLiteral("/tmp/holdpoint-test-XXXXXX")};
    std::unique_ptr<World> m_world;
    std::vector<std::unique_ptr<QProcess>> m_executors;
};

} // namespace holdpoint
