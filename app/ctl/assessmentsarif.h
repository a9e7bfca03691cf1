// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/assessmenttext.h"

#include <QJsonObject>

namespace holdpoint {

/// Assessments as one SARIF 2.1.0 log, which code hosts can show beside the lines.
QJsonObject toSarif(const QList<AnalysedText> &texts);

} // namespace holdpoint
