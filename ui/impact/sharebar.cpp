// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/sharebar.h"

#include "ui/theme.h"

#include <QPainter>

#include <algorithm>

namespace holdpoint {

ShareBar::ShareBar(double share, bool alarming, QWidget *parent)
    : QWidget(parent)
    , m_share(std::clamp(share, 0.0, 1.0))
    , m_alarming(alarming)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.line);
    painter.drawRoundedRect(rect(), 3, 3);
    if (m_share <= 0)
        return;
    const double width = std::max(3.0, m_share * rect().width());
    painter.setBrush(m_alarming ? theme.critical : theme.accent);
    painter.drawRoundedRect(QRectF(0, 0, width, height()), 3, 3);
}

} // namespace holdpoint
