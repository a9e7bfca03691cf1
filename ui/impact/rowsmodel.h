// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/preview.h"

#include <QAbstractTableModel>

namespace holdpoint {

/// The rows of a preview: keys first, then each column that changes, old beside new, then the rest.
class RowsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    /// What a cell is, besides its text.
    enum class Cell {
        Value,
        Null,
        Changed, ///< a new value that differs from the old one
        Withheld, ///< the policy hides it, or nobody can know it before
    };
    enum Role {
        CellRole = Qt::UserRole + 1, ///< Cell
        WholeRole, ///< QString: the value, not cut
        NameRole, ///< QString: the column's name, not cut
    };

    explicit RowsModel(QObject *parent = nullptr);

    void setPreview(const Preview &preview);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Column
    {
        bool isNew = false;
        qsizetype index = 0; ///< into the preview's columns, or its new values
    };

    void arrange();
    const NewValue *newValue(const Column &column) const;
    QString nameOf(const Column &column) const;
    QString typeOf(const Column &column) const;
    const PreviewCell &valueAt(const PreviewRow &row, const Column &column) const;
    Cell cellAt(const PreviewRow &row, const Column &column) const;
    QString textAt(const PreviewRow &row, const Column &column) const;
    /// Why a value is not shown; empty if it is.
    QString whyWithheld(const Column &column) const;

    Preview m_preview;
    QList<Column> m_columns;
};

} // namespace holdpoint
