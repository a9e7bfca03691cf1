// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/agent.h"

#include <QAbstractTableModel>

namespace holdpoint {

/// The agents, by name.
class AgentsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, StateColumn, OwnerColumn, OpenColumn, SubmittedColumn, LastColumn, ColumnCount };
    enum Role { AgentRole = Qt::UserRole, RevokedRole };

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setAgents(const QList<Agent> &agents);
    const QList<Agent> &agents() const { return m_agents; }
    const Agent *agent(const QString &name) const;
    int rowOf(const QString &name) const;

private:
    QList<Agent> m_agents;
};

} // namespace holdpoint
