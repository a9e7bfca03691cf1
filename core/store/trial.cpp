// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/trial.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr std::array stateWords{
    std::pair{TrialState::Requested, "requested"_L1},
    std::pair{TrialState::Running, "running"_L1},
    std::pair{TrialState::Finished, "finished"_L1},
    std::pair{TrialState::Lost, "lost"_L1},
};

} // namespace

QStringList SandboxVerdict::emptyTables() const
{
    QStringList names;
    for (const TouchedTable &table : tables)
        if (table.sandboxEmpty.value_or(false))
            names.append(table.name);
    return names;
}

bool TrialResult::changedNothing() const
{
    return outcome == Outcome::Ran && rowsChanged == 0;
}

QString toWord(TrialState state)
{
    for (const auto &[candidate, word] : stateWords)
        if (candidate == state)
            return word;
    Q_UNREACHABLE_RETURN({});
}

std::optional<TrialState> trialStateFromWord(QStringView word)
{
    for (const auto &[state, candidate] : stateWords)
        if (candidate == word)
            return state;
    return std::nullopt;
}

QString describe(const SchemaDifference &difference)
{
    return u"%1: %2 in the target, %3 in the sandbox"_s.arg(difference.what, difference.target, difference.sandbox);
}

} // namespace holdpoint
