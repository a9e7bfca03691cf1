// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/risklevel.h"

#include <QWidget>

#include <optional>

namespace holdpoint {

/// A level as shape, word and colour, all three.
class RiskBadge final : public QWidget
{
    Q_OBJECT
public:
    explicit RiskBadge(QWidget *parent = nullptr);

    /// Nothing: not known yet.
    void setLevel(std::optional<RiskLevel> level);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString word() const;

    std::optional<RiskLevel> m_level;
};

} // namespace holdpoint
