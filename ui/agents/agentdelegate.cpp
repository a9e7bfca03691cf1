// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/agents/agentdelegate.h"

#include "ui/agents/agentsmodel.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
constexpr int iconSize = 14;
constexpr int margin = 12;
} // namespace

void AgentDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    const bool revoked = index.data(AgentsModel::RevokedRole).toBool();
    const QColor stateColour = revoked ? theme.danger : theme.good;
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.selection);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.line);
    QRect room = option.rect.adjusted(margin, 0, -margin, 0);
    if (index.column() == AgentsModel::StateColumn) {
        const QRect place(room.left(), room.center().y() - iconSize / 2, iconSize, iconSize);
        painter->drawPixmap(place,
            iconPixmap(
                revoked ? u"revoke"_s : u"check"_s, iconSize, stateColour, painter->device()->devicePixelRatioF()));
        room.setLeft(place.right() + 7);
    }
    QFont font = option.font;
    font.setWeight(index.column() == AgentsModel::NameColumn ? QFont::DemiBold : QFont::Normal);
    painter->setFont(font);
    painter->setPen(index.column() == AgentsModel::StateColumn ? stateColour : revoked ? theme.muted : theme.text);
    const QString text = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width());
    painter->drawText(room, index.data(Qt::TextAlignmentRole).toInt() | Qt::TextSingleLine, text);
    painter->restore();
}

} // namespace holdpoint
