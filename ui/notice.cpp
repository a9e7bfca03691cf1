// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/notice.h"

#include "ui/icons.h"
#include "ui/label.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace holdpoint {

Notice::Notice(QWidget *parent)
    : QWidget(parent)
    , m_icon(makeLabel({}, Tone::Normal, this))
    , m_text(makeParagraph({}, Tone::Normal, this))
    , m_button(new QPushButton(this))
{
    setAttribute(Qt::WA_StyledBackground);
    m_text->setMinimumWidth(80);
    m_button->setProperty("kind", u"quiet"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 12, 6);
    layout->setSpacing(8);
    layout->addWidget(m_icon, 0, Qt::AlignVCenter);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button, 0, Qt::AlignVCenter);
    connect(m_button, &QPushButton::clicked, this, &Notice::pressed);
    hide();
}

void Notice::say(Weight weight, const QString &text, const QString &button)
{
    const bool isNews = text != m_text->text() || isHidden();
    m_weight = weight;
    setObjectName(weight == Weight::Alarm ? u"banner"_s : u"notice"_s);
    style()->unpolish(this);
    style()->polish(this);
    m_text->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    refreshIcon();
    show();
    if (isNews && weight == Weight::Alarm) {
        QAccessibleAnnouncementEvent event(this, text);
        event.setPoliteness(QAccessible::AnnouncementPoliteness::Assertive);
        QAccessible::updateAccessibility(&event);
    }
}

QString Notice::text() const
{
    return m_text->text();
}

void Notice::refreshIcon()
{
    const Theme &theme = themeOf(this);
    const bool alarm = m_weight == Weight::Alarm;
    m_icon->setPixmap(iconPixmap(
        alarm ? u"risk-critical"_s : u"info"_s, 16, alarm ? theme.danger : theme.muted, devicePixelRatioF()));
}

void Notice::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        refreshIcon();
}

} // namespace holdpoint
