// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/queue/queuedelegate.h"

#include "ui/icons.h"
#include "ui/queue/queuemodel.h"
#include "ui/review/safetext.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int margin = 16;
constexpr int iconSize = 18;

QFont scaled(QFont font, double points, bool strong)
{
    font.setPointSizeF(font.pointSizeF() + points);
    font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    return font;
}

/// Draws as much of the text as there is room for, and returns the width it took.
int drawLine(QPainter *painter, const QRect &room, const QString &text, Qt::Alignment side = Qt::AlignLeft)
{
    const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, room.width());
    painter->drawText(room, static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
    return painter->fontMetrics().horizontalAdvance(shown);
}

QString whoAsks(const Action &action)
{
    QString text = safeLine(action.agent, 60);
    if (!action.approvals.isEmpty() && isOpen(action.state))
        text += u" · "_s + QueueDelegate::tr("%n approval(s)", nullptr, static_cast<int>(action.approvals.size()));
    if (!action.title.isEmpty())
        text += u" · “"_s + safeLine(action.title, 120) + u'”';
    return text;
}

} // namespace

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int line = option.fontMetrics.height();
    const bool isHeading = index.data(QueueModel::IdRole).toLongLong() == 0;
    return {200, isHeading ? line + 20 : 3 * line + 28};
}

void QueueDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.data(QueueModel::IdRole).toLongLong() == 0)
        paintHeading(painter, option, index.data().toString());
    else
        paintAction(painter, option, index);
    painter->restore();
}

void QueueDelegate::paintHeading(QPainter *painter, const QStyleOptionViewItem &option, const QString &text) const
{
    painter->setFont(scaled(option.font, -1, true));
    painter->setPen(themeOf(option.widget).muted);
    drawLine(painter, option.rect.adjusted(margin, 8, -margin, 0), text);
}

void QueueDelegate::paintAction(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    const auto action = index.data(QueueModel::ActionRole).value<Action>();
    const QVariant level = index.data(QueueModel::LevelRole);
    const auto risk = level.isValid() ? std::optional(level.value<RiskLevel>()) : std::nullopt;
    const bool isLive = !isFinal(action.state) || action.state == ActionState::Unknown;
    const QColor colour = !isLive ? theme.muted : risk ? theme.risk(*risk) : theme.muted;

    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.selection);
    if (action.id == m_opened)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.accent);
    painter->fillRect(QRect(option.rect.left() + margin, option.rect.bottom(), option.rect.width(), 1), theme.line);

    const int line = option.fontMetrics.height();
    const int left = option.rect.left() + margin;
    const int textLeft = left + iconSize + 8;
    const int right = option.rect.right() - margin;
    const auto lineAt = [&](int number) {
        return QRect(textLeft, option.rect.top() + 10 + number * (line + 4), right - textLeft, line);
    };

    const bool showsState = !isOpen(action.state);
    painter->drawPixmap(QRect(left, lineAt(0).center().y() - iconSize / 2 + 1, iconSize, iconSize),
        iconPixmap(showsState ? stateIconName(action.state) : riskIconName(risk), iconSize, colour,
            painter->device()->devicePixelRatioF()));

    painter->setFont(scaled(option.font, -1, false));
    painter->setPen(theme.muted);
    const int taken =
        drawLine(painter, lineAt(0), ageText(action.submittedAt, QDateTime::currentDateTimeUtc()), Qt::AlignRight);

    painter->setFont(scaled(option.font, 0, true));
    painter->setPen(colour);
    const QString word = risk ? levelText(*risk) : tr("analysing…");
    drawLine(painter, lineAt(0).adjusted(0, 0, -taken - 8, 0), showsState ? toText(action.state) : word);

    painter->setPen(isLive ? theme.text : theme.muted);
    drawLine(painter, lineAt(1), index.data(QueueModel::SummaryRole).toString());
    painter->setFont(scaled(option.font, -1, false));
    painter->setPen(theme.muted);
    drawLine(painter, lineAt(2), whoAsks(action));
}

} // namespace holdpoint
