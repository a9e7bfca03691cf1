// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/queue/queuelist.h"

#include "ui/icons.h"
#include "ui/label.h"
#include "ui/queue/queuedelegate.h"
#include "ui/queue/queuemodel.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

QueueList::QueueList(QueueModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_delegate(new QueueDelegate(this))
    , m_filter(new QLineEdit(this))
    , m_strip(new QPushButton(this))
    , m_view(new QListView(this))
    , m_placeholder(makeParagraph({}, Tone::Muted, this))
    , m_rest(new QTimer(this))
{
    setObjectName(u"queuePane"_s);
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(216);
    m_filter->setObjectName(u"queueFilter"_s);
    m_filter->setAccessibleName(tr("Filter the queue"));
    m_filter->setPlaceholderText(tr("Filter  ( / )"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaxLength(200);
    m_view->setObjectName(u"queue"_s);
    m_view->setAccessibleName(tr("Queue"));
    m_view->setModel(model);
    m_view->setItemDelegate(m_delegate);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_placeholder->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_placeholder->setContentsMargins(24, 40, 24, 0);
    buildStrip();

    auto *top = new QHBoxLayout;
    top->setContentsMargins(12, 12, 12, 8);
    top->addWidget(m_filter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_strip, 0, Qt::AlignHCenter);
    layout->addSpacing(4);
    layout->addWidget(m_placeholder, 1);
    layout->addWidget(m_view, 1);

    m_rest->setSingleShot(true);
    m_rest->setInterval(120ms);
    connect(m_rest, &QTimer::timeout, this, [this] { Q_EMIT chosen(currentAction()); });
    connect(m_filter, &QLineEdit::textChanged, m_model, &QueueModel::setFilter);
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        focusRows();
        if (!m_view->currentIndex().isValid())
            move(+1);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &QueueList::followCursor);
    connect(m_view, &QListView::activated, this, [this] { Q_EMIT entered(currentAction()); });
    connect(m_model, &QAbstractItemModel::modelReset, this, &QueueList::placeCursor);
    connect(m_model, &QueueModel::countsChanged, this, &QueueList::refresh);
    auto *ages = new QTimer(this);
    connect(ages, &QTimer::timeout, m_view->viewport(), qOverload<>(&QWidget::update));
    ages->start(5s);
    refresh();
}

void QueueList::buildStrip()
{
    m_strip->setObjectName(u"newStrip"_s);
    m_strip->setProperty("kind", u"quiet"_s);
    setPlainToolTip(
        m_strip, tr("The rows stay where they are while you read. Press to bring the queue up to date (n)."));
    connect(m_strip, &QPushButton::clicked, this, &QueueList::settle);
}

void QueueList::refresh()
{
    const int unseen = m_model->unseen();
    m_strip->setVisible(m_model->isStale());
    m_strip->setText(unseen > 0 ? tr("%n new", nullptr, unseen) : tr("Sort again"));
    m_strip->setIcon(makeIcon(u"arrow-up"_s, themeOf(this).accent));
    const bool isEmpty = m_model->rowCount() == 0;
    m_view->setVisible(!isEmpty);
    m_placeholder->setVisible(isEmpty);
    if (hasFocus() && !isEmpty)
        m_view->setFocus();
    if (!m_model->isLoaded())
        m_placeholder->setText(tr("Loading the queue…"));
    else if (m_model->isFiltered())
        m_placeholder->setText(tr("Nothing matches this filter.\nClear it to see all actions."));
    else
        m_placeholder->setText(
            tr("Nothing is waiting.\n\nActions appear here as soon as an agent submits one: holdpointctl submit."));
}

void QueueList::settle()
{
    m_model->settle();
}

void QueueList::setOpened(qint64 action)
{
    m_delegate->setOpened(action);
    m_view->viewport()->update();
}

void QueueList::select(qint64 action)
{
    if (!m_model->indexOf(action).isValid())
        return;
    m_selected = action;
    m_rest->stop();
    placeCursor();
}

void QueueList::placeCursor()
{
    const QModelIndex index = m_model->indexOf(m_selected);
    // Also nowhere: a view that has never been told takes the first row as soon as it gets the focus.
    m_view->setCurrentIndex(index);
    if (index.isValid())
        m_view->scrollTo(index);
}

void QueueList::move(int step)
{
    const QModelIndex next =
        m_model->nextAction(m_view->currentIndex().isValid() ? m_view->currentIndex().row() : -1, step);
    if (next.isValid())
        m_view->setCurrentIndex(next);
}

void QueueList::followCursor(const QModelIndex &current)
{
    const qint64 action = current.data(QueueModel::IdRole).toLongLong();
    if (action == 0 || action == m_selected)
        return;
    m_selected = action;
    m_rest->start();
}

qint64 QueueList::currentAction() const
{
    return m_view->currentIndex().data(QueueModel::IdRole).toLongLong();
}

void QueueList::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void QueueList::focusRows()
{
    if (m_view->isHidden())
        setFocus(Qt::ShortcutFocusReason);
    else
        m_view->setFocus(Qt::ShortcutFocusReason);
}

} // namespace holdpoint
