// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/agents/revokedialog.h"

#include "ui/label.h"
#include "ui/review/safetext.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

RevokeDialog::RevokeDialog(const QList<Agent> &agents, const QString &preselected, QWidget *parent)
    : QDialog(parent)
    , m_agent(new QComboBox(this))
    , m_reason(new QLineEdit(this))
    , m_revoke(new QPushButton(tr("Revoke agent access"), this))
{
    setObjectName(u"revokeDialog"_s);
    setWindowTitle(tr("Revoke agent access"));
    setAttribute(Qt::WA_DeleteOnClose);
    for (const Agent &agent : agents)
        m_agent->addItem(tr("%1 · %n open", nullptr, agent.open).arg(safeLine(agent.name, 80)), agent.name);
    // Whoever is first by name must not be revoked by a bare Enter.
    m_agent->setPlaceholderText(tr("Choose an agent: type its name, or press an arrow key"));
    m_agent->setCurrentIndex(m_agent->findData(preselected));
    m_agent->setObjectName(u"revokeAgent"_s);
    m_agent->setAccessibleName(tr("Agent"));
    m_reason->setObjectName(u"revokeReason"_s);
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("Reason (may be left empty)"));
    m_reason->setMaxLength(1'000);
    m_revoke->setObjectName(u"confirmRevoke"_s);
    m_revoke->setProperty("kind", u"dangerous"_s);
    m_revoke->setDefault(true);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_revoke);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(12);
    layout->addWidget(makeLabel(tr("Revoke agent access"), Tone::Heading, this));
    layout->addWidget(
        makeParagraph(tr("The store refuses this agent at once and voids its open actions; then its sessions, rights "
                         "and sign-in end on every target. Giving access back is an administrator's work."),
            Tone::Muted, this));
    layout->addWidget(m_agent);
    layout->addWidget(m_reason);
    layout->addSpacing(4);
    layout->addLayout(buttons);
    constexpr int width = 480;
    resize(width, layout->totalHeightForWidth(width));
    connect(m_agent, &QComboBox::currentIndexChanged, this, &RevokeDialog::refresh);
    connect(m_revoke, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    refresh();
    if (m_revoke->isEnabled())
        m_revoke->setFocus();
    else
        m_agent->setFocus();
}

void RevokeDialog::refresh()
{
    m_revoke->setEnabled(!agent().isEmpty());
}

QString RevokeDialog::agent() const
{
    return m_agent->currentData().toString();
}

QString RevokeDialog::reason() const
{
    return m_reason->text().trimmed();
}

} // namespace holdpoint
