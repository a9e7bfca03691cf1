// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>

#include <algorithm>
#include <vector>

namespace holdpoint::bench {

/// How long something took, in seconds.
template <typename Work> double secondsOf(const Work &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

/// What was measured in several rounds.
class Samples
{
public:
    void add(double sample) { m_samples.push_back(sample); }
    double median() const
    {
        std::vector<double> sorted = m_samples;
        std::ranges::sort(sorted);
        return sorted.empty() ? 0 : sorted[sorted.size() / 2];
    }
    double maximum() const { return m_samples.empty() ? 0 : std::ranges::max(m_samples); }

private:
    std::vector<double> m_samples;
};

} // namespace holdpoint::bench
