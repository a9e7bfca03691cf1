// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>
#include <functional>
#include <stdexcept>

namespace holdpoint {

/// A step of the tour did not happen. Caught in one place: main().
class StepFailed : public std::runtime_error
{
public:
    explicit StepFailed(const QString &what);
};

/// Waits for things to come true while the window lives, and watches that the window's thread never hangs.
class Patience
{
public:
    /// Returns the milliseconds that it took.
    /// @throws StepFailed if it is not true in time
    qint64 until(const QString &what, const std::function<bool()> &condition,
        std::chrono::milliseconds most = std::chrono::seconds(60));
    /// Lets the window do what it has to do now.
    void settle();

    /// The longest that the window's thread was busy at a stretch.
    std::chrono::milliseconds longestStall() const { return m_longestStall; }

private:
    void live();

    std::chrono::milliseconds m_longestStall{0};
};

/// @throws StepFailed if it is not so
void require(bool condition, const QString &what);

} // namespace holdpoint
