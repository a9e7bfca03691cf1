// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/review/riskbadge.h"

#include "ui/icons.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QPainter>

namespace holdpoint {

namespace {

constexpr int iconSize = 16;
constexpr int padding = 8;

QFont strong(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

RiskBadge::RiskBadge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setLevel(std::nullopt);
}

void RiskBadge::setLevel(std::optional<RiskLevel> level)
{
    m_level = level;
    setAccessibleName(tr("Risk: %1").arg(word()));
    updateGeometry();
    update();
}

QString RiskBadge::word() const
{
    return m_level ? levelText(*m_level) : tr("analysing…");
}

QSize RiskBadge::sizeHint() const
{
    const QFontMetrics metrics(strong(font()));
    return {metrics.horizontalAdvance(word()) + iconSize + 3 * padding, metrics.height() + 6};
}

void RiskBadge::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const QColor colour = m_level ? theme.risk(*m_level) : theme.muted;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.tint(colour));
    painter.drawRoundedRect(rect(), 5, 5);
    painter.drawPixmap(
        padding, (height() - iconSize) / 2, iconPixmap(riskIconName(m_level), iconSize, colour, devicePixelRatioF()));
    painter.setPen(colour);
    painter.setFont(strong(font()));
    painter.drawText(rect().adjusted(padding + iconSize + padding, 0, 0, 0),
        static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), word());
}

} // namespace holdpoint
