// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/assessment.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

const Statement *Assessment::gravest() const
{
    const auto found = std::ranges::max_element(statements, {}, &Statement::level);
    return found == statements.end() ? nullptr : &*found;
}

Assessment cannotBeAnalysed(qsizetype bytes, const QString &why)
{
    Finding finding;
    finding.rule = u"cannot-be-analysed"_s;
    finding.level = RiskLevel::Critical;
    finding.end = bytes;
    finding.message = u"This text could not be analysed: %1."_s.arg(why);
    finding.remedy = u"Send a shorter, simpler text; what nobody could analyse, nobody can approve with open eyes."_s;

    Effect effect;
    effect.verb = u"run"_s;
    effect.table = u"unknown"_s;
    effect.unknownBecause = u"the text could not be analysed"_s;

    Statement statement;
    statement.kind = u"UNPARSEABLE"_s;
    statement.level = RiskLevel::Critical;
    statement.end = bytes;
    statement.findings = {finding};
    statement.effects = {effect};
    return {.level = RiskLevel::Critical, .statements = {statement}, .error = why};
}

} // namespace holdpoint
