// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/trial.h"
#include "ui/label.h"

namespace holdpoint {

/// One sentence about a trial, with the weight that it has.
struct TrialLine
{
    Tone tone = Tone::Normal;
    QString text;

    bool operator==(const TrialLine &) const = default;
};

/// Why an ended trial has nothing to show, or what the sandbox's server refused; nothing where all of it ran.
QList<TrialLine> trialFailure(const Trial &trial);
/// Why it proves less than it seems to: tables without a row, or nothing that changed.
QList<TrialLine> trialDoubts(const TrialResult &result);
/// Which triggers fired, as far as the sandbox tells.
QList<TrialLine> trialTriggers(const TrialResult &result);
/// How far the sandbox can stand for the target: schema, sizes, age.
/// @param target its name
QList<TrialLine> trialVerdict(const TrialResult &result, const QString &target);

} // namespace holdpoint
