// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/impactsums.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// Unknown as soon as one part is.
class Sum
{
public:
    void add(const Figure &figure)
    {
        if (!figure.rows) {
            if (m_total.rows)
                m_total = figure;
            return;
        }
        if (!m_total.rows)
            return;
        *m_total.rows += std::min(*figure.rows, most - *m_total.rows);
        m_total.atLeast = m_total.atLeast || figure.atLeast;
    }
    Figure total() const { return m_total; }

private:
    static constexpr qint64 most = std::numeric_limits<qint64>::max();
    Figure m_total{.rows = 0, .atLeast = false, .unknownBecause = {}};
};

Figure unknown(const QString &why)
{
    return {.rows = {}, .atLeast = false, .unknownBecause = why};
}

/// Why a statement without effects may change something all the same; empty if it only reads.
QString whyWithoutEffects(const Statement &statement, const Assessment &assessment)
{
    if (!assessment.error.isEmpty())
        return assessment.error;
    return statement.level == RiskLevel::Read ? QString() : u"the analyzer does not say what it would change"_s;
}

void note(QStringList &reasons, const Figure &figure)
{
    if (!figure.rows && !reasons.contains(figure.unknownBecause))
        reasons.append(figure.unknownBecause);
}

void addUp(StatementImpact &statement)
{
    Sum estimate, exact, tableRows;
    QStringList tables;
    for (const EffectImpact *effect : std::as_const(statement.effects)) {
        estimate.add(effect->fromText ? effect->exact : effect->estimate);
        exact.add(effect->exact);
        if (!tables.contains(effect->table))
            tableRows.add(effect->tableRows);
        tables.append(effect->table);
        note(statement.unknownBecause, effect->exact);
        for (const ReachedImpact &reached : effect->reached)
            note(statement.unknownBecause, reached.rows);
    }
    statement.estimate = estimate.total();
    statement.exact = exact.total();
    statement.tableRows = tableRows.total();
}

} // namespace

QList<StatementImpact> byStatement(const AskedImpact &asked)
{
    QList<StatementImpact> all;
    for (qsizetype index = 0; index < asked.assessment.statements.size(); ++index) {
        StatementImpact statement{.statement = &asked.assessment.statements.at(index),
            .effects = {},
            .estimate = {},
            .exact = {},
            .tableRows = {},
            .unknownBecause = {}};
        for (const EffectImpact &effect : asked.impact.effects)
            if (effect.statement == index)
                statement.effects.append(&effect);
        const QString why = whyWithoutEffects(*statement.statement, asked.assessment);
        addUp(statement);
        if (statement.effects.isEmpty() && !why.isEmpty()) {
            statement.estimate = statement.exact = statement.tableRows = unknown(why);
            statement.unknownBecause = {why};
        }
        all.append(statement);
    }
    return all;
}

bool hasUnknown(const AskedImpact &asked)
{
    const auto isUnknown = [](const ReachedImpact &reached) {
        return reached.action != Reached::Action::Refuse && !reached.rows.rows;
    };
    const bool followsUnknown = std::ranges::any_of(asked.impact.effects,
        [&](const EffectImpact &effect) { return std::ranges::any_of(effect.reached, isUnknown); });
    if (!asked.assessment.error.isEmpty() || !asked.impact.totalRows() || followsUnknown)
        return true;
    return std::ranges::any_of(byStatement(asked), [](const StatementImpact &statement) {
        return statement.effects.isEmpty() && !statement.unknownBecause.isEmpty();
    });
}

} // namespace holdpoint
