// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/narrowing.h"
#include "core/analysis/predicate.h"
#include "core/analysis/rule.h"

#include <algorithm>

namespace holdpoint {

namespace {

bool overwrites(const Visit &visit)
{
    return visit["onConflictClause"]["action"].text() == "ONCONFLICT_UPDATE";
}

bool sourceIsBounded(const Visit &visit)
{
    return judgeSelect(visit["selectStmt"], visit.inspection()).reach <= Reach::Bounded;
}

void upsertOverwrite(const Visit &visit)
{
    if (overwrites(visit) && sourceIsBounded(visit))
        visit.found();
}

void upsertUnbounded(const Visit &visit)
{
    if (overwrites(visit) && !sourceIsBounded(visit))
        visit.found();
}

void insertSelect(const Visit &visit)
{
    const Node select = visit["selectStmt"].body();
    if (select["fromClause"] || select["larg"])
        visit.found();
}

bool changesRows(Node when)
{
    const std::string_view command = when["commandType"].text();
    return command == "CMD_DELETE" || command == "CMD_UPDATE";
}

bool keepsFew(Node condition, const Visit &visit)
{
    return judge(condition, {visit.inspection(), {}, {}}).reach <= Reach::Bounded;
}

bool joins(const Visit &visit)
{
    return std::ranges::any_of(conjuncts(visit["joinCondition"]), isTie);
}

/// Whether the join alone keeps the matched rows few.
bool joinIsBounded(const Visit &visit)
{
    return joins(visit)
        && (reachOfFromItem(visit["sourceRelation"], visit.inspection()) <= Reach::Bounded
            || keepsFew(visit["joinCondition"], visit));
}

bool isUnconditional(const Visit &visit)
{
    const bool bounded = joinIsBounded(visit);
    return std::ranges::any_of(visit["mergeWhenClauses"], [&](Node clause) {
        const Node when = clause.as("MergeWhenClause");
        if (!changesRows(when))
            return false;
        if (when["matchKind"].text() == "MERGE_WHEN_NOT_MATCHED_BY_SOURCE")
            return true;
        return !bounded && !(joins(visit) && keepsFew(when["condition"], visit));
    });
}

void mergeUnconditional(const Visit &visit)
{
    if (isUnconditional(visit))
        visit.found(visit["relation"]["relname"].text());
}

void mergeWrite(const Visit &visit)
{
    if (!isUnconditional(visit))
        visit.found(visit["relation"]["relname"].text());
}

constexpr Rule rules[] = {
    {"upsert-overwrite", RiskLevel::Write, "InsertStmt", upsertOverwrite, "Rows that exist already are overwritten.",
        "Use ON CONFLICT DO NOTHING if they should stay as they are."},
    {"upsert-unbounded", RiskLevel::Destructive, "InsertStmt", upsertUnbounded,
        "Rows that exist already are overwritten, and nothing limits how many: this is an UPDATE without WHERE.",
        "Filter the SELECT that feeds it."},
    {"insert-select", RiskLevel::Write, "InsertStmt", insertSelect,
        "How many rows are inserted depends on what the SELECT gives.", "Count the SELECT's rows first."},
    {"merge-unconditional", RiskLevel::Destructive, "MergeStmt", mergeUnconditional,
        "This MERGE changes rows of \"%1\" under no condition that limits them.",
        "Filter the source, or give the WHEN an AND condition; avoid NOT MATCHED BY SOURCE."},
    {"merge-write", RiskLevel::Write, "MergeStmt", mergeWrite, "MERGE inserts, updates or deletes rows of \"%1\".",
        "Check the row counts of each branch."},
};

} // namespace

std::span<const Rule> insertRules()
{
    return rules;
}

} // namespace holdpoint
