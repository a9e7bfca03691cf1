// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/agent.h"
#include "core/store/receipt.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace holdpoint {

class ElidedLabel;

/// One agent: who is responsible, what it has asked for, and the receipts of its newest revocation.
class AgentDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit AgentDetails(QWidget *parent = nullptr);

    void setAgent(const Agent &agent, const std::optional<Revocation> &newest);
    void clear();

Q_SIGNALS:
    void revokeWanted(const QString &agent);

private:
    QWidget *makeReceipts(const std::optional<Revocation> &newest) const;

    std::optional<Agent> m_agent;
    std::optional<Revocation> m_newest;
    QStackedWidget *m_stack;
    ElidedLabel *m_name;
    QLabel *m_facts;
    QPushButton *m_revoke;
    QScrollArea *m_receipts;
};

} // namespace holdpoint
