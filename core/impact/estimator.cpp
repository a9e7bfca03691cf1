// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/estimator.h"

#include "core/impact/measuring.h"
#include "core/impact/replicacheck.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

namespace {

using Clock = std::chrono::steady_clock;

/// Between two reports of what is known so far.
constexpr auto reportPause = 200ms;

Impact failed(const QDateTime &at, const Error &error)
{
    Impact impact;
    impact.at = at;
    impact.error = error.text();
    return impact;
}

} // namespace

/// One assessment being asked about. Every step is one short transaction; between them it may be stopped.
class Estimator::Run
{
public:
    Run(Estimator &estimator, const Assessment &assessment, const std::stop_token &stop, const Progress &progress)
        : m_limits(estimator.m_limits)
        , m_measuring(estimator.m_replica, estimator.m_limits.read)
        , m_stop(stop)
        , m_progress(progress)
    {
        for (qsizetype index = 0; index < assessment.statements.size(); ++index)
            for (const Effect &effect : assessment.statements.at(index).effects) {
                m_effects.append(&effect);
                m_impact.effects.append(Measuring::unasked(effect, index, u"the replica is still being asked"_s));
            }
    }

    Impact run(const std::optional<double> &lag)
    {
        m_impact.at = QDateTime::currentDateTimeUtc();
        m_impact.replicaLagSeconds = lag;
        m_impact.settled = false;
        const bool done = each(&Measuring::outline) && report() && eachPreview() && report() && each(&Measuring::note)
            && each(&Measuring::count) && each(&Measuring::follow);
        if (!done)
            return failed(m_impact.at, m_error);
        m_impact.settled = true;
        return m_impact;
    }

private:
    using Step = std::expected<void, Error> (Measuring::*)(const Effect &, EffectImpact &);

    /// Why no further effect is asked for; empty to go on.
    QString reasonToEnd(qsizetype asked) const
    {
        if (m_stop.stop_requested())
            return u"it was stopped before it was asked"_s;
        if (asked >= m_limits.effects)
            return u"only the first %1 effects are asked for"_s.arg(m_limits.effects);
        if (Clock::now() - m_started >= m_limits.whole)
            return u"the time for the whole action had passed"_s;
        return {};
    }

    bool each(Step step)
    {
        for (qsizetype index = 0; index < m_effects.size(); ++index) {
            EffectImpact &impact = m_impact.effects[index];
            if (const QString end = reasonToEnd(index); !end.isEmpty()) {
                Measuring::endEarly(impact, end);
                continue;
            }
            if (const auto done = (m_measuring.*step)(*m_effects[index], impact); !done) {
                m_error = done.error();
                return false;
            }
            reportSometimes();
        }
        return true;
    }

    bool eachPreview()
    {
        for (qsizetype index = 0; index < std::min(m_effects.size(), m_limits.previews); ++index) {
            if (!reasonToEnd(index).isEmpty())
                return true;
            const auto done = m_measuring.preview(
                *m_effects[index], m_impact.effects[index], m_limits.previewRows, m_limits.sensitive);
            if (!done) {
                m_error = done.error();
                return false;
            }
        }
        return true;
    }

    bool report()
    {
        if (m_progress && !m_stop.stop_requested())
            m_progress(m_impact);
        m_reported = Clock::now();
        return true;
    }

    void reportSometimes()
    {
        if (Clock::now() - m_reported >= reportPause)
            report();
    }

    const Limits &m_limits;
    Measuring m_measuring;
    std::stop_token m_stop;
    const Progress &m_progress;
    QList<const Effect *> m_effects;
    Impact m_impact;
    Error m_error;
    Clock::time_point m_started = Clock::now();
    Clock::time_point m_reported = Clock::now();
};

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

Impact Estimator::estimate(const Assessment &assessment, const std::stop_token &stop, const Progress &progress)
{
    const std::stop_callback cancel(stop, [canceller = m_replica.canceller()] { canceller->cancel(); });
    if (!m_checked)
        if (const auto checked = check(); !checked)
            return failed(QDateTime::currentDateTimeUtc(), checked.error());
    return Run(*this, assessment, stop, progress).run(replicaLag(m_replica));
}

} // namespace holdpoint
