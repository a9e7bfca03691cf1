// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"
#include "core/database/row.h"

#include <QStringList>

#include <expected>
#include <functional>
#include <memory>

struct pg_conn;

namespace holdpoint {

class Canceller;

/// What came back from a text that is not ours.
struct ForeignResult
{
    QString commandTag; ///< as in `DELETE 3`
    qint64 rowsByTag = 0; ///< what the tag counts: cascades, CTEs and triggers are not in it
    QStringList columns;
    QList<QList<std::optional<QByteArray>>> rows; ///< text format; nothing is NULL
};

/// One connection to one server, for the thread that opened it. Closes itself.
///
/// Two ways in, kept apart on purpose: run() is for SQL that this project wrote, runForeign() for SQL that anybody
/// else did. Qt's driver sends both exec() and prepare() by the simple protocol, where a second statement in the text
/// would run; runForeign() uses libpq's extended protocol, which refuses it.
class Connection
{
public:
    /// @param conninfo a libpq connection string or URI: service, host, port, dbname, user, sslmode, …; libpq's own
    ///        environment, service and password files apply. A password inside is refused: it would end up in logs.
    /// @param component shown to administrators as application_name `holdpoint/<component>`
    static std::expected<Connection, Error> open(const QString &conninfo, const QString &component);

    Connection(Connection &&) noexcept;
    Connection &operator=(Connection &&) noexcept;
    ~Connection();
    Q_DISABLE_COPY(Connection)

    /// Runs one statement of our own; each `?` takes one of `values` in order.
    std::expected<Rows, Error> run(const QString &sql, const QVariantList &values = {});
    /// Runs a script of our own with many statements and no values: a migration.
    std::expected<void, Error> runScript(const QString &sql);

    /// Runs exactly one statement of somebody else's. Bytes, because the server must see what was reviewed; a NUL is
    /// refused, as libpq would silently stop there.
    std::expected<ForeignResult, Error> runForeign(const QByteArray &sql);

    /// Sets a role's password without the server ever seeing its text (the verifier is computed here).
    std::expected<void, Error> setPassword(const QString &role, const QString &password);

    /// Calls back, on this thread's event loop, for each notification on the channel.
    std::expected<void, Error> listen(const QString &channel, std::function<void(const QString &payload)> callback);

    /// Ends the session and signs in anew as open() did: nothing that it held or was set to is left. Cancellers follow.
    std::expected<void, Error> reopen();

    /// False once libpq knows that the link is gone. True proves nothing: ask the server.
    bool isOpen() const;
    /// For another thread to stop what runs here.
    std::shared_ptr<Canceller> canceller() const;
    /// True while a transaction is open and healthy on the server's side.
    bool inHealthyTransaction() const;
    /// The role this connection signed in as.
    QString user() const;
    /// Server version as libpq reports it, as in 170004.
    int serverVersion() const;

private:
    class Private;
    explicit Connection(std::unique_ptr<Private> d);
    pg_conn *handle() const;
    static std::expected<void, Error> signIn(Private &priv);
    std::unique_ptr<Private> d;
};

/// Stops the statement that runs on another thread's connection; it then fails with a time-out error.
class Canceller
{
public:
    explicit Canceller(pg_conn *connection);
    ~Canceller();
    Q_DISABLE_COPY_MOVE(Canceller)

    /// Safe from any thread, also after the connection is gone.
    void cancel();
    /// From now on it stops what runs on another connection.
    void follow(pg_conn *connection);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace holdpoint
