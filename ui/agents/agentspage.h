// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/agent.h"
#include "core/store/receipt.h"

#include <QWidget>

class QLabel;
class QSettings;
class QSplitter;
class QTableView;

namespace holdpoint {

class AgentDetails;
class AgentsModel;

/// Who may ask, who is responsible for them, and the end of their access.
class AgentsPage final : public QWidget
{
    Q_OBJECT
public:
    explicit AgentsPage(QWidget *parent = nullptr);

    void setAgents(const QList<Agent> &agents);
    void setRevocations(const QList<Revocation> &revocations);
    const QList<Agent> &agents() const;
    void select(const QString &agent);
    void move(int step);
    QString selected() const;

    void save(QSettings &settings) const;
    void restore(const QSettings &settings);

Q_SIGNALS:
    void revokeWanted(const QString &agent);

private:
    void buildTable();
    void showSelected();
    void refresh();

    AgentsModel *m_model;
    QList<Revocation> m_revocations;
    QLabel *m_placeholder;
    QTableView *m_table;
    AgentDetails *m_details;
    QSplitter *m_splitter;
    QString m_selected;
    bool m_loaded = false;
};

} // namespace holdpoint
