// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace holdpoint {

/// How much of a table is touched, as a bar. The figures beside it say the same in words.
class ShareBar final : public QWidget
{
    Q_OBJECT
public:
    /// @param share from 0 to 1
    ShareBar(double share, bool alarming, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {100, 6}; }
    QSize minimumSizeHint() const override { return {20, 6}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_share;
    bool m_alarming;
};

} // namespace holdpoint
