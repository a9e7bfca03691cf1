// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"
#include "core/demo/localcluster.h"
#include "core/store/action.h"
#include "core/store/decision.h"
#include "core/store/storeclient.h"
#include "tests/support/serverfolder.h"

namespace holdpoint {

/// The names of the fixture's targets.
inline const QStringList everyTarget{QStringLiteral("prod-eu"), QStringLiteral("prod-us")};

/// One real server; for each test a new database on it, with a store and these people in it:
/// approvers maria, jonas, lena; agent `bot` (owned by jonas) and `etl` (owned by lena); executor `runner`; auditor
/// `vera`; admin `ada`; and `stranger`, who has no part. Targets `prod-eu` and `prod-us`. Nobody needs a password.
class StoreFixture
{
public:
    /// Null if the server does not start; the reason is printed.
    static std::unique_ptr<StoreFixture> create();

    /// A new empty database; the next connections are to it.
    void renewDatabase();
    /// A new database with a store and people.
    void renew();

    /// @param database where not to the one of the test
    Connection connect(const QString &role, const QString &database = {}) const;
    /// The same where a session may be ended while it is being opened.
    std::expected<Connection, Error> tryToConnect(const QString &role, const QString &database = {}) const;
    Connection superuser() const { return connect(QStringLiteral("postgres")); }
    /// Runs a script as superuser: what a thief of the server's power, or an administrator, could do.
    void tamper(const QString &script) const;
    /// One value that the superuser reads, as text.
    QString peek(const QString &expression) const;

    /// An action of an agent that must succeed.
    Submitted submit(
        const QString &agent = QStringLiteral("bot"), const QByteArray &sql = "DELETE FROM customers") const;
    /// The action as an auditor sees it.
    Action action(qint64 id) const;
    /// Must succeed; the state afterwards.
    ActionState approve(const QString &approver, qint64 action, RiskLevel level = RiskLevel::Write) const;
    /// Submitted by `bot`, approved by maria, released.
    Action released() const;

private:
    QString databaseName() const;
    void createDatabase(const QString &original);
    void prepare();

    ServerFolder m_folder;
    std::unique_ptr<LocalCluster> m_cluster;
    int m_database = 0;
    int m_original = 0; ///< the database that the others are copies of; nobody connects to it again
};

/// The approval of the action as it is, with evidence of that level and the right words.
Decision approval(const Action &action, RiskLevel level = RiskLevel::Write);
/// Rejection or request for changes of the action as it is.
Decision refusal(const Action &action, Verdict verdict, const QString &reason);

} // namespace holdpoint
