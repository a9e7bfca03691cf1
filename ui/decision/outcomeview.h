// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/action.h"

#include <QWidget>

class QLabel;

namespace holdpoint {

/// What has become of an action, as the store reports it: its state, who decided, and what was changed.
class OutcomeView final : public QWidget
{
    Q_OBJECT
public:
    explicit OutcomeView(QWidget *parent = nullptr);

    /// @param executorNote what to know of the executor while the action waits for it; may be empty
    void setAction(const Action &action, const QString &executorNote);

private:
    QLabel *m_icon;
    QLabel *m_state;
    QLabel *m_detail;
};

} // namespace holdpoint
