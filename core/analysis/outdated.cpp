// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/effects.h"

#include <QHash>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// A name without the schema that is looked in anyway.
QString bare(const QString &table)
{
    return table.startsWith("public."_L1) ? table.mid(7) : table;
}

/// A call, or anything else whose name is no table's.
bool mayChangeAnything(const Effect &effect)
{
    static const QStringList ofTables{
        u"alter"_s, u"create"_s, u"delete"_s, u"drop"_s, u"insert"_s, u"truncate"_s, u"update"_s};
    return !effect.unknownBecause.isEmpty() && !ofTables.contains(effect.verb);
}

QString why(qsizetype statement, const QString &table)
{
    return u"statement %1 of this text changes %2 before it"_s.arg(statement + 1).arg(table);
}

/// Which statement first changed a table; `unknown` stands for all of them.
class Changes
{
public:
    void add(qsizetype index, const Statement &statement)
    {
        for (const Effect &effect : statement.effects) {
            if (effect.rows == 0 && effect.verb == u"select"_s)
                continue;
            note(index, mayChangeAnything(effect) ? u"unknown"_s : effect.table);
            for (const Reached &reached : effect.reached)
                if (reached.action != Reached::Action::Refuse)
                    note(index, reached.table);
        }
    }

    /// Empty if nothing that a statement reads was changed before.
    QString reasonFor(const Statement &statement) const
    {
        if (const auto any = m_first.constFind(u"unknown"_s); any != m_first.cend())
            return why(*any, u"tables that nobody can name"_s);
        for (const QString &relation : statement.relations)
            if (const auto first = m_first.constFind(bare(relation)); first != m_first.cend())
                return why(*first, bare(relation));
        return {};
    }

private:
    void note(qsizetype index, const QString &table)
    {
        if (!m_first.contains(bare(table)))
            m_first.insert(bare(table), index);
    }

    QHash<QString, qsizetype> m_first;
};

} // namespace

void noteOutdated(QList<Statement> &statements)
{
    Changes changes;
    for (qsizetype index = 0; index < statements.size(); ++index) {
        Statement &statement = statements[index];
        const QString reason = index == 0 ? QString() : changes.reasonFor(statement);
        for (Effect &effect : statement.effects)
            if (!effect.rowsSelect.isEmpty() || effect.wholeTable)
                effect.outdatedBecause = reason;
        changes.add(index, statement);
    }
}

} // namespace holdpoint
