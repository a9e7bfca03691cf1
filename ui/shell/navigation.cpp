// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/navigation.h"

#include "ui/icons.h"
#include "ui/label.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QButtonGroup>
#include <QEvent>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
constexpr int queuePage = 0;
constexpr int historyPage = 1;
constexpr int agentsPage = 2;
} // namespace

Navigation::Navigation(QWidget *parent)
    : QWidget(parent)
    , m_pages(new QButtonGroup(this))
{
    setObjectName(u"navigation"_s);
    setAttribute(Qt::WA_StyledBackground);
    setFixedWidth(128);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 12, 8, 12);
    layout->setSpacing(4);
    for (const int page : {queuePage, historyPage, agentsPage}) {
        auto *button = new QPushButton(this);
        button->setCheckable(true);
        button->setIconSize({18, 18});
        m_pages->addButton(button, page);
        layout->addWidget(button);
        setPlainToolTip(button, tr("Ctrl+%1").arg(page + 1));
    }
    layout->addStretch();
    layout->addWidget(makeParagraph(tr("Ctrl+K  commands\n?  all keys"), Tone::Caption, this));
    connect(m_pages, &QButtonGroup::idClicked, this, &Navigation::chosen);
    setCurrent(queuePage);
}

void Navigation::setCurrent(int page)
{
    m_pages->button(page)->setChecked(true);
    refresh();
}

void Navigation::setWaiting(int actions)
{
    m_waiting = actions;
    refresh();
}

void Navigation::setAlarm(bool alarm)
{
    m_alarm = alarm;
    refresh();
}

void Navigation::refresh()
{
    const Theme &theme = themeOf(this);
    m_pages->button(queuePage)->setText(m_waiting > 0 ? tr("Queue  %1").arg(numberText(m_waiting)) : tr("Queue"));
    m_pages->button(historyPage)->setText(tr("History"));
    m_pages->button(agentsPage)->setText(tr("Agents"));
    m_pages->button(queuePage)->setIcon(makeIcon(u"queue"_s, theme.muted));
    m_pages->button(historyPage)->setIcon(makeIcon(u"history"_s, theme.muted));
    m_pages->button(agentsPage)
        ->setIcon(makeIcon(m_alarm ? u"risk-critical"_s : u"agents"_s, m_alarm ? theme.danger : theme.muted));
}

void Navigation::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        refresh();
}

} // namespace holdpoint
