// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/decision/outcomeview.h"

#include "ui/icons.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QHBoxLayout>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString approversOf(const Action &action)
{
    QStringList names;
    for (const Approval &approval : action.approvals)
        names.append(safeLine(approval.approver, 60));
    return QLocale().createSeparatedList(names);
}

QString stateLine(const Action &action)
{
    switch (action.state) {
    case ActionState::Released:
        return OutcomeView::tr("Released by %1").arg(approversOf(action));
    case ActionState::Executing:
        return OutcomeView::tr("The executor is running it");
    case ActionState::Executed:
        return action.outcome && action.outcome->rowsChanged
            ? OutcomeView::tr("Executed: %1 changed").arg(rowsText(*action.outcome->rowsChanged))
            : OutcomeView::tr("Executed");
    case ActionState::Failed:
        return OutcomeView::tr("Failed: nothing was changed");
    case ActionState::Blocked:
        return OutcomeView::tr("Stopped by a guard: nothing was changed");
    case ActionState::Unknown:
        return OutcomeView::tr("Nobody knows whether it ran: a person must look");
    case ActionState::Rejected:
        return OutcomeView::tr("Rejected by %1").arg(safeLine(action.decidedBy, 60));
    case ActionState::ChangesRequested:
        return OutcomeView::tr("%1 asked for changes").arg(safeLine(action.decidedBy, 60));
    case ActionState::Withdrawn:
        return OutcomeView::tr("Withdrawn by the agent");
    case ActionState::Expired:
        return OutcomeView::tr("Expired: nobody decided in time");
    case ActionState::Revoked:
        return OutcomeView::tr("Void: the agent's access was revoked");
    case ActionState::Pending:
    case ActionState::Approved:
        break;
    }
    return toText(action.state);
}

QString detailOf(const Action &action, const QString &executorNote)
{
    QStringList facts;
    if (action.state == ActionState::Released || action.state == ActionState::Executing)
        facts.append(executorNote);
    if (action.outcome) {
        // What a guard says of itself names the cap, if the cap it was.
        const bool saysItself = action.state == ActionState::Blocked && !action.outcome->detail.isEmpty();
        if (action.outcome->rowCap && !saysItself)
            facts.append(OutcomeView::tr("%1 were allowed").arg(rowsText(*action.outcome->rowCap)));
        facts.append(safeLine(action.outcome->detail, 500));
        if (action.outcome->at.isValid())
            facts.append(momentText(action.outcome->at));
    }
    if (!action.closingReason.isEmpty())
        facts.append(u'“' + safeLine(action.closingReason, 500) + u'”');
    facts.removeAll(QString());
    return facts.join(u" · "_s);
}

QColor colourOf(ActionState state, const Theme &theme)
{
    switch (state) {
    case ActionState::Executed:
        return theme.good;
    case ActionState::Failed:
    case ActionState::Unknown:
    case ActionState::Blocked:
    case ActionState::Revoked:
        return theme.danger;
    default:
        return theme.muted;
    }
}

} // namespace

OutcomeView::OutcomeView(QWidget *parent)
    : QWidget(parent)
    , m_icon(makeLabel({}, Tone::Normal, this))
    , m_state(makeLabel({}, Tone::Heading, this))
    , m_detail(makeParagraph({}, Tone::Muted, this))
{
    m_state->setObjectName(u"outcome"_s);
    m_detail->setObjectName(u"outcomeDetail"_s);
    m_detail->setMaximumHeight(m_detail->fontMetrics().lineSpacing() * 3);
    m_detail->setMinimumWidth(100);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(4);
    texts->addStretch();
    texts->addWidget(m_state);
    texts->addWidget(m_detail);
    texts->addStretch();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(m_icon);
    layout->addLayout(texts, 1);
}

void OutcomeView::setAction(const Action &action, const QString &executorNote)
{
    const Theme &theme = themeOf(this);
    m_icon->setPixmap(iconPixmap(stateIconName(action.state), 32, colourOf(action.state, theme), devicePixelRatioF()));
    m_state->setText(stateLine(action));
    const QString detail = detailOf(action, executorNote);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setPlainToolTip(m_detail, detail);
}

} // namespace holdpoint
