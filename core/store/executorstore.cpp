// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/executorstore.h"

#include "core/database/connection.h"
#include "core/store/storerows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype longestDetail = 4000;

QJsonValue jsonNumber(const std::optional<qint64> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

/// A place for an array, and what to put there: Qt's driver knows none.
const QString array = u"ARRAY(SELECT jsonb_array_elements_text(?::jsonb))"_s;

QString arrayText(const QStringList &texts)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(texts)).toJson(QJsonDocument::Compact));
}

/// As the store can keep it: PostgreSQL has no NUL, and a null string would become NULL.
QString detailText(const QString &text)
{
    QString kept = text.left(longestDetail).remove(QChar(u'\0'));
    return kept.isNull() ? u""_s : kept;
}

QString reportJson(const ExecutionReport &report)
{
    const QJsonObject json{
        {u"rows_changed"_s, jsonNumber(report.rowsChanged)},
        {u"row_cap"_s, jsonNumber(report.rowCap)},
        {u"detail"_s, detailText(report.detail)},
    };
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

} // namespace

ExecutorStore::ExecutorStore(Connection &connection, const QString &name)
    : m_connection(connection)
    , m_name(name)
{
}

std::expected<void, Error> ExecutorStore::call(const QString &sql, const QVariantList &values)
{
    return m_connection.run(sql, values).transform([](const Rows &) { });
}

std::expected<std::optional<ClaimedAction>, Error> ExecutorStore::claim(const QStringList &targets)
{
    return m_connection.run(u"SELECT * FROM holdpoint.claim(?, %1)"_s.arg(array), {m_name, arrayText(targets)})
        .transform([](const Rows &rows) -> std::optional<ClaimedAction> {
            if (rows.isEmpty())
                return std::nullopt;
            return claimedActionFromRow(rows.constFirst());
        });
}

std::expected<QList<ClaimedAction>, Error> ExecutorStore::unfinished()
{
    return valuesOf(m_connection.run(u"SELECT * FROM holdpoint.unfinished(?)"_s, {m_name}), claimedActionFromRow);
}

std::expected<void, Error> ExecutorStore::finish(qint64 action, int revision, const ExecutionReport &report)
{
    return call(u"SELECT holdpoint.finish(?, ?, ?, ?::jsonb)"_s,
        {action, revision, toWord(report.outcome), reportJson(report)});
}

std::expected<std::optional<ClaimedTrial>, Error> ExecutorStore::claimTrial(const QStringList &targets)
{
    return m_connection.run(u"SELECT * FROM holdpoint.claim_trial(?, %1)"_s.arg(array), {m_name, arrayText(targets)})
        .transform([](const Rows &rows) -> std::optional<ClaimedTrial> {
            if (rows.isEmpty())
                return std::nullopt;
            return claimedTrialFromRow(rows.constFirst());
        });
}

std::expected<void, Error> ExecutorStore::finishTrial(qint64 trial, const TrialResult &result)
{
    return call(u"SELECT holdpoint.finish_trial(?, ?::jsonb)"_s,
        {trial, QString::fromUtf8(QJsonDocument(toJson(result)).toJson(QJsonDocument::Compact))});
}

std::expected<QList<LedgerEntry>, Error> ExecutorStore::approvalsOnRecord(qint64 action, int revision)
{
    return valuesOf(m_connection.run(u"SELECT * FROM holdpoint.ledger WHERE action = ? AND revision = ? "
                                     "AND event = 'approved' ORDER BY sequence"_s,
                        {action, revision}),
        ledgerEntryFromRow);
}

std::expected<bool, Error> ExecutorStore::isRevoked(const QString &agent)
{
    return m_connection.run(u"SELECT holdpoint.is_revoked(?) AS revoked"_s, {agent}).transform([](const Rows &rows) {
        return rows.size() != 1 || rows.constFirst().flag(u"revoked"_s);
    });
}

std::expected<QList<OpenRevocation>, Error> ExecutorStore::openRevocations()
{
    return valuesOf(m_connection.run(u"SELECT * FROM holdpoint.open_revocations()"_s), openRevocationFromRow);
}

std::expected<void, Error> ExecutorStore::recordRevocationStep(qint64 revocation, const QString &target,
    const QString &step, bool done, double milliseconds, const QString &detail)
{
    return call(u"SELECT holdpoint.record_revocation_step(?, ?, ?, ?, ?, ?)"_s,
        {revocation, target, step, done, milliseconds, detailText(detail)});
}

std::expected<void, Error> ExecutorStore::revocationTry(qint64 revocation, const QString &target, const QString &error)
{
    return call(u"SELECT holdpoint.revocation_try(?, ?, ?)"_s, {revocation, target, detailText(error)});
}

std::expected<void, Error> ExecutorStore::confirmRevocation(qint64 revocation, const QString &target)
{
    return call(u"SELECT holdpoint.confirm_revocation(?, ?)"_s, {revocation, target});
}

std::expected<void, Error> ExecutorStore::heartbeat(const QString &version, const QStringList &sandboxes)
{
    return call(u"SELECT holdpoint.heartbeat(?, ?, %1)"_s.arg(array), {m_name, version, arrayText(sandboxes)});
}

std::expected<int, Error> ExecutorStore::expireDue()
{
    return m_connection.run(u"SELECT holdpoint.expire_due() AS expired"_s).transform([](const Rows &rows) {
        return rows.isEmpty() ? 0 : int(rows.constFirst().number(u"expired"_s));
    });
}

} // namespace holdpoint
