// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/analysiscatalog.h"
#include "app/ctl/assessmenttext.h"

#include <QJsonObject>

namespace holdpoint {

/// Assessments as one SARIF 2.1.0 log, which code hosts can show beside the lines. The run's properties say which
/// catalogue they were made with.
QJsonObject toSarif(const QList<AnalysedText> &texts, const AnalysisCatalog &catalog);

} // namespace holdpoint
