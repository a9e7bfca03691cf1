// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/trialrun.h"

#include "core/database/connection.h"
#include "core/database/transaction.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Outcome = TrialResult::Outcome;

/// As in `INSERT 0 5`; nothing where the tag has no count.
std::optional<qint64> rowsOf(const QString &commandTag)
{
    bool isNumber = false;
    const qint64 rows = commandTag.section(u' ', -1).toLongLong(&isNumber);
    return isNumber ? std::optional(rows) : std::nullopt;
}

QString listOf(const QList<qint64> &oids)
{
    QStringList list{u"0"_s};
    for (const qint64 oid : oids)
        list.append(QString::number(oid));
    return list.join(u',');
}

} // namespace

TrialRun::TrialRun(Connection &sandbox, const GuardTimeouts &timeouts)
    : m_sandbox(sandbox)
    , m_script(sandbox, timeouts)
{
}

TrialResult TrialRun::run(const Assessment &assessment, const QList<QByteArray> &sql)
{
    // Only where the role was given this right; what is not counted is said to be so.
    (void)m_sandbox.runScript(u"SET track_functions = 'all'"_s);
    const auto start = std::chrono::steady_clock::now();
    // Nothing here commits: the end of the scope rolls back.
    const auto transaction = Transaction::begin(m_sandbox, u"ISOLATION LEVEL READ COMMITTED READ WRITE"_s);
    if (const auto stopped = transaction ? runWithin(assessment, sql) : GuardResult::notGuarded(transaction.error()))
        stop(*stopped);
    m_result.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return m_result;
}

std::optional<GuardResult> TrialRun::runWithin(const Assessment &assessment, const QList<QByteArray> &sql)
{
    auto stopped = begin();
    if (!stopped)
        stopped = runStatements(assessment, sql);
    if (!stopped)
        stopped = finish();
    return stopped;
}

std::optional<GuardResult> TrialRun::begin()
{
    if (auto stopped = m_script.applySettings())
        return stopped;
    auto counter = ChangeCounter::begin(m_sandbox);
    if (!counter)
        return GuardResult::notGuarded(counter.error());
    m_counter = std::move(*counter);
    const auto calls = readCalls();
    if (!calls)
        return GuardResult::notGuarded(calls.error());
    m_callsBefore = *calls;
    const auto named = readNames();
    return named ? std::nullopt : std::optional(GuardResult::notGuarded(named.error()));
}

std::expected<void, Error> TrialRun::readNames()
{
    return m_sandbox
        .run(u"SELECT c.oid::bigint AS oid, n.nspname || '.' || c.relname AS name FROM pg_catalog.pg_class c "
             "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r'"_s)
        .transform([this](const Rows &rows) {
            for (const Row &row : rows)
                m_names.insert(row.number(u"oid"_s), row.text(u"name"_s));
        });
}

std::optional<GuardResult> TrialRun::runStatements(const Assessment &assessment, const QList<QByteArray> &sql)
{
    for (qsizetype i = 0; i < sql.size(); ++i) {
        if (auto stopped = m_script.runStatement(*m_counter, sql[i]))
            return stopped;
        const auto changes = newChanges();
        if (!changes)
            return GuardResult::notGuarded(changes.error());
        m_result.statements.append(
            {assessment.statements[i].kind, rowsOf(m_script.commandTag()), m_script.took().count(), *changes});
    }
    return {};
}

std::optional<GuardResult> TrialRun::finish()
{
    m_atTheEnd = true;
    if (auto stopped = m_script.settleConstraints())
        return stopped;
    const auto changes = newChanges();
    if (!changes)
        return GuardResult::notGuarded(changes.error());
    const auto fired = triggers();
    if (!fired)
        return GuardResult::notGuarded(fired.error());
    m_result.changesAtEnd = *changes;
    m_result.triggers = *fired;
    m_result.rowsChanged = 0;
    for (const qint64 rows : std::as_const(m_seen))
        *m_result.rowsChanged += rows;
    m_result.outcome = Outcome::Ran;
    return {};
}

/// What came in addition to what is reported already, the most of it first.
std::expected<QList<TableChange>, Error> TrialRun::newChanges()
{
    const auto now = m_counter->changes();
    if (!now)
        return std::unexpected(now.error());
    QList<TableChange> changes;
    for (const auto &[table, rows] : now->asKeyValueRange())
        if (const qint64 more = rows - m_seen.value(table); more > 0)
            changes.append({nameOf(table), more});
    std::ranges::stable_sort(changes, std::greater(), &TableChange::rows);
    m_seen = *now;
    return changes;
}

QString TrialRun::nameOf(ChangeCounter::Table table)
{
    if (!m_names.contains(table))
        (void)readNames();
    return m_names.value(table, u"a table that is gone again"_s);
}

std::expected<QHash<qint64, qint64>, Error> TrialRun::readCalls()
{
    return m_sandbox
        .run(
            u"SELECT f.funcid::bigint AS oid, f.calls FROM pg_catalog.pg_stat_xact_user_functions f WHERE f.calls > 0"_s)
        .transform([](const Rows &rows) {
            QHash<qint64, qint64> calls;
            for (const Row &row : rows)
                calls.insert(row.number(u"oid"_s), row.number(u"calls"_s));
            return calls;
        });
}

/// The triggers of every table that changed, and those of other tables whose function is known to have run.
std::expected<QList<TrialTrigger>, Error> TrialRun::triggers()
{
    const auto calls = readCalls();
    if (!calls)
        return std::unexpected(calls.error());
    const auto rows = m_sandbox.run(
        u"SELECT n.nspname || '.' || c.relname AS table_name, t.tgname AS name, "
        "fn.nspname || '.' || f.proname AS function, f.oid::bigint AS oid, "
        "CASE pg_catalog.current_setting('track_functions') WHEN 'all' THEN true WHEN 'none' THEN false "
        "ELSE l.lanname NOT IN ('c', 'internal') END AS counted "
        "FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace "
        "JOIN pg_catalog.pg_language l ON l.oid = f.prolang "
        "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND (c.oid IN (%1) OR f.oid IN (%2)) "
        "ORDER BY table_name, name LIMIT 200"_s.arg(listOf(m_seen.keys()), listOf(calls->keys())));
    if (!rows)
        return std::unexpected(rows.error());
    QList<TrialTrigger> found;
    for (const Row &row : *rows) {
        const qint64 function = row.number(u"oid"_s);
        const qint64 ran = calls->value(function) - m_callsBefore.value(function);
        found.append({row.text(u"table_name"_s), row.text(u"name"_s), row.text(u"function"_s),
            row.flag(u"counted"_s) ? std::optional(ran) : std::nullopt});
    }
    return found;
}

void TrialRun::stop(const GuardResult &result)
{
    m_result.detail = result.detail;
    if (result.kind == GuardResult::Kind::Unknown)
        m_result.detail = u"a statement ended the transaction: part of it may have stayed in the sandbox"_s;
    if (result.kind != GuardResult::Kind::Failed || !result.error)
        return;
    m_result.outcome = Outcome::Failed;
    m_result.error = TrialError{
        .statement = m_atTheEnd ? std::nullopt : std::optional<qint64>(m_result.statements.size()),
        .message = result.error->message,
        .hint = result.error->remedy,
        .sqlState = result.error->sqlState,
        .position = result.error->position > 0 ? std::optional<qint64>(result.error->position) : std::nullopt,
    };
}

} // namespace holdpoint
