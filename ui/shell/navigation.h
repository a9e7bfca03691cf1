// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QButtonGroup;

namespace holdpoint {

/// The pages, down the left side.
class Navigation final : public QWidget
{
    Q_OBJECT
public:
    explicit Navigation(QWidget *parent = nullptr);

    void setCurrent(int page);
    void setWaiting(int actions);
    /// Marks the agents' page while an agent's access has not ended everywhere.
    void setAlarm(bool alarm);

Q_SIGNALS:
    void chosen(int page);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();

    QButtonGroup *m_pages;
    int m_waiting = 0;
    bool m_alarm = false;
};

} // namespace holdpoint
