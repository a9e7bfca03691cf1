// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/estimator.h"

#include "core/impact/planreader.h"
#include "core/impact/replicacheck.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Clock = std::chrono::steady_clock;

Figure unknown(const QString &why)
{
    return {.rows = {}, .atLeast = false, .unknownBecause = why};
}

Figure known(qint64 rows)
{
    return {.rows = rows, .atLeast = false, .unknownBecause = {}};
}

void setUnknown(EffectImpact &impact, const QString &why)
{
    impact.estimate = unknown(why);
    impact.exact = unknown(why);
}

QString reason(const Error &error)
{
    return error.code == Error::Code::TimedOut ? u"the replica stopped it: %1"_s.arg(error.text()) : error.text();
}

Figure counted(GuardedRead &read, const QByteArray &select)
{
    const auto figure = read.count(select);
    return figure ? *figure : unknown(reason(figure.error()));
}

EffectImpact unasked(const Effect &effect, const QString &why)
{
    EffectImpact impact;
    impact.verb = effect.verb;
    impact.table = effect.table;
    setUnknown(impact, why);
    impact.tableRows = unknown(why);
    return impact;
}

/// Why no table needs to be looked for; empty if one does.
QString whyNoTable(const Effect &effect)
{
    if (effect.rows == 0)
        return u"no row of a table changes"_s;
    if (effect.table == u"unknown"_s)
        return effect.unknownBecause.isEmpty() ? u"the text names no table"_s : effect.unknownBecause;
    return {};
}

/// Why no further effect is asked for; empty to go on.
QString reasonToEnd(
    qsizetype asked, Clock::time_point started, const Estimator::Limits &limits, const std::stop_token &stop)
{
    if (stop.stop_requested())
        return u"it was stopped before it was asked"_s;
    if (asked >= limits.effects)
        return u"only the first %1 effects are asked for"_s.arg(limits.effects);
    if (Clock::now() - started >= limits.whole)
        return u"the time for the whole action had passed"_s;
    return {};
}

} // namespace

Estimator::Estimator(Connection &replica)
    : Estimator(replica, Limits{})
{
}

Estimator::Estimator(Connection &replica, const Limits &limits)
    : m_replica(replica)
    , m_limits(limits)
{
}

std::expected<void, Error> Estimator::check()
{
    auto checked = checkReplica(m_replica);
    m_checked = checked.has_value();
    return checked;
}

Impact Estimator::estimate(const Assessment &assessment, const std::stop_token &stop)
{
    Impact result{.effects = {}, .replicaLagSeconds = {}, .at = QDateTime::currentDateTimeUtc(), .error = {}};
    const std::stop_callback cancel(stop, [canceller = m_replica.canceller()] { canceller->cancel(); });
    if (!m_checked) {
        if (const auto checked = check(); !checked) {
            result.error = checked.error().text();
            return result;
        }
    }
    result.replicaLagSeconds = replicaLag(m_replica);
    const Clock::time_point started = Clock::now();
    for (qsizetype index = 0; index < assessment.statements.size(); ++index) {
        for (const Effect &effect : assessment.statements.at(index).effects) {
            const QString end = reasonToEnd(result.effects.size(), started, m_limits, stop);
            auto impact = end.isEmpty() ? impactOf(effect) : unasked(effect, end);
            if (!impact)
                return {.effects = {}, .replicaLagSeconds = {}, .at = result.at, .error = impact.error().text()};
            impact->statement = index;
            result.effects.append(*impact);
        }
    }
    return result;
}

std::expected<EffectImpact, Error> Estimator::impactOf(const Effect &effect)
{
    const bool mute = effect.unknownBecause.isEmpty();
    EffectImpact impact = unasked(effect, mute ? u"the text does not tell its rows"_s : effect.unknownBecause);
    const auto table = lookUp(effect);
    if (!table)
        return std::unexpected(table.error());
    impact.tableRows = table->rows;
    impact.statisticsAt = table->statisticsAt;

    std::expected<void, Error> measured;
    if (effect.wholeTable) {
        measured = measureTable(impact, *table);
    } else if (effect.rows) {
        impact.estimate = unknown(u"the text itself says how many"_s);
        impact.exact = known(*effect.rows);
        impact.fromText = true;
    } else if (!effect.rowsSelect.isEmpty()) {
        measured = measureSelect(impact, effect.rowsSelect);
    }
    if (!measured)
        return std::unexpected(measured.error());
    return impact;
}

std::expected<TableFacts, Error> Estimator::lookUp(const Effect &effect)
{
    if (const QString why = whyNoTable(effect); !why.isEmpty())
        return TableFacts{.select = {}, .rows = unknown(why), .statisticsAt = {}};
    auto read = GuardedRead::begin(m_replica, m_limits.read);
    if (!read)
        return std::unexpected(read.error());
    auto facts = tableFacts(m_replica, effect.table);
    if (!facts)
        return TableFacts{.select = {}, .rows = unknown(reason(facts.error())), .statisticsAt = {}};
    facts->statisticsAt = statisticsTime(m_replica, effect.table);
    return facts;
}

std::expected<void, Error> Estimator::measureTable(EffectImpact &impact, const TableFacts &table)
{
    impact.estimate = table.rows;
    impact.exact = unknown(table.rows.unknownBecause);
    if (table.select.isEmpty())
        return {};
    auto read = GuardedRead::begin(m_replica, m_limits.read);
    if (!read)
        return std::unexpected(read.error());
    impact.exact = counted(*read, table.select);
    return {};
}

std::expected<void, Error> Estimator::measureSelect(EffectImpact &impact, const QString &sql)
{
    const auto select = readingStatement(sql);
    if (!select) {
        setUnknown(impact, select.error().text());
        return {};
    }
    auto read = GuardedRead::begin(m_replica, m_limits.read);
    if (!read)
        return std::unexpected(read.error());
    const auto plan = read->explain(*select);
    if (!plan) {
        // What cannot even be planned cannot be counted either.
        setUnknown(impact, reason(plan.error()));
        return {};
    }
    const auto rows = plannedRows(*plan);
    impact.estimate = rows ? known(*rows) : unknown(rows.error());
    impact.exact = counted(*read, *select);
    return {};
}

} // namespace holdpoint
