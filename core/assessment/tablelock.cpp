// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/tablelock.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr std::size_t modes = std::size_t(LockMode::Unknown);

constexpr std::array<QLatin1StringView, modes + 1> words{"ACCESS SHARE"_L1, "ROW SHARE"_L1, "ROW EXCLUSIVE"_L1,
    "SHARE UPDATE EXCLUSIVE"_L1, "SHARE"_L1, "SHARE ROW EXCLUSIVE"_L1, "EXCLUSIVE"_L1, "ACCESS EXCLUSIVE"_L1,
    "unknown"_L1};

/// The manual's table 13.2, `x` for a conflict; the modes stand in the order of LockMode.
constexpr std::array<QLatin1StringView, modes> conflicts{
    ".......x"_L1,
    "......xx"_L1,
    "....xxxx"_L1,
    "...xxxxx"_L1,
    "..xx.xxx"_L1,
    "..xxxxxx"_L1,
    ".xxxxxxx"_L1,
    "xxxxxxxx"_L1,
};

} // namespace

QString toWord(LockMode mode)
{
    return words[std::size_t(mode)];
}

std::optional<LockMode> lockModeFromWord(QStringView word)
{
    for (const LockMode mode : lockModes)
        if (word == words[std::size_t(mode)])
            return mode;
    return std::nullopt;
}

bool conflict(LockMode held, LockMode wanted)
{
    if (held == LockMode::Unknown || wanted == LockMode::Unknown)
        return true;
    return conflicts[std::size_t(held)][qsizetype(wanted)] == u'x';
}

} // namespace holdpoint
