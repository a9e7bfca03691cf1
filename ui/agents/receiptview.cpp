// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/agents/receiptview.h"

#include "ui/icons.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString doneText(const QString &step)
{
    if (step == "no-login"_L1)
        return ReceiptView::tr("Sign-in closed, password removed");
    if (step == "grants"_L1)
        return ReceiptView::tr("Rights and memberships removed");
    if (step == "sessions"_L1)
        return ReceiptView::tr("Sessions ended");
    if (step == "prepared"_L1)
        return ReceiptView::tr("Prepared transactions rolled back");
    if (step == "sweeps"_L1)
        return ReceiptView::tr("Swept until nothing was left");
    if (step == "proof"_L1)
        return ReceiptView::tr("Proved that it cannot sign in");
    if (step == "refused"_L1)
        return ReceiptView::tr("Refused");
    if (step == "voided"_L1)
        return ReceiptView::tr("Voided");
    return safeLine(step, 80);
}

QString failedText(const QString &step)
{
    if (step == "no-login"_L1)
        return ReceiptView::tr("Sign-in could not be closed");
    if (step == "grants"_L1)
        return ReceiptView::tr("Rights and memberships could not be removed");
    if (step == "sessions"_L1)
        return ReceiptView::tr("Sessions could not be ended");
    if (step == "prepared"_L1)
        return ReceiptView::tr("Prepared transactions could not be rolled back");
    if (step == "sweeps"_L1)
        return ReceiptView::tr("Swept, and something was still left");
    if (step == "proof"_L1)
        return ReceiptView::tr("Not proved that it cannot sign in");
    return ReceiptView::tr("%1 failed").arg(safeLine(step, 80));
}

QString stepText(const ReceiptStep &step)
{
    const QString text = step.done ? doneText(step.step) : failedText(step.step);
    return step.detail.isEmpty() ? text : u"%1: %2"_s.arg(text, safeLine(step.detail, 200));
}

QString summary(const Receipt &receipt, const QDateTime &requestedAt)
{
    if (receipt.confirmed)
        return ReceiptView::tr("revoked after %1")
            .arg(millisecondsText(static_cast<double>(requestedAt.msecsTo(receipt.confirmedAt))));
    return ReceiptView::tr("NOT revoked yet · %n tries", nullptr, receipt.tries);
}

} // namespace

ReceiptView::ReceiptView(const Receipt &receipt, const QDateTime &requestedAt, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"receipt"_s);
    const Theme &theme = themeOf(parent ? parent : this);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    QLabel *icon = makeLabel({}, Tone::Normal, this);
    icon->setPixmap(iconPixmap(receipt.confirmed ? u"check"_s : u"risk-critical"_s, 16,
        receipt.confirmed ? theme.good : theme.danger, devicePixelRatioF()));
    auto *place = new ElidedLabel(Tone::Strong, this);
    place->setText(safeLine(receipt.place, 80));
    grid->addWidget(icon, 0, 0);
    grid->addWidget(place, 0, 1);
    grid->addWidget(makeLabel(summary(receipt, requestedAt), receipt.confirmed ? Tone::Good : Tone::Danger, this), 0, 2,
        Qt::AlignRight);
    for (const ReceiptStep &step : receipt.steps)
        addStep(grid, step);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(grid);
    if (!receipt.confirmed && !receipt.lastError.isEmpty())
        layout->addWidget(makeParagraph(safeLine(receipt.lastError, 500), Tone::Danger, this));
}

void ReceiptView::addStep(QGridLayout *grid, const ReceiptStep &step)
{
    const Theme &theme = themeOf(parentWidget() ? parentWidget() : this);
    const int row = grid->rowCount();
    QLabel *icon = makeLabel({}, Tone::Normal, this);
    icon->setPixmap(iconPixmap(
        step.done ? u"check"_s : u"cross"_s, 12, step.done ? theme.muted : theme.danger, devicePixelRatioF()));
    icon->setContentsMargins(0, 3, 0, 0);
    grid->addWidget(icon, row, 0, Qt::AlignHCenter | Qt::AlignTop);
    grid->addWidget(makeParagraph(stepText(step), step.done ? Tone::Muted : Tone::Danger, this), row, 1);
    grid->addWidget(
        makeLabel(millisecondsText(step.milliseconds), Tone::Muted, this), row, 2, Qt::AlignRight | Qt::AlignTop);
}

QString unconfirmedText(const Revocation &revocation)
{
    QStringList places;
    for (const Receipt &receipt : revocation.receipts) {
        if (receipt.confirmed)
            continue;
        QString place = ReceiptView::tr("%1 (%n tries)", nullptr, receipt.tries).arg(safeLine(receipt.place, 60));
        if (!receipt.lastError.isEmpty())
            place += u": "_s + safeLine(receipt.lastError, 160);
        places.append(place);
    }
    if (places.isEmpty() && !revocation.receipts.isEmpty())
        return {};
    return ReceiptView::tr("NOT revoked yet: %1 still has access on %2 Requested at %3.")
        .arg(safeLine(revocation.agent, 60), sentence(places.join(u"; "_s)), clockText(revocation.requestedAt));
}

} // namespace holdpoint
