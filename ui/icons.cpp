// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/icons.h"

#include <QPainter>
#include <QPixmapCache>

using namespace Qt::StringLiterals;

namespace holdpoint {

QPixmap iconPixmap(const QString &name, int size, const QColor &colour, qreal ratio)
{
    const QString key = u"holdpoint/%1/%2/%3/%4"_s.arg(name).arg(size).arg(colour.name()).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QIcon(u":/icons/%1.svg"_s.arg(name)).pixmap(QSize(size, size), ratio);
    if (pixmap.isNull())
        return pixmap;
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRect(0, 0, size, size), colour);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon makeIcon(const QString &name, const QColor &colour)
{
    QIcon icon;
    for (const qreal ratio : {1.0, 1.5, 2.0})
        for (const int size : {16, 20, 24})
            icon.addPixmap(iconPixmap(name, size, colour, ratio));
    return icon;
}

QString riskIconName(std::optional<RiskLevel> level)
{
    return u"risk-"_s + (level ? toWord(*level) : u"unknown"_s);
}

QString stateIconName(ActionState state)
{
    switch (state) {
    case ActionState::Pending:
    case ActionState::Approved:
    case ActionState::Expired:
        return u"clock"_s;
    case ActionState::ChangesRequested:
    case ActionState::Withdrawn:
        return u"returned"_s;
    case ActionState::Released:
    case ActionState::Executing:
        return u"running"_s;
    case ActionState::Executed:
        return u"check"_s;
    case ActionState::Blocked:
        return u"blocked"_s;
    case ActionState::Failed:
    case ActionState::Rejected:
        return u"cross"_s;
    case ActionState::Revoked:
        return u"revoke"_s;
    case ActionState::Unknown:
        break;
    }
    return u"question"_s;
}

} // namespace holdpoint
