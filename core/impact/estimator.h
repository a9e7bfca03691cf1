// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/impact/tablefacts.h"

#include <functional>
#include <stop_token>

namespace holdpoint {

/// Asks a read replica what a revision would touch. Never sends the revision's own statements, only the SELECTs that
/// the analyzer made of them.
///
/// Lives on the thread of its connection, and blocks it. What cannot be found out is unknown with its reason, never 0.
class Estimator
{
public:
    struct Limits
    {
        ReadLimits read;
        qsizetype effects = 50; ///< further ones stay unknown
        qsizetype previews = 5; ///< effects whose rows are shown
        qint64 previewRows = 50; ///< of each
        QStringList sensitive; ///< columns whose values nobody sees; see readPreview()
        std::chrono::milliseconds whole{30'000}; ///< once it has passed, nothing more is asked
    };
    /// Takes what is known so far: estimates first, then rows, then counts. Called on the estimator's thread.
    using Progress = std::function<void(const Impact &)>;

    /// @param replica must outlive this object
    explicit Estimator(Connection &replica);
    Estimator(Connection &replica, const Limits &limits);

    /// Refuses a primary and a role that could write. estimate() asks it, too, before it asks anything else.
    std::expected<void, Error> check();

    /// @param stop ends it early: what is missing then is unknown. Requesting the stop contacts the server and may take
    ///        as long as that: never do it on a thread that serves a window.
    Impact estimate(const Assessment &assessment, const std::stop_token &stop = {}, const Progress &progress = {});

private:
    class Run;

    Connection &m_replica;
    Limits m_limits;
    bool m_checked = false;
};

} // namespace holdpoint
