// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/decision.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace holdpoint {

/// Asks why, for the agent to read: rejecting and requesting changes need a reason. To be shown with show().
class ReasonDialog final : public QDialog
{
    Q_OBJECT
public:
    /// @param subject what is decided, in one line
    ReasonDialog(Verdict verdict, const QString &subject, QWidget *parent);

    /// Without blanks around it; never empty once accepted.
    QString reason() const;

private:
    void refresh();

    QPlainTextEdit *m_reason;
    QLabel *m_rest;
    QPushButton *m_send;
};

} // namespace holdpoint
