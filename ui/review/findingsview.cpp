// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/review/findingsview.h"

#include "ui/icons.h"
#include "ui/review/findingsmodel.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int margin = 16;
constexpr int iconSize = 16;
constexpr int lineColumn = 64;
constexpr int wrapped = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop;

/// What the texts of a row take, from the view's width.
QRect textRoom(const QStyleOptionViewItem &option)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    const int left = margin + iconSize + 8;
    return {left, 0, std::max(80, width - left - lineColumn - margin), 10'000};
}

int heightOf(const QStyleOptionViewItem &option, const QString &text)
{
    return text.isEmpty() ? 0 : option.fontMetrics.boundingRect(textRoom(option), wrapped, text).height();
}

} // namespace

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int message = heightOf(option, index.data().toString());
    const int remedy = heightOf(option, index.data(FindingsModel::RemedyRole).toString());
    return {100, message + remedy + 18};
}

void FindingDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    const auto level = index.data(FindingsModel::LevelRole).value<RiskLevel>();
    const QString message = index.data().toString();
    const QColor colour = theme.risk(level);
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.selection);
    const QRect room = textRoom(option).translated(option.rect.left(), option.rect.top() + 8);
    painter->drawPixmap(QRect(option.rect.left() + margin, room.top() + 1, iconSize, iconSize),
        iconPixmap(riskIconName(level), iconSize, colour, painter->device()->devicePixelRatioF()));
    painter->setFont(option.font);
    painter->setPen(theme.text);
    painter->drawText(room, wrapped, message);
    painter->setPen(theme.muted);
    painter->drawText(
        room.translated(0, heightOf(option, message) + 1), wrapped, index.data(FindingsModel::RemedyRole).toString());
    const QRect side(room.right() + 1, room.top(), lineColumn, option.fontMetrics.height());
    const qsizetype line = m_lineOf(index.data(FindingsModel::StartRole).value<qsizetype>());
    painter->drawText(side, static_cast<int>(Qt::AlignRight | Qt::AlignTop), tr("line %1").arg(numberText(line)));
    painter->restore();
}

FindingsView::FindingsView(QAbstractItemModel *model, std::function<qsizetype(qsizetype byte)> lineOf, QWidget *parent)
    : QListView(parent)
{
    setObjectName(u"findings"_s);
    setAccessibleName(tr("Findings"));
    auto *delegate = new FindingDelegate(this);
    delegate->setLineOf(std::move(lineOf));
    setItemDelegate(delegate);
    setModel(model);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    const auto jump = [this](const QModelIndex &index) {
        Q_EMIT jumpWanted(index.data(FindingsModel::StartRole).value<qsizetype>(),
            index.data(FindingsModel::EndRole).value<qsizetype>());
    };
    connect(this, &QListView::clicked, this, jump);
    connect(this, &QListView::activated, this, jump);
}

void FindingsView::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

} // namespace holdpoint
