// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rewriting/rowchange.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

using namespace pgtree;

namespace {

using Kind = RowChange::Kind;

/// The rows that reach the WHEN clauses of one kind of match. Each row takes the first clause whose condition is true.
class Matches
{
public:
    Matches(const MergeStmt &merge, MergeMatchKind kind, WithClause *with)
        : m_merge(merge)
        , m_kind(kind)
        , m_with(with)
    {
    }

    /// What comes after it is left with the rows that do not satisfy it.
    void pass(PgNode *condition) { m_remaining = both(m_remaining, isNotTrue(condition ? condition : truth())); }

    RowChange changeOf(const MergeWhenClause &clause) const
    {
        RowChange change;
        change.relation = m_merge.relation;
        change.with = m_with;
        change.assigned = clause.targetList;
        change.kind = clause.commandType == CMD_DELETE ? Kind::Delete
            : clause.commandType == CMD_UPDATE         ? Kind::Update
                                                       : Kind::Insert;
        change.from = list_make1(rows());
        change.repeats = m_kind == MERGE_WHEN_MATCHED;
        change.where = both(both(unmatched(), m_remaining), clause.condition);
        if (change.kind == Kind::Insert)
            change.source = inserted(change, clause);
        return change;
    }

private:
    PgNode *table() const { return node(m_merge.relation); }

    PgNode *rows() const
    {
        if (m_kind == MERGE_WHEN_NOT_MATCHED_BY_SOURCE)
            return table();
        if (m_kind == MERGE_WHEN_NOT_MATCHED_BY_TARGET)
            return m_merge.sourceRelation;
        auto *join = made<JoinExpr>(T_JoinExpr);
        join->jointype = JOIN_INNER;
        join->larg = table();
        join->rarg = m_merge.sourceRelation;
        join->quals = m_merge.joinCondition;
        return node(join);
    }

    PgNode *unmatched() const
    {
        if (m_kind == MERGE_WHEN_MATCHED)
            return nullptr;
        auto *match = made<SelectStmt>(T_SelectStmt);
        match->targetList = list_make1(target(one()));
        match->fromClause = list_make1(m_kind == MERGE_WHEN_NOT_MATCHED_BY_SOURCE ? m_merge.sourceRelation : table());
        match->whereClause = m_merge.joinCondition;
        return notExists(match);
    }

    SelectStmt *inserted(const RowChange &change, const MergeWhenClause &clause) const
    {
        auto *select = made<SelectStmt>(T_SelectStmt);
        for (int index = 0; index < list_length(clause.values); ++index)
            select->targetList =
                lappend(select->targetList, target(static_cast<PgNode *>(list_nth(clause.values, index))));
        if (!select->targetList)
            select->targetList = list_make1(target(one()));
        select->fromClause = change.from;
        select->whereClause = change.where;
        select->withClause = m_with;
        return select;
    }

    const MergeStmt &m_merge;
    MergeMatchKind m_kind;
    WithClause *m_with;
    PgNode *m_remaining = nullptr;
};

QString nameOf(MergeMatchKind kind)
{
    switch (kind) {
    case MERGE_WHEN_MATCHED:
        return u"WHEN MATCHED"_s;
    case MERGE_WHEN_NOT_MATCHED_BY_SOURCE:
        return u"WHEN NOT MATCHED BY SOURCE"_s;
    default:
        return u"WHEN NOT MATCHED"_s;
    }
}

} // namespace

std::vector<RowChange> mergeChanges(const MergeStmt &merge, WithClause *with)
{
    std::vector<RowChange> changes;
    for (const MergeMatchKind kind :
        {MERGE_WHEN_MATCHED, MERGE_WHEN_NOT_MATCHED_BY_SOURCE, MERGE_WHEN_NOT_MATCHED_BY_TARGET}) {
        Matches matches(merge, kind, with);
        for (int index = 0; index < list_length(merge.mergeWhenClauses); ++index) {
            const auto &clause = *static_cast<MergeWhenClause *>(list_nth(merge.mergeWhenClauses, index));
            if (clause.matchKind != kind)
                continue;
            if (clause.commandType != CMD_NOTHING) {
                changes.push_back(matches.changeOf(clause));
                changes.back().branch = u"%1, clause %2"_s.arg(nameOf(kind)).arg(index + 1);
            }
            matches.pass(clause.condition);
        }
    }
    return changes;
}

} // namespace holdpoint
