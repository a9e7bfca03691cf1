// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/history/historypage.h"

#include "ui/history/entrydetails.h"
#include "ui/history/historydelegate.h"
#include "ui/history/historymodel.h"
#include "ui/label.h"
#include "ui/wording.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

HistoryPage::HistoryPage(QWidget *parent)
    : QWidget(parent)
    , m_model(new HistoryModel(this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_filter(new QLineEdit(this))
    , m_status(makeLabel({}, Tone::Caption, this))
    , m_placeholder(makeParagraph({}, Tone::Muted, this))
    , m_table(new QTableView(this))
    , m_details(new EntryDetails(this))
    , m_splitter(new QSplitter(this))
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterRole(HistoryModel::SearchRole);
    m_filtered->setFilterKeyColumn(0);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setObjectName(u"historyFilter"_s);
    m_filter->setAccessibleName(tr("Filter the history"));
    m_filter->setPlaceholderText(tr("Filter by person, agent, event, target or SQL  ( / )"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaxLength(200);
    m_placeholder->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_placeholder->setContentsMargins(24, 48, 24, 0);
    buildTable();

    auto *left = new QWidget(this);
    left->setObjectName(u"queuePane"_s);
    left->setAttribute(Qt::WA_StyledBackground);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(16, 12, 16, 8);
    top->setSpacing(16);
    top->addWidget(m_filter, 1);
    top->addWidget(m_status);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    leftLayout->addLayout(top);
    leftLayout->addWidget(m_placeholder, 1);
    leftLayout->addWidget(m_table, 1);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({720, 360});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered->setFilterFixedString(text);
        refresh();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (current.isValid())
            m_details->setEntry(current.data(HistoryModel::EntryRole).value<LedgerEntry>());
        else
            m_details->clear();
    });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &HistoryPage::askForOlder);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &HistoryPage::askForOlder);
    refresh();
}

void HistoryPage::buildTable()
{
    m_table->setObjectName(u"history"_s);
    m_table->setAccessibleName(tr("History"));
    m_table->setModel(m_filtered);
    m_table->setItemDelegate(new HistoryDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 16);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(56);
    const int digit = m_table->fontMetrics().horizontalAdvance(u'0');
    const QList<int> widths{22 * digit + 24, 20 * digit + 24, 9 * digit + 16, 16 * digit, 16 * digit, 12 * digit};
    for (int column = 0; column < widths.size(); ++column)
        m_table->setColumnWidth(column, widths[column]);
}

void HistoryPage::append(const QList<LedgerEntry> &entries)
{
    m_loaded = true;
    m_waiting = false;
    m_complete = entries.isEmpty();
    m_model->add(entries);
    refresh();
}

void HistoryPage::prepend(const QList<LedgerEntry> &entries)
{
    m_loaded = true;
    m_model->add(entries);
    refresh();
}

void HistoryPage::askForOlder()
{
    const QScrollBar *bar = m_table->verticalScrollBar();
    const bool nearTheEnd = bar->value() + bar->pageStep() >= bar->maximum();
    if (!isVisible() || m_waiting || m_complete || m_model->oldest() <= 1 || !nearTheEnd)
        return;
    m_waiting = true;
    refresh();
    Q_EMIT olderWanted(m_model->oldest());
}

void HistoryPage::refresh()
{
    const bool isEmpty = m_filtered->rowCount() == 0;
    m_table->setVisible(!isEmpty);
    m_placeholder->setVisible(isEmpty);
    if (!m_loaded)
        m_placeholder->setText(tr("Loading the history…"));
    else if (m_model->rowCount() > 0)
        m_placeholder->setText(tr("No entry that is loaded matches this filter."));
    else
        m_placeholder->setText(
            tr("Nothing has happened yet.\nEverything that agents, approvers and executors do is recorded here."));
    const QString loaded = tr("%1 entries").arg(numberText(m_filtered->rowCount()));
    m_status->setText(m_waiting                    ? tr("loading older…")
            : m_complete || m_model->oldest() == 1 ? loaded
                                                   : tr("%1, more below").arg(loaded));
    m_status->setVisible(m_loaded);
}

void HistoryPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void HistoryPage::move(int step)
{
    const int row = m_table->currentIndex().isValid() ? m_table->currentIndex().row() + step : 0;
    if (row >= 0 && row < m_filtered->rowCount())
        m_table->setCurrentIndex(m_filtered->index(row, 0));
}

void HistoryPage::save(QSettings &settings) const
{
    settings.setValue(u"history/panes"_s, m_splitter->saveState());
    settings.setValue(u"history/columns"_s, m_table->horizontalHeader()->saveState());
}

void HistoryPage::restore(const QSettings &settings)
{
    m_splitter->restoreState(settings.value(u"history/panes"_s).toByteArray());
    m_table->horizontalHeader()->restoreState(settings.value(u"history/columns"_s).toByteArray());
}

} // namespace holdpoint
