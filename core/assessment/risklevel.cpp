// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/risklevel.h"

#include <array>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
constexpr std::array levels{RiskLevel::Read, RiskLevel::Write, RiskLevel::Destructive, RiskLevel::Critical};
}

QString toWord(RiskLevel level)
{
    switch (level) {
    case RiskLevel::Read:
        return u"read"_s;
    case RiskLevel::Write:
        return u"write"_s;
    case RiskLevel::Destructive:
        return u"destructive"_s;
    case RiskLevel::Critical:
        break;
    }
    return u"critical"_s;
}

std::optional<RiskLevel> riskLevelFromWord(QStringView word)
{
    for (const RiskLevel level : levels)
        if (word == toWord(level))
            return level;
    return std::nullopt;
}

} // namespace holdpoint
