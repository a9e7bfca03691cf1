// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/assessment/catalogstate.h"
#include "core/impact/impact.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace holdpoint {

/// 48210 → "48,210", by the user's locale.
QString numberText(qint64 number);
/// "48,210 rows", "1 row".
QString rowsText(qint64 rows);
/// "just now", "2 min", "3 h", "5 d": time gone by since `then`; "never" for an invalid one.
QString ageText(const QDateTime &then, const QDateTime &now);
/// As ageText(), as part of a sentence: "2 min ago".
QString agoText(const QDateTime &then, const QDateTime &now);
/// Date and time to the second, in the local zone.
QString momentText(const QDateTime &moment);
/// Time of day to the second, in the local zone.
QString clockText(const QDateTime &moment);
QString millisecondsText(double milliseconds);
/// What an assessment was made with: "with the catalogue of prod-eu, read 12 s ago", or that it is from the text alone.
QString catalogText(const CatalogState &catalog, const QDateTime &now);
/// "0.4 s behind", or that it cannot be told.
QString lagText(const std::optional<double> &seconds);
/// "48,210", "more than 10,000", "≈ 48,100", or "unknown".
QString figureText(const Figure &figure, bool estimate);
/// "12 %", "less than 1 %".
QString shareText(qint64 part, qint64 whole);

/// The text with a full stop, to be followed by another sentence; nothing stays nothing.
QString sentence(const QString &text);
QString levelText(RiskLevel level);
/// What the first line of a queue row says: "DELETE customers", "UPDATE orders + 2 more".
QString summaryOf(const Assessment &assessment);

} // namespace holdpoint
