// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/measuring.h"

#include "core/impact/planreader.h"
#include "core/impact/previewreader.h"
#include "core/impact/tablefacts.h"
#include "core/impact/tablenotes.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

Figure unknown(const QString &why)
{
    return {.rows = {}, .atLeast = false, .unknownBecause = why};
}

Figure known(qint64 rows)
{
    return {.rows = rows, .atLeast = false, .unknownBecause = {}};
}

QString reason(const Error &error)
{
    return error.code == Error::Code::TimedOut ? u"the replica stopped it: %1"_s.arg(error.text()) : error.text();
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

bool isMissing(const Figure &figure)
{
    return !figure.rows;
}

} // namespace

Measuring::Measuring(Connection &replica, const ReadLimits &limits)
    : m_replica(replica)
    , m_limits(limits)
{
}

EffectImpact Measuring::unasked(const Effect &effect, qsizetype statement, const QString &why)
{
    EffectImpact impact;
    impact.statement = statement;
    impact.verb = effect.verb;
    impact.table = effect.table;
    impact.branch = effect.branch;
    impact.atMost = effect.atMost;
    impact.outdatedBecause = effect.outdatedBecause;
    for (Figure *figure : {&impact.estimate, &impact.exact, &impact.tableRows})
        *figure = unknown(why);
    for (const Reached &reached : effect.reached)
        impact.reached.append({.table = reached.table,
            .through = reached.through,
            .constraints = reached.constraints,
            .action = reached.action,
            .hops = reached.hops,
            .rows = unknown(why)});
    return impact;
}

void Measuring::endEarly(EffectImpact &impact, const QString &why)
{
    for (Figure *figure : {&impact.estimate, &impact.exact, &impact.tableRows})
        if (isMissing(*figure))
            figure->unknownBecause = why;
    for (ReachedImpact &reached : impact.reached)
        if (isMissing(reached.rows))
            reached.rows.unknownBecause = why;
}

std::expected<void, Error> Measuring::outline(const Effect &effect, EffectImpact &impact)
{
    if (const QString why = whyNoTable(effect); !why.isEmpty()) {
        impact.tableRows = unknown(why);
    } else {
        auto read = GuardedRead::begin(m_replica, m_limits);
        if (!read)
            return std::unexpected(read.error());
        const auto facts = tableFacts(m_replica, effect.table);
        impact.tableRows = facts ? facts->rows : unknown(reason(facts.error()));
        if (facts)
            impact.statisticsAt = statisticsTime(m_replica, effect.table);
    }
    if (effect.wholeTable) {
        impact.estimate = impact.tableRows;
        return {};
    }
    if (effect.rows) {
        impact.estimate = unknown(u"the text itself says how many"_s);
        impact.exact = known(*effect.rows);
        impact.fromText = true;
        return {};
    }
    if (!effect.rowsSelect.isEmpty())
        return planSelect(effect.rowsSelect, impact);
    impact.estimate =
        unknown(effect.unknownBecause.isEmpty() ? u"the text does not tell its rows"_s : effect.unknownBecause);
    return {};
}

std::expected<void, Error> Measuring::planSelect(const QString &sql, EffectImpact &impact)
{
    const auto select = readingStatement(sql);
    if (!select) {
        impact.estimate = unknown(select.error().text());
        return {};
    }
    auto read = GuardedRead::begin(m_replica, m_limits);
    if (!read)
        return std::unexpected(read.error());
    const auto json = read->explain(*select);
    if (!json) {
        impact.estimate = unknown(reason(json.error()));
        return {};
    }
    const auto plan = readPlan(*json);
    impact.estimate = plan ? known(plan->root.rows) : unknown(plan.error());
    if (plan)
        impact.plan = *plan;
    return {};
}

std::expected<void, Error> Measuring::note(const Effect &effect, EffectImpact &impact)
{
    if (effect.table == u"unknown"_s)
        return {};
    auto read = GuardedRead::begin(m_replica, m_limits);
    if (!read)
        return std::unexpected(read.error());
    const auto notes = tableNotes(m_replica, effect.table, effect.verb);
    if (notes)
        impact.notes = *notes;
    else
        impact.notes.unknownBecause = reason(notes.error());
    return {};
}

std::expected<void, Error> Measuring::count(const Effect &effect, EffectImpact &impact)
{
    if (impact.fromText)
        return {};
    QString sql = effect.rowsSelect;
    if (effect.wholeTable) {
        auto read = GuardedRead::begin(m_replica, m_limits);
        if (!read)
            return std::unexpected(read.error());
        const auto facts = tableFacts(m_replica, effect.table);
        if (!facts) {
            impact.exact = unknown(reason(facts.error()));
            return {};
        }
        sql = QString::fromUtf8(facts->select);
    }
    // What cannot even be planned cannot be counted either.
    const bool isHopeless = sql.isEmpty() || (!effect.wholeTable && !impact.estimate.rows);
    if (isHopeless) {
        impact.exact = unknown(impact.estimate.unknownBecause);
        return {};
    }
    const auto figure = counted(sql);
    if (!figure)
        return std::unexpected(figure.error());
    impact.exact = *figure;
    return {};
}

std::expected<Figure, Error> Measuring::counted(const QString &sql)
{
    const auto select = readingStatement(sql);
    if (!select)
        return unknown(select.error().text());
    auto read = GuardedRead::begin(m_replica, m_limits);
    if (!read)
        return std::unexpected(read.error());
    const auto figure = read->count(*select);
    return figure ? *figure : unknown(reason(figure.error()));
}

std::expected<void, Error> Measuring::follow(const Effect &effect, EffectImpact &impact)
{
    for (qsizetype index = 0; index < effect.reached.size(); ++index) {
        const Reached &reached = effect.reached[index];
        if (reached.rowsSelect.isEmpty()) {
            impact.reached[index].rows = unknown(reached.unknownBecause);
            continue;
        }
        const auto figure = counted(reached.rowsSelect);
        if (!figure)
            return std::unexpected(figure.error());
        impact.reached[index].rows = *figure;
    }
    return {};
}

std::expected<void, Error> Measuring::preview(
    const Effect &effect, EffectImpact &impact, qint64 rows, const QStringList &sensitive)
{
    if (effect.previewSelect.isEmpty())
        return {};
    auto read = GuardedRead::begin(m_replica, m_limits);
    if (!read)
        return std::unexpected(read.error());
    impact.preview = readPreview(*read, effect, rows, sensitive);
    return {};
}

} // namespace holdpoint
