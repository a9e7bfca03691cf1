// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/agent.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace holdpoint {

/// The kill switch's one confirmation: which agent, and Enter. No words to type; here, speed is safety.
class RevokeDialog final : public QDialog
{
    Q_OBJECT
public:
    /// @param agents those that still have access; must not be empty
    /// @param preselected the agent that is most likely meant; if it is none of them, a person has to choose first
    RevokeDialog(const QList<Agent> &agents, const QString &preselected, QWidget *parent);

    /// Empty while none is chosen; never once accepted.
    QString agent() const;
    QString reason() const;

private:
    void refresh();

    QComboBox *m_agent;
    QLineEdit *m_reason;
    QPushButton *m_revoke;
};

} // namespace holdpoint
