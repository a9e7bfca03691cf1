// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/storeclient.h"

#include "core/database/connection.h"
#include "core/store/setup.h"
#include "core/store/storerows.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// The one row that a function call of ours answers with.
std::expected<Row, Error> onlyRow(const std::expected<Rows, Error> &rows)
{
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->size() != 1)
        return std::unexpected(Error{.code = Error::Code::Failed, .message = u"the store gave no answer"_s});
    return rows->constFirst();
}

Error wrongVersion(int store)
{
    const int program = programSchemaVersion();
    const QString message = u"the store has version %1, this program needs version %2"_s.arg(store).arg(program);
    return {.code = Error::Code::WrongVersion,
        .message = message,
        .remedy = store < program ? u"ask an administrator to run: holdpointctl init"_s
                                  : u"install the Holdpoint version that the store was set up with"_s};
}

QString jsonText(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

/// A null string would become NULL; the store wants a text.
QString text(const QString &value)
{
    return value.isNull() ? u""_s : value;
}

} // namespace

StoreClient::StoreClient(Connection &connection)
    : m_connection(connection)
{
}

std::expected<int, Error> StoreClient::checkVersion()
{
    const auto found =
        onlyRow(m_connection.run(u"SELECT EXISTS (SELECT FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                                 " WHERE n.nspname = 'holdpoint' AND p.proname = 'schema_version') AS there"_s));
    if (!found)
        return std::unexpected(found.error());
    if (!found->flag(u"there"_s))
        return std::unexpected(Error{.code = Error::Code::WrongVersion,
            .message = u"this database holds no Holdpoint store"_s,
            .remedy = u"check the connection, or ask an administrator to run: holdpointctl init"_s});
    const auto row = onlyRow(m_connection.run(u"SELECT holdpoint.schema_version() AS version"_s));
    if (!row && row.error().code == Error::Code::Refused)
        return std::unexpected(Error{.code = Error::Code::Refused,
            .message = u"%1 has no part in this store"_s.arg(m_connection.user()),
            .remedy = u"ask an administrator to add you with holdpointctl"_s});
    if (!row)
        return std::unexpected(row.error());
    const int version = int(row->number(u"version"_s));
    if (version != programSchemaVersion())
        return std::unexpected(wrongVersion(version));
    return version;
}

std::expected<Identity, Error> StoreClient::whoAmI()
{
    return onlyRow(m_connection.run(u"SELECT role, kind FROM holdpoint.whoami()"_s)).transform([](const Row &row) {
        return Identity{row.text(u"role"_s), row.text(u"kind"_s)};
    });
}

std::expected<Submitted, Error> StoreClient::submit(const QString &target, const QByteArray &sql, const QString &title,
    const QString &reason, const QString &idempotencyKey)
{
    const QVariant key = idempotencyKey.isEmpty() ? QVariant(QMetaType::fromType<QString>()) : QVariant(idempotencyKey);
    return onlyRow(m_connection.run(u"SELECT action_id, revision FROM holdpoint.submit(?, ?::bytea, ?, ?, ?)"_s,
                       {text(target), sql.isNull() ? QByteArray("") : sql, text(title), text(reason), key}))
        .transform(
            [](const Row &row) { return Submitted{row.number(u"action_id"_s), int(row.number(u"revision"_s))}; });
}

std::expected<int, Error> StoreClient::revise(qint64 action, const QByteArray &sql, const QString &reason)
{
    return onlyRow(m_connection.run(u"SELECT holdpoint.revise(?, ?::bytea, ?) AS revision"_s,
                       {action, sql.isNull() ? QByteArray("") : sql, text(reason)}))
        .transform([](const Row &row) { return int(row.number(u"revision"_s)); });
}

std::expected<void, Error> StoreClient::withdraw(qint64 action, const QString &reason)
{
    return m_connection.run(u"SELECT holdpoint.withdraw(?, ?)"_s, {action, text(reason)}).transform([](const Rows &) {
    });
}

std::expected<QList<Action>, Error> StoreClient::myActions(int limit)
{
    return valuesOf(m_connection.run(u"SELECT * FROM holdpoint.my_actions ORDER BY action_id DESC LIMIT ?"_s, {limit}),
        ownActionFromRow);
}

std::expected<Action, Error> StoreClient::myAction(qint64 id)
{
    const auto rows = m_connection.run(u"SELECT * FROM holdpoint.my_actions WHERE action_id = ?"_s, {id});
    if (rows && rows->isEmpty())
        return std::unexpected(Error{.code = Error::Code::Invalid,
            .message = u"there is no action %1 of yours"_s.arg(id),
            .remedy = u"holdpointctl list prints those that there are"_s});
    return onlyRow(rows).transform(ownActionFromRow);
}

std::expected<ActionState, Error> StoreClient::decide(const Decision &decision)
{
    return onlyRow(m_connection.run(u"SELECT holdpoint.decide(?, ?, ?::bytea, ?, ?::jsonb, ?, ?) AS state"_s,
                       {decision.action, decision.revision, decision.digest, toWord(decision.verdict),
                           jsonText(toJson(decision.evidence)), text(decision.words), text(decision.reason)}))
        .transform(
            [](const Row &row) { return actionStateFromWord(row.text(u"state"_s)).value_or(ActionState::Unknown); });
}

std::expected<qint64, Error> StoreClient::requestTrial(qint64 action, int revision, const QByteArray &digest)
{
    return onlyRow(
        m_connection.run(u"SELECT holdpoint.request_trial(?, ?, ?::bytea) AS trial"_s, {action, revision, digest}))
        .transform([](const Row &row) { return row.number(u"trial"_s); });
}

std::expected<Trial, Error> StoreClient::trial(qint64 id)
{
    return onlyRow(m_connection.run(u"SELECT * FROM holdpoint.trials WHERE id = ?"_s, {id})).transform(trialFromRow);
}

std::expected<QList<Trial>, Error> StoreClient::openTrials()
{
    return valuesOf(m_connection.run(u"SELECT DISTINCT ON (action) * FROM holdpoint.trials WHERE about_open "
                                     "ORDER BY action, id DESC"_s),
        trialFromRow);
}

std::expected<qint64, Error> StoreClient::revoke(const QString &agent, const QString &reason)
{
    return onlyRow(m_connection.run(u"SELECT holdpoint.revoke(?, ?) AS revocation"_s, {text(agent), text(reason)}))
        .transform([](const Row &row) { return row.number(u"revocation"_s); });
}

std::expected<QList<Action>, Error> StoreClient::actionsSince(qint64 changeNumber)
{
    return valuesOf(
        m_connection.run(
            u"SELECT * FROM holdpoint.actions WHERE change_number > ? ORDER BY change_number"_s, {changeNumber}),
        actionFromRow);
}

std::expected<QList<Action>, Error> StoreClient::openActions()
{
    return valuesOf(
        m_connection.run(u"SELECT * FROM holdpoint.actions WHERE state IN ('pending', 'approved', 'changes_requested', "
                         "'released', 'executing', 'unknown') ORDER BY id"_s),
        actionFromRow);
}

std::expected<Action, Error> StoreClient::action(qint64 id)
{
    const auto rows = m_connection.run(u"SELECT * FROM holdpoint.actions WHERE id = ?"_s, {id});
    if (rows && rows->isEmpty())
        return std::unexpected(Error{.code = Error::Code::Invalid,
            .message = u"there is no action %1"_s.arg(id),
            .remedy = u"holdpointctl history lists them"_s});
    return onlyRow(rows).transform(actionFromRow);
}

std::expected<QList<Agent>, Error> StoreClient::agents()
{
    return valuesOf(m_connection.run(u"SELECT * FROM holdpoint.agents ORDER BY name"_s), agentFromRow);
}

std::expected<QList<Target>, Error> StoreClient::targets()
{
    return valuesOf(m_connection.run(u"SELECT * FROM holdpoint.targets ORDER BY name"_s), targetFromRow);
}

std::expected<QList<PolicyRule>, Error> StoreClient::policies()
{
    return valuesOf(
        m_connection.run(u"SELECT * FROM holdpoint.policies ORDER BY target, approvers, level"_s), policyRuleFromRow);
}

std::expected<QList<Revocation>, Error> StoreClient::revocations()
{
    return valuesOf(m_connection.run(u"SELECT * FROM holdpoint.revocations ORDER BY id DESC"_s), revocationFromRow);
}

std::expected<QList<Executor>, Error> StoreClient::executors()
{
    return valuesOf(m_connection.run(u"SELECT * FROM holdpoint.executors ORDER BY name"_s), executorFromRow);
}

std::expected<QList<LedgerEntry>, Error> StoreClient::ledgerBefore(qint64 sequence, int limit)
{
    return valuesOf(
        m_connection.run(
            u"SELECT * FROM holdpoint.ledger WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"_s, {sequence, limit}),
        ledgerEntryFromRow);
}

std::expected<QList<LedgerEntry>, Error> StoreClient::ledgerSince(qint64 sequence, int limit)
{
    return valuesOf(m_connection.run(u"SELECT * FROM holdpoint.ledger WHERE sequence > ? ORDER BY sequence LIMIT ?"_s,
                        {sequence, limit}),
        ledgerEntryFromRow);
}

std::expected<LedgerHead, Error> StoreClient::ledgerHead()
{
    return onlyRow(m_connection.run(u"SELECT sequence, hash FROM holdpoint.ledger_head()"_s))
        .transform([](const Row &row) { return LedgerHead{row.number(u"sequence"_s), row.bytes(u"hash"_s)}; });
}

} // namespace holdpoint
