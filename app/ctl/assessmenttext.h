// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"

#include <QByteArray>

namespace holdpoint {

/// One text, where it came from, and what is to be said of it.
struct AnalysedText
{
    QString name; ///< as given on the command line
    QByteArray sql;
    Assessment assessment;
};

/// An assessment for people: each finding with its line, a mark under its span, and the remedy. Ends without a line
/// break. Nothing in it can steer a terminal but the colours, which come only where they are asked for.
QString describeAssessment(const AnalysedText &text, bool colours);

} // namespace holdpoint
