// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/history/historydelegate.h"

#include "ui/history/historymodel.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QPainter>

namespace holdpoint {

namespace {
constexpr int iconSize = 14;
constexpr int margin = 12;
} // namespace

void HistoryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    const auto entry = index.data(HistoryModel::EntryRole).value<LedgerEntry>();
    const bool isEvent = index.column() == HistoryModel::EventColumn;
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.selection);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.line);
    QRect room = option.rect.adjusted(margin, 0, -4, 0);
    if (isEvent) {
        const QRect place(room.left(), room.center().y() - iconSize / 2, iconSize, iconSize);
        painter->drawPixmap(place,
            iconPixmap(eventIconName(entry.event), iconSize, theme.muted, painter->device()->devicePixelRatioF()));
        room.setLeft(place.right() + 9);
    }
    painter->setPen(index.column() == HistoryModel::TimeColumn ? theme.muted : theme.text);
    painter->setFont(option.font);
    const QString text = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width());
    painter->drawText(room, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, text);
    painter->restore();
}

} // namespace holdpoint
