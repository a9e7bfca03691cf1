// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/connection.h"

#include "core/database/conninfo.h"
#include "core/database/foreignresult.h"
#include "core/database/servererror.h"

#include <libpq-fe.h>

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlField>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

// What Qt's driver declares too, so that its handle() can be recognised.
Q_DECLARE_OPAQUE_POINTER(PGconn *)

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qint64 keptForeignRows = 1000;

Error queryError(const QSqlQuery &query, PGconn *handle)
{
    const QSqlError error = query.lastError();
    if (PQstatus(handle) != CONNECTION_OK)
        return {Error::Code::Unreachable, u"the connection to the server was lost"_s, u"check that the server runs"_s,
            error.nativeErrorCode()};
    return serverError(error.nativeErrorCode(), error.databaseText());
}

Rows rowsOf(QSqlQuery &query)
{
    Rows rows;
    const QSqlRecord record = query.record();
    while (query.next()) {
        QHash<QString, QVariant> values;
        for (int column = 0; column < record.count(); ++column)
            values.insert(record.fieldName(column), query.value(column));
        rows.append(Row(std::move(values)));
    }
    return rows;
}

} // namespace

class Connection::Private
{
public:
    Private()
        : database(QSqlDatabase::addDatabase(u"QPSQL"_s, name))
    {
    }

    ~Private()
    {
        database.close();
        database = {};
        QSqlDatabase::removeDatabase(name);
    }
    Q_DISABLE_COPY_MOVE(Private)

    const QString name = u"holdpoint-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    QSqlDatabase database;
    PGconn *handle = nullptr;
    std::shared_ptr<Canceller> canceller;
};

Connection::Connection(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

Connection::Connection(Connection &&) noexcept = default;
Connection &Connection::operator=(Connection &&) noexcept = default;
Connection::~Connection() = default;

std::expected<Connection, Error> Connection::open(const QString &conninfo, const QString &component)
{
    const auto parsed = parseConninfo(conninfo, component);
    if (!parsed)
        return std::unexpected(parsed.error());
    auto priv = std::make_unique<Private>();
    QSqlDatabase &database = priv->database;
    database.setHostName(parsed->host);
    database.setDatabaseName(parsed->database);
    database.setUserName(parsed->user);
    database.setPort(parsed->port);
    database.setConnectOptions(parsed->options);
    return signIn(*priv).transform([&] { return Connection(std::move(priv)); });
}

std::expected<void, Error> Connection::signIn(Private &priv)
{
    if (!priv.database.open())
        return std::unexpected(connectError(priv.database.lastError().databaseText()));

    const QVariant handle = priv.database.driver()->handle();
    if (!handle.isValid() || handle.metaType() != QMetaType::fromType<PGconn *>())
        qFatal("Qt's PostgreSQL driver gives no PGconn");
    priv.handle = *static_cast<PGconn *const *>(handle.constData());
    // Notices may carry an agent's text; libpq's default prints them on our stderr.
    PQsetNoticeProcessor(priv.handle, [](void *, const char *) { }, nullptr);
    if (priv.canceller)
        priv.canceller->follow(priv.handle);
    else
        priv.canceller = std::make_shared<Canceller>(priv.handle);
    return {};
}

std::expected<void, Error> Connection::reopen()
{
    d->handle = nullptr;
    d->database.close();
    return signIn(*d);
}

PGconn *Connection::handle() const
{
    return d->handle;
}

std::expected<Rows, Error> Connection::run(const QString &sql, const QVariantList &values)
{
    QSqlQuery query(d->database);
    query.setForwardOnly(true);
    if (values.isEmpty()) {
        if (!query.exec(sql))
            return std::unexpected(queryError(query, handle()));
        return rowsOf(query);
    }
    if (!query.prepare(sql))
        return std::unexpected(queryError(query, handle()));
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return std::unexpected(queryError(query, handle()));
    return rowsOf(query);
}

std::expected<void, Error> Connection::runScript(const QString &sql)
{
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(handle(), sql.toUtf8().constData()), &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        return std::unexpected(serverError(result.get()));
    return {};
}

std::expected<ForeignResult, Error> Connection::runForeign(const QByteArray &sql)
{
    return exchangeForeign(handle(), sql, keptForeignRows);
}

std::expected<void, Error> Connection::setPassword(const QString &role, const QString &password)
{
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        PQchangePassword(handle(), role.toUtf8().constData(), password.toUtf8().constData()), &PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        return std::unexpected(serverError(result.get()));
    return {};
}

std::expected<void, Error> Connection::listen(
    const QString &channel, std::function<void(const QString &payload)> callback)
{
    QSqlDriver *driver = d->database.driver();
    if (!driver->subscribeToNotification(channel))
        return std::unexpected(serverError({}, driver->lastError().databaseText()));
    QObject::connect(driver, &QSqlDriver::notification, driver,
        [channel, callback = std::move(callback)](
            const QString &name, QSqlDriver::NotificationSource, const QVariant &payload) {
            if (name == channel)
                callback(payload.toString());
        });
    return {};
}

bool Connection::isOpen() const
{
    return PQstatus(handle()) == CONNECTION_OK;
}

std::shared_ptr<Canceller> Connection::canceller() const
{
    return d->canceller;
}

bool Connection::inHealthyTransaction() const
{
    return PQtransactionStatus(handle()) == PQTRANS_INTRANS;
}

QString Connection::user() const
{
    return QString::fromUtf8(PQuser(handle()));
}

int Connection::serverVersion() const
{
    return PQserverVersion(handle());
}

} // namespace holdpoint
