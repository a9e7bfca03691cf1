// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/texttable.h"

#include "app/ctl/terminal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype widestCell = 32;
constexpr auto gap = "  "_L1;

/// At most so many columns of a text that is safe already; ends in … where something was cut.
QString cutTo(const QString &text, qsizetype columns)
{
    if (columnsOf(text) <= columns)
        return text;
    QString kept;
    qsizetype taken = 0;
    for (const char32_t character : text.toUcs4()) {
        const QString units = QString::fromUcs4(&character, 1);
        taken += columnsOf(units);
        if (taken >= columns)
            break;
        kept += units;
    }
    return kept + u'…';
}

QString padded(const QString &text, qsizetype columns)
{
    return text + QString(std::max<qsizetype>(0, columns - columnsOf(text)), u' ');
}

} // namespace

QStringList textTable(const QList<QStringList> &rows, qsizetype width)
{
    QList<QStringList> cells;
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        QStringList line;
        for (qsizetype column = 0; column < row.size(); ++column) {
            line.append(cutTo(safeLine(row[column]), widestCell));
            if (widths.size() <= column)
                widths.append(0);
            widths[column] = std::max(widths[column], columnsOf(line.last()));
        }
        cells.append(line);
    }
    QStringList lines;
    for (const QStringList &row : std::as_const(cells)) {
        QStringList line;
        for (qsizetype column = 0; column < row.size(); ++column)
            line.append(padded(row[column], widths[column]));
        QString joined = line.join(gap);
        while (joined.endsWith(u' '))
            joined.chop(1);
        lines.append(cutTo(joined, width));
    }
    return lines;
}

} // namespace holdpoint
