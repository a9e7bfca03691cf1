// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/names.h"
#include "core/analysis/rule.h"

#include <algorithm>

namespace holdpoint {

namespace {

bool isOwnSavepoint(const Visit &visit)
{
    auto &savepoints = visit.inspection().script().savepoints;
    const std::string_view kind = visit["kind"].text();
    const std::string name(visit["savepoint_name"].text());
    if (kind == "TRANS_STMT_SAVEPOINT")
        return savepoints.insert(name), true;
    return (kind == "TRANS_STMT_RELEASE" || kind == "TRANS_STMT_ROLLBACK_TO") && savepoints.contains(name);
}

void transactionStatement(const Visit &visit)
{
    if (!isOwnSavepoint(visit))
        visit.found();
}

bool isNumber(Node value, std::int64_t number)
{
    return value.as("A_Const") && value.as("A_Const")["ival"] && value.as("A_Const")["ival"]["ival"].number() == number;
}

/// SET TRANSACTION …: only making it stricter is fine.
bool isStricter(Node item)
{
    const Node element = item.as("DefElem");
    const std::string_view name = element["defname"].text();
    return (name == "transaction_read_only" && isNumber(element["arg"], 1)) || name == "transaction_deferrable";
}

void setTransaction(const Visit &visit)
{
    const std::string name = lowered(visit["name"].text());
    if (name == "transaction_read_only" || name == "default_transaction_read_only" || name == "transaction_isolation")
        return visit.found();
    if (visit["kind"].text() == "VAR_SET_MULTI"
        && (name != "transaction" || !std::ranges::all_of(visit["args"], isStricter)))
        visit.found();
}

constexpr std::string_view message = "This ends or changes the transaction that Holdpoint guards the action with.";
constexpr std::string_view remedy = "Leave it out: Holdpoint runs an action in one transaction.";

constexpr Rule rules[] = {
    {"transaction-escape", RiskLevel::Critical, "TransactionStmt", transactionStatement, message, remedy},
    {"transaction-escape", RiskLevel::Critical, "VariableSetStmt", setTransaction, message, remedy},
};

} // namespace

std::span<const Rule> transactionRules()
{
    return rules;
}

} // namespace holdpoint
