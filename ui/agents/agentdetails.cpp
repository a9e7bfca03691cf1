// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/agents/agentdetails.h"

#include "ui/agents/receiptview.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

AgentDetails::AgentDetails(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_name(new ElidedLabel(Tone::Title))
    , m_facts(makeParagraph({}, Tone::Muted))
    , m_revoke(new QPushButton(tr("Revoke agent access…")))
    , m_receipts(new QScrollArea)
{
    setObjectName(u"detailsPane"_s);
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(320);
    m_revoke->setObjectName(u"revokeThis"_s);
    m_revoke->setProperty("kind", u"danger"_s);
    m_receipts->setWidgetResizable(true);
    m_receipts->setFrameShape(QFrame::NoFrame);
    m_receipts->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_receipts->setAccessibleName(tr("Receipts"));

    auto *details = new QWidget(this);
    auto *top = new QHBoxLayout;
    top->setSpacing(16);
    top->addWidget(m_name, 1);
    top->addWidget(m_revoke);
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(24, 16, 16, 0);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_facts);
    layout->addWidget(m_receipts, 1);

    QLabel *empty = makeParagraph(tr("Choose an agent to see its access."), Tone::Muted);
    empty->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(empty);
    m_stack->addWidget(details);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    connect(m_revoke, &QPushButton::clicked, this, [this] { Q_EMIT revokeWanted(m_agent->name); });
}

void AgentDetails::setAgent(const Agent &agent, const std::optional<Revocation> &newest)
{
    if (m_agent == agent && m_newest == newest && m_receipts->widget())
        return;
    m_agent = agent;
    m_newest = newest;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_name->setText(safeLine(agent.name, 80));
    QStringList facts{tr("owner %1").arg(safeLine(agent.owner, 60)), tr("%n action(s) open", nullptr, agent.open),
        tr("%1 submitted in all").arg(numberText(agent.submitted)),
        tr("last %1").arg(agoText(agent.lastSubmittedAt, now))};
    m_facts->setText(facts.join(u" · "_s));
    m_revoke->setEnabled(!agent.revoked);
    m_revoke->setText(agent.revoked ? tr("Access revoked") : tr("Revoke agent access…"));
    m_receipts->setWidget(makeReceipts(newest));
    m_stack->setCurrentIndex(1);
}

QWidget *AgentDetails::makeReceipts(const std::optional<Revocation> &newest) const
{
    auto *content = new QWidget(m_receipts);
    content->setObjectName(u"content"_s);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 8, 8, 16);
    layout->setSpacing(16);
    if (!newest) {
        layout->addWidget(
            makeParagraph(tr("Its access has never been revoked.\n\nRevoking refuses the agent at once, voids its open "
                             "actions, and ends its access on every target; the receipts then appear here."),
                Tone::Muted, content));
    } else {
        QString heading =
            tr("Revoked by %1 at %2").arg(safeLine(newest->requestedBy, 60), momentText(newest->requestedAt));
        if (const std::optional<qint64> took = newest->milliseconds())
            heading = tr("%1, everywhere after %2").arg(heading, millisecondsText(static_cast<double>(*took)));
        layout->addWidget(makeParagraph(heading, Tone::Strong, content));
        if (!newest->reason.isEmpty())
            layout->addWidget(makeParagraph(u'“' + safeLine(newest->reason, 500) + u'”', Tone::Muted, content));
        for (const Receipt &receipt : newest->receipts)
            layout->addWidget(new ReceiptView(receipt, newest->requestedAt, content));
    }
    layout->addStretch();
    return content;
}

void AgentDetails::clear()
{
    m_agent.reset();
    m_stack->setCurrentIndex(0);
}

} // namespace holdpoint
