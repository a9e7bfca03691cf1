// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/rowsmodel.h"

#include "ui/label.h"
#include "ui/review/safetext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// Characters of a value that stand in its cell; the rest is in the dialog.
constexpr qsizetype longestInCell = 120;

} // namespace

RowsModel::RowsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void RowsModel::setPreview(const Preview &preview)
{
    beginResetModel();
    m_preview = preview;
    arrange();
    endResetModel();
}

void RowsModel::arrange()
{
    m_columns.clear();
    QList<Column> changing, rest;
    const auto place = [&](const QString &name) {
        return std::ranges::find(std::as_const(m_preview).columns, name, &PreviewColumn::name)
            - m_preview.columns.cbegin();
    };
    for (qsizetype index = 0; index < m_preview.newValues.size(); ++index) {
        const qsizetype old = place(m_preview.newValues[index].column);
        if (old < m_preview.columns.size() && !m_preview.columns[old].isKey)
            changing.append({.isNew = false, .index = old});
        changing.append({.isNew = true, .index = index});
    }
    for (qsizetype index = 0; index < m_preview.columns.size(); ++index) {
        const bool stands =
            std::ranges::any_of(changing, [&](const Column &column) { return !column.isNew && column.index == index; });
        if (m_preview.columns[index].isKey)
            m_columns.append({.isNew = false, .index = index});
        else if (!stands)
            rest.append({.isNew = false, .index = index});
    }
    m_columns += changing + rest;
}

int RowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_preview.rows.size());
}

int RowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

const NewValue *RowsModel::newValue(const Column &column) const
{
    return column.isNew ? &m_preview.newValues[column.index] : nullptr;
}

QString RowsModel::nameOf(const Column &column) const
{
    const NewValue *value = newValue(column);
    return value ? value->column : m_preview.columns[column.index].name;
}

QString RowsModel::typeOf(const Column &column) const
{
    const NewValue *value = newValue(column);
    return value ? value->type : m_preview.columns[column.index].type;
}

const PreviewCell &RowsModel::valueAt(const PreviewRow &row, const Column &column) const
{
    return column.isNew ? row.after[column.index] : row.before[column.index];
}

QString RowsModel::whyWithheld(const Column &column) const
{
    if (m_preview.masked.contains(nameOf(column)))
        return tr("hidden by policy");
    const NewValue *value = newValue(column);
    return value ? value->unknownBecause : QString();
}

RowsModel::Cell RowsModel::cellAt(const PreviewRow &row, const Column &column) const
{
    if (!whyWithheld(column).isEmpty())
        return Cell::Withheld;
    if (column.isNew && !m_preview.columns.isEmpty() && m_preview.isChanged(row, column.index))
        return Cell::Changed;
    return valueAt(row, column) ? Cell::Value : Cell::Null;
}

QString RowsModel::textAt(const PreviewRow &row, const Column &column) const
{
    if (const QString why = whyWithheld(column); !why.isEmpty())
        return safeLine(why, longestInCell);
    const PreviewCell &value = valueAt(row, column);
    const QString text = value ? safeLine(*value, longestInCell) : u"NULL"_s;
    // The mark is no colour alone.
    return cellAt(row, column) == Cell::Changed ? u"→ "_s + text : text;
}

QVariant RowsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const PreviewRow &row = m_preview.rows[index.row()];
    const Column &column = m_columns[index.column()];
    switch (role) {
    case Qt::DisplayRole:
        return textAt(row, column);
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(
            headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), textAt(row, column));
    case Qt::ToolTipRole:
        return plainToolTip(textAt(row, column));
    case CellRole:
        return QVariant::fromValue(cellAt(row, column));
    case WholeRole:
        return whyWithheld(column).isEmpty() && valueAt(row, column) ? *valueAt(row, column) : textAt(row, column);
    case NameRole:
        return nameOf(column);
    default:
        return {};
    }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    const Column &column = m_columns[section];
    const QString name = safeLine(nameOf(column), 60);
    const QString type = safeLine(typeOf(column), 60);
    const bool isBeside = column.isNew && !m_preview.columns.isEmpty();
    const QString title = isBeside ? tr("%1, new").arg(name) : name;
    if (role == Qt::DisplayRole)
        return type.isEmpty() ? title : title + u'\n' + type;
    if (role != Qt::ToolTipRole)
        return {};
    const NewValue *value = newValue(column);
    return plainToolTip(value && value->mayDiffer
            ? tr("%1 is made anew when the statement runs, and may differ then").arg(name)
            : title);
}

} // namespace holdpoint
