// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/environmentbar.h"

#include "ui/icons.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

EnvironmentBar::EnvironmentBar(QWidget *parent)
    : QWidget(parent)
    , m_icon(makeLabel({}, Tone::Normal, this))
    , m_name(new ElidedLabel(Tone::Strong, this))
    , m_environment(makeLabel({}, Tone::Strong, this))
    , m_replica(makeLabel({}, Tone::Muted, this))
    , m_executorIcon(makeLabel({}, Tone::Normal, this))
    , m_executor(new ElidedLabel(Tone::Muted, this))
{
    setObjectName(u"environmentBar"_s);
    m_name->setObjectName(u"target"_s);
    m_executor->setObjectName(u"executor"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 16, 6);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    layout->addWidget(m_environment);
    layout->addWidget(m_name);
    layout->addSpacing(16);
    layout->addWidget(m_replica);
    layout->addStretch(1);
    layout->addWidget(m_executorIcon);
    layout->addWidget(m_executor);
    refresh();
}

void EnvironmentBar::setTargets(const QList<Target> &targets)
{
    m_targets = targets;
    refresh();
}

void EnvironmentBar::setTarget(const QString &name)
{
    m_target = name;
    refresh();
}

void EnvironmentBar::setReplicaLag(const std::optional<QString> &text)
{
    m_lag = text;
    refresh();
}

void EnvironmentBar::setLink(const LinkState &link)
{
    m_link = link;
    refresh();
}

QString EnvironmentBar::environment() const
{
    const QString target = m_target.isEmpty() && m_targets.size() == 1 ? m_targets.constFirst().name : m_target;
    const auto found = std::ranges::find(m_targets, target, &Target::name);
    return found == m_targets.cend() ? QString() : found->environment;
}

void EnvironmentBar::refresh()
{
    const Theme &theme = themeOf(this);
    const QString where = environment();
    const QColor colour = theme.environment(where);
    const bool isProduction = colour == theme.production;
    QStringList names;
    for (const Target &target : std::as_const(m_targets))
        names.append(safeLine(target.name, 60));
    const QString name = m_target.isEmpty() ? names.join(u", "_s) : safeLine(m_target, 60);
    m_icon->setPixmap(iconPixmap(isProduction ? u"production"_s : u"staging"_s, 18, colour, devicePixelRatioF()));
    m_environment->setText(where.isEmpty() ? tr("target") : safeLine(where, 40));
    m_environment->setStyleSheet(u"color: %1"_s.arg(colour.name()));
    m_name->setText(name.isEmpty() ? tr("none yet: holdpointctl target add") : name);
    m_replica->setText(m_lag.value_or(QString()));
    const bool known = m_link.live;
    m_executorIcon->setPixmap(iconPixmap(m_link.executorAlive && known ? u"check"_s : u"question"_s, 14,
        m_link.executorAlive && known ? theme.good : theme.danger, devicePixelRatioF()));
    const QString fallback = m_link.executorAlive ? tr("executor at work") : tr("no executor at work");
    m_executor->setText(!known                ? tr("executor: not known")
            : m_link.executorDetail.isEmpty() ? fallback
                                              : safeLine(m_link.executorDetail, 160));
    setPlainToolTip(m_executor, m_executor->text());
    update();
}

void EnvironmentBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const QColor colour = theme.environment(environment());
    QPainter painter(this);
    painter.fillRect(rect(), theme.tint(colour));
    painter.fillRect(QRect(0, 0, 4, height()), colour);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
}

void EnvironmentBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        refresh();
}

} // namespace holdpoint
