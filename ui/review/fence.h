// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace holdpoint {

class ElidedLabel;

/// The agent's title and reason, set apart: nobody has checked them, and nothing depends on them.
class Fence final : public QWidget
{
    Q_OBJECT
public:
    explicit Fence(QWidget *parent = nullptr);

    void setWords(const QString &agent, const QString &title, const QString &reason);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fit();

    QLabel *m_caption;
    ElidedLabel *m_title;
    QPlainTextEdit *m_reason;
};

} // namespace holdpoint
