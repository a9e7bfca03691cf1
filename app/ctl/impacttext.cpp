// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/impacttext.h"

#include "app/ctl/terminal.h"
#include "app/ctl/texttable.h"
#include "core/assessment/effectjson.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString spelledFigure(const Figure &figure)
{
    if (!figure.rows)
        return u"unknown: %1"_s.arg(safeLine(figure.unknownBecause));
    return (figure.atLeast ? u"more than "_s : QString()) + spelled(*figure.rows);
}

QString cellText(const PreviewCell &cell, bool masked)
{
    return masked ? u"(masked)"_s : cell.value_or(u"NULL"_s);
}

/// Keys first, then what changes, then the rest: a terminal is narrow.
class PreviewText
{
public:
    explicit PreviewText(const Preview &preview)
        : m_preview(preview)
    {
        for (const bool keys : {true, false})
            for (qsizetype column = 0; column < preview.columns.size(); ++column)
                if (preview.columns[column].isKey == keys)
                    (keys ? m_keys : m_others).append(column);
    }

    QList<QStringList> rows() const
    {
        QStringList heading;
        for (const qsizetype column : m_keys)
            heading.append(m_preview.columns[column].name);
        for (const NewValue &value : m_preview.newValues)
            heading.append(m_preview.columns.isEmpty() ? value.column : u"→ "_s + value.column);
        for (const qsizetype column : m_others)
            heading.append(m_preview.columns[column].name);
        QList<QStringList> rows{heading};
        for (const PreviewRow &row : m_preview.rows)
            rows.append(cells(row));
        return rows;
    }

private:
    QStringList cells(const PreviewRow &row) const
    {
        QStringList list;
        for (const qsizetype column : m_keys)
            list.append(oldCell(row, column));
        for (qsizetype index = 0; index < row.after.size(); ++index)
            list.append(newCell(row, index));
        for (const qsizetype column : m_others)
            list.append(oldCell(row, column));
        return list;
    }

    QString oldCell(const PreviewRow &row, qsizetype column) const
    {
        return cellText(row.before[column], m_preview.masked.contains(m_preview.columns[column].name));
    }

    QString newCell(const PreviewRow &row, qsizetype index) const
    {
        const NewValue &value = m_preview.newValues[index];
        const bool masked = m_preview.masked.contains(value.column);
        if (!value.unknownBecause.isEmpty() && !masked)
            return u"(unknown)"_s;
        const QString text = cellText(row.after[index], masked);
        const bool same = !m_preview.columns.isEmpty() && !m_preview.isChanged(row, index);
        return same ? u"="_s : text + (value.mayDiffer ? u" (may differ)"_s : QString());
    }

    const Preview &m_preview;
    QList<qsizetype> m_keys;
    QList<qsizetype> m_others;
};

/// Writes the lines of one effect.
class EffectText
{
public:
    EffectText(const EffectImpact &effect, qsizetype width)
        : m_effect(effect)
        , m_width(width)
    {
    }

    QStringList lines()
    {
        add(1,
            u"%1 %2%3"_s.arg(safeLine(m_effect.verb), safeLine(m_effect.table),
                m_effect.branch.isEmpty() ? QString() : u", "_s + safeLine(m_effect.branch)));
        addFigures();
        for (const ReachedImpact &reached : m_effect.reached)
            add(1 + reached.hops, described(reached));
        addList(u"fires"_s, m_effect.notes.triggers);
        addList(u"rule"_s, m_effect.notes.rules);
        addList(u"takes along"_s, m_effect.notes.dependents);
        addList(u"sequence"_s, m_effect.notes.sequences);
        if (m_effect.preview)
            addPreview(*m_effect.preview);
        return m_lines;
    }

private:
    void add(qsizetype level, const QString &line) { m_lines.append(QString(2 * level, u' ') + line); }

    void addList(const QString &what, const QStringList &list)
    {
        for (const QString &text : list)
            add(2, what + u": "_s + safeLine(text));
    }

    void addFigures()
    {
        const QString source = m_effect.fromText ? u"as the text says"_s : u"counted"_s;
        const QString most = m_effect.atMost ? u", or fewer if they collide with rows that are there"_s : QString();
        add(2,
            u"rows:     %1%2"_s.arg(
                spelledFigure(m_effect.exact), m_effect.exact.rows ? u" ("_s + source + most + u')' : QString()));
        if (!m_effect.fromText)
            add(2, u"estimate: "_s + spelledFigure(m_effect.estimate));
        add(2, u"of:       "_s + spelledFigure(m_effect.tableRows));
    }

    static QString described(const ReachedImpact &reached)
    {
        const QString does = reached.action == Reached::Action::Refuse ? u"refused by"_s : toWord(reached.action);
        return u"%1 %2: %3 (refers to %4: %5)"_s.arg(does, safeLine(reached.table), spelledFigure(reached.rows),
            safeLine(reached.through), safeLine(reached.constraints.join(u", "_s)));
    }

    void addPreview(const Preview &preview)
    {
        if (!preview.unknownBecause.isEmpty())
            return add(2, u"no rows to show: "_s + safeLine(preview.unknownBecause));
        constexpr qsizetype indent = 3;
        for (const QString &line : textTable(PreviewText(preview).rows(), m_width - 2 * indent))
            add(indent, line);
        if (preview.more)
            add(indent, u"… and more"_s);
    }

    const EffectImpact &m_effect;
    qsizetype m_width;
    QStringList m_lines;
};

QString lagText(const std::optional<double> &lag)
{
    return lag ? u"%1 s behind its primary"_s.arg(*lag, 0, 'f', 1) : u"behind its primary by an unknown time"_s;
}

} // namespace

QString describeImpact(const AskedImpact &asked, qsizetype width)
{
    QStringList lines;
    const QList<StatementImpact> statements = byStatement(asked);
    for (qsizetype index = 0; index < statements.size(); ++index) {
        const StatementImpact &statement = statements[index];
        lines.append(u"%1. %2 — %3"_s.arg(index + 1).arg(
            safeLine(statement.statement->kind), toWord(statement.statement->level)));
        if (statement.effects.isEmpty())
            lines.append(u"  rows: "_s + spelledFigure(statement.exact));
        for (const EffectImpact *effect : statement.effects)
            lines.append(EffectText(*effect, width).lines());
    }
    lines.append(u"As seen on a replica that is %1; nothing was run."_s.arg(lagText(asked.impact.replicaLagSeconds)));
    return lines.join(u'\n');
}

} // namespace holdpoint
