// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace holdpoint {

/// How frightened an approver should be. Ordered: a script has the highest level of its statements.
enum class RiskLevel {
    Read, ///< no write effect
    Write, ///< bounded and reversible
    Destructive, ///< loses data, or is unbounded
    Critical, ///< irreversible, gives away privilege, or defeats a guard
};

/// The word used in the store, in JSON and on screen: `read`, `write`, `destructive`, `critical`.
QString toWord(RiskLevel level);

/// The level of a word; nothing for any other text. Callers must treat nothing as Critical, never as Read.
std::optional<RiskLevel> riskLevelFromWord(QStringView word);

} // namespace holdpoint
