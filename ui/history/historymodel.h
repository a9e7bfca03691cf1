// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/ledgerentry.h"

#include <QAbstractTableModel>

namespace holdpoint {

/// The ledger, newest entry first.
class HistoryModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, EventColumn, ActionColumn, ActorColumn, AgentColumn, TargetColumn, ColumnCount };
    enum Role { EntryRole = Qt::UserRole, SearchRole };

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Adds entries that are not there yet, wherever they belong.
    void add(const QList<LedgerEntry> &entries);
    /// The oldest entry's number; 0 while empty.
    qint64 oldest() const;

private:
    QVariant text(const LedgerEntry &entry, int column) const;

    QList<LedgerEntry> m_entries;
};

/// "agent_revoked" → "agent revoked".
QString eventText(const QString &event);
QString eventIconName(const QString &event);

} // namespace holdpoint
