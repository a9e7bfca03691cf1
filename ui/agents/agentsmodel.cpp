// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/agents/agentsmodel.h"

#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <algorithm>

namespace holdpoint {

int AgentsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_agents.size());
}

int AgentsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AgentsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Agent &agent = m_agents[index.row()];
    if (role == AgentRole)
        return agent.name;
    if (role == RevokedRole)
        return agent.revoked;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(index.column() == OpenColumn || index.column() == SubmittedColumn
                ? Qt::AlignRight | Qt::AlignVCenter
                : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return safeLine(agent.name, 80);
    case StateColumn:
        return agent.revoked ? tr("revoked") : tr("active");
    case OwnerColumn:
        return safeLine(agent.owner, 80);
    case OpenColumn:
        return numberText(agent.open);
    case SubmittedColumn:
        return numberText(agent.submitted);
    default:
        return agoText(agent.lastSubmittedAt, QDateTime::currentDateTimeUtc());
    }
}

QVariant AgentsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(section == OpenColumn || section == SubmittedColumn
                ? Qt::AlignRight | Qt::AlignVCenter
                : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Agent");
    case StateColumn:
        return tr("Access");
    case OwnerColumn:
        return tr("Owner");
    case OpenColumn:
        return tr("Open");
    case SubmittedColumn:
        return tr("All time");
    default:
        return tr("Last action");
    }
}

void AgentsModel::setAgents(const QList<Agent> &agents)
{
    if (agents == m_agents)
        return;
    beginResetModel();
    m_agents = agents;
    std::ranges::sort(m_agents, {}, &Agent::name);
    endResetModel();
}

const Agent *AgentsModel::agent(const QString &name) const
{
    const auto found = std::ranges::find(m_agents, name, &Agent::name);
    return found == m_agents.cend() ? nullptr : &*found;
}

int AgentsModel::rowOf(const QString &name) const
{
    const Agent *found = agent(name);
    return found ? static_cast<int>(found - m_agents.constData()) : -1;
}

} // namespace holdpoint
