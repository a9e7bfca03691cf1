// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/header.h"

#include "ui/icons.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace holdpoint {

Header::Header(QWidget *parent)
    : QWidget(parent)
    , m_session(new ElidedLabel(Tone::Muted, this))
    , m_linkIcon(makeLabel({}, Tone::Normal, this))
    , m_linkText(makeLabel({}, Tone::Strong, this))
    , m_revoke(new QPushButton(tr("Revoke agent access"), this))
{
    setObjectName(u"header"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_linkText->setObjectName(u"link"_s);
    m_revoke->setObjectName(u"revoke"_s);
    m_revoke->setProperty("kind", u"danger"_s);
    setPlainToolTip(m_revoke, tr("End an agent's access everywhere (Ctrl+Shift+K)"));
    QLabel *logo = makeLabel({}, Tone::Normal, this);
    logo->setPixmap(QIcon(u":/icons/holdpoint.svg"_s).pixmap(QSize(24, 24), devicePixelRatioF()));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(8);
    layout->addWidget(logo);
    layout->addWidget(makeLabel(tr("Holdpoint"), Tone::Heading, this));
    layout->addSpacing(16);
    layout->addWidget(m_session, 1);
    layout->addWidget(m_linkIcon);
    layout->addWidget(m_linkText);
    layout->addSpacing(16);
    layout->addWidget(m_revoke);
    connect(m_revoke, &QPushButton::clicked, this, &Header::revokeWanted);
    refresh();
}

void Header::setSession(const SessionInfo &session)
{
    m_session->setText(tr("%1 · %2").arg(safeLine(session.user, 60), safeLine(session.store, 120)));
}

void Header::setLink(const LinkState &link)
{
    m_link = link;
    refresh();
}

void Header::refresh()
{
    const Theme &theme = themeOf(this);
    m_linkIcon->setPixmap(iconPixmap(m_link.live ? u"dot"_s : u"offline"_s, m_link.live ? 12 : 16,
        m_link.live ? theme.good : theme.danger, devicePixelRatioF()));
    m_linkText->setText(m_link.live ? tr("live") : tr("not live"));
    setTone(m_linkText, m_link.live ? Tone::Good : Tone::Danger);
    m_revoke->setIcon(makeIcon(u"revoke"_s, theme.danger));
}

void Header::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        refresh();
}

} // namespace holdpoint
