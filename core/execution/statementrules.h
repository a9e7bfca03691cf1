// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/database/error.h"

namespace holdpoint {

/// Why the executor runs a statement for nobody, whoever approved it; empty if it may run. Only kinds on a list run:
/// nothing that ends the transaction, leaves it, or changes what later statements mean.
/// @param sql the statement's own bytes
/// @param approved the lowest level at which it was approved
QString whyNeverRun(const Statement &statement, const QByteArray &sql, RiskLevel approved);

/// Refuses what could not be parsed, and a text without a statement.
std::expected<void, Error> checkParsed(const Assessment &assessment);

/// The bytes of each statement, in order, if the executor may run all of them.
std::expected<QList<QByteArray>, Error> runnableStatements(
    const QByteArray &sql, const Assessment &assessment, RiskLevel approved);

} // namespace holdpoint
