// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"
#include "core/database/row.h"
#include "core/store/action.h"
#include "core/store/agent.h"
#include "core/store/claimedaction.h"
#include "core/store/executor.h"
#include "core/store/ledgerentry.h"
#include "core/store/receipt.h"
#include "core/store/target.h"
#include "core/store/trial.h"

#include <expected>

namespace holdpoint {

// Rows of the store's views as values. A level or a state that this program does not know is read as the gravest:
// Critical, Unknown.

Action actionFromRow(const Row &row);
Action ownActionFromRow(const Row &row);
Agent agentFromRow(const Row &row);
Target targetFromRow(const Row &row);
PolicyRule policyRuleFromRow(const Row &row);
Revocation revocationFromRow(const Row &row);
Executor executorFromRow(const Row &row);
LedgerEntry ledgerEntryFromRow(const Row &row);
ClaimedAction claimedActionFromRow(const Row &row);
OpenRevocation openRevocationFromRow(const Row &row);
/// A state that is not known is read as lost, a result that cannot be read as none.
Trial trialFromRow(const Row &row);
ClaimedTrial claimedTrialFromRow(const Row &row);

/// A whole answer as values, or its error.
template <typename Value>
std::expected<QList<Value>, Error> valuesOf(const std::expected<Rows, Error> &rows, Value (*read)(const Row &))
{
    if (!rows)
        return std::unexpected(rows.error());
    QList<Value> values;
    values.reserve(rows->size());
    for (const Row &row : *rows)
        values.append(read(row));
    return values;
}

} // namespace holdpoint
