// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/impact/tablefacts.h"

#include <stop_token>

namespace holdpoint {

/// Asks a read replica how many rows a revision would touch. Never sends the revision's own statements, only the
/// SELECTs that the analyzer made of them.
///
/// Lives on the thread of its connection, and blocks it. What cannot be found out is unknown with its reason, never 0.
class Estimator
{
public:
    struct Limits
    {
        ReadLimits read;
        qsizetype effects = 50; ///< further ones stay unknown
        std::chrono::milliseconds whole{30'000}; ///< once it has passed, nothing more is asked
    };

    /// @param replica must outlive this object
    explicit Estimator(Connection &replica);
    Estimator(Connection &replica, const Limits &limits);

    /// Refuses a primary and a role that could write. estimate() asks it, too, before it asks anything else.
    std::expected<void, Error> check();

    /// @param stop ends it early: what is missing then is unknown. Requesting the stop contacts the server and may take
    ///        as long as that: never do it on a thread that serves a window.
    Impact estimate(const Assessment &assessment, const std::stop_token &stop = {});

private:
    std::expected<EffectImpact, Error> impactOf(const Effect &effect);
    std::expected<TableFacts, Error> lookUp(const Effect &effect);
    std::expected<void, Error> measureTable(EffectImpact &impact, const TableFacts &table);
    std::expected<void, Error> measureSelect(EffectImpact &impact, const QString &sql);

    Connection &m_replica;
    Limits m_limits;
    bool m_checked = false;
};

} // namespace holdpoint
