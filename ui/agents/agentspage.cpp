// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/agents/agentspage.h"

#include "ui/agents/agentdelegate.h"
#include "ui/agents/agentdetails.h"
#include "ui/agents/agentsmodel.h"
#include "ui/label.h"

#include <QHeaderView>
#include <QSettings>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

AgentsPage::AgentsPage(QWidget *parent)
    : QWidget(parent)
    , m_model(new AgentsModel(this))
    , m_placeholder(makeParagraph({}, Tone::Muted, this))
    , m_table(new QTableView(this))
    , m_details(new AgentDetails(this))
    , m_splitter(new QSplitter(this))
{
    buildTable();
    m_placeholder->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_placeholder->setContentsMargins(24, 48, 24, 0);
    auto *left = new QWidget(this);
    left->setObjectName(u"queuePane"_s);
    left->setAttribute(Qt::WA_StyledBackground);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->addWidget(m_placeholder, 1);
    leftLayout->addWidget(m_table, 1);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 4);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({620, 460});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (!current.isValid())
            return;
        m_selected = current.data(AgentsModel::AgentRole).toString();
        showSelected();
    });
    connect(m_details, &AgentDetails::revokeWanted, this, &AgentsPage::revokeWanted);
    refresh();
}

void AgentsPage::buildTable()
{
    m_table->setObjectName(u"agents"_s);
    m_table->setAccessibleName(tr("Agents"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new AgentDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 20);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(64);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setStretchLastSection(true);
    const int digit = m_table->fontMetrics().horizontalAdvance(u'0');
    const QList<int> widths{20 * digit, 13 * digit + 16, 12 * digit, 8 * digit, 10 * digit, 12 * digit};
    for (int column = 0; column < widths.size(); ++column)
        m_table->setColumnWidth(column, widths[column]);
}

void AgentsPage::setAgents(const QList<Agent> &agents)
{
    m_loaded = true;
    m_model->setAgents(agents);
    select(m_selected);
    refresh();
}

void AgentsPage::setRevocations(const QList<Revocation> &revocations)
{
    m_revocations = revocations;
    showSelected();
}

const QList<Agent> &AgentsPage::agents() const
{
    return m_model->agents();
}

void AgentsPage::select(const QString &agent)
{
    const int row = m_model->rowOf(agent);
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
    showSelected();
}

void AgentsPage::move(int step)
{
    const int row = m_table->currentIndex().isValid() ? m_table->currentIndex().row() + step : 0;
    if (row >= 0 && row < m_model->rowCount())
        m_table->setCurrentIndex(m_model->index(row, 0));
}

QString AgentsPage::selected() const
{
    return m_selected;
}

void AgentsPage::showSelected()
{
    const Agent *agent = m_model->agent(m_selected);
    if (!agent) {
        m_details->clear();
        return;
    }
    std::optional<Revocation> newest;
    for (const Revocation &revocation : std::as_const(m_revocations))
        if (revocation.agent == m_selected && (!newest || revocation.id > newest->id))
            newest = revocation;
    m_details->setAgent(*agent, newest);
}

void AgentsPage::refresh()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_table->setVisible(!isEmpty);
    m_placeholder->setVisible(isEmpty);
    m_placeholder->setText(m_loaded
            ? tr("There is no agent yet.\nAn administrator adds one: holdpointctl agent add NAME --owner PERSON")
            : tr("Loading the agents…"));
}

void AgentsPage::save(QSettings &settings) const
{
    settings.setValue(u"agents/panes"_s, m_splitter->saveState());
}

void AgentsPage::restore(const QSettings &settings)
{
    m_splitter->restoreState(settings.value(u"agents/panes"_s).toByteArray());
}

} // namespace holdpoint
