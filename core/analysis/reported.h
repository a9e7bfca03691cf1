// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/statement.h"

#include <QSet>

namespace holdpoint {

inline std::size_t qHash(const Finding &finding, std::size_t seed = 0)
{
    return qHashMulti(seed, finding.start, finding.end, finding.rule, finding.message);
}

/// Tells whether a statement has a finding or a relation already. A statement may have a hundred thousand of them:
/// looking through its list for each would take minutes.
class Reported
{
public:
    /// Adds what is new to the statement.
    void add(Statement &statement, Finding &&finding)
    {
        add(statement, statement.findings, m_findings, std::move(finding));
    }
    void add(Statement &statement, const QString &relation)
    {
        add(statement, statement.relations, m_relations, QString(relation));
    }

private:
    template <typename T> struct Known
    {
        const Statement *statement = nullptr;
        qsizetype count = 0; ///< of the statement's list when the set was in step with it
        QSet<T> set;
    };

    template <typename T> static void add(const Statement &statement, QList<T> &list, Known<T> &known, T &&value)
    {
        constexpr qsizetype few = 32;
        if (list.size() < few) {
            if (!list.contains(value))
                list.append(std::move(value));
            return;
        }
        if (known.statement != &statement || known.count != list.size())
            known = {&statement, list.size(), QSet<T>(list.cbegin(), list.cend())};
        if (known.set.contains(value))
            return;
        known.set.insert(value);
        list.append(std::move(value));
        known.count = list.size();
    }

    Known<Finding> m_findings;
    Known<QString> m_relations;
};

} // namespace holdpoint
