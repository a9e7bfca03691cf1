// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace holdpoint {

/// A strip across a pane or a page that says one thing, and may offer one way on.
class Notice final : public QWidget
{
    Q_OBJECT
public:
    enum class Weight { Quiet, Alarm };

    explicit Notice(QWidget *parent = nullptr);

    /// Shows the strip. Screen readers are told of an alarm that is new.
    void say(Weight weight, const QString &text, const QString &button = {});
    QString text() const;

Q_SIGNALS:
    void pressed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void refreshIcon();

    Weight m_weight = Weight::Quiet;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_button;
};

} // namespace holdpoint
