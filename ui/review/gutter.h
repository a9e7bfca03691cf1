// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace holdpoint {

class SqlView;

/// The strip with line numbers beside a SqlView.
class Gutter final : public QWidget
{
    Q_OBJECT
public:
    explicit Gutter(SqlView *view);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    SqlView *m_view;
};

} // namespace holdpoint
