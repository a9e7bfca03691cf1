// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/signin/signinpage.h"

#include "ui/label.h"
#include "ui/review/safetext.h"

#include <QComboBox>
#include <QCompleter>
#include <QIcon>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

SignInPage::SignInPage(QWidget *parent)
    : QWidget(parent)
    , m_conninfo(new QComboBox(this))
    , m_error(makeParagraph({}, Tone::Danger, this))
    , m_remedy(makeParagraph({}, Tone::Muted, this))
    , m_connecting(makeLabel(tr("Connecting…"), Tone::Muted, this))
    , m_progress(new QProgressBar(this))
    , m_signIn(new QPushButton(tr("Sign in"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"signIn"_s);
    m_conninfo->setObjectName(u"conninfo"_s);
    m_conninfo->setAccessibleName(tr("Store"));
    m_conninfo->setEditable(true);
    m_conninfo->setInsertPolicy(QComboBox::NoInsert);
    m_conninfo->lineEdit()->setPlaceholderText(tr("service=holdpoint"));
    m_error->setObjectName(u"signInError"_s);
    m_remedy->setObjectName(u"signInRemedy"_s);
    m_signIn->setObjectName(u"signInButton"_s);
    m_signIn->setProperty("kind", u"primary"_s);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(2);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    auto *middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(buildCard());
    middle->addStretch();
    layout->addLayout(middle);
    layout->addStretch(3);
    connect(m_signIn, &QPushButton::clicked, this, &SignInPage::submit);
    connect(m_conninfo->lineEdit(), &QLineEdit::returnPressed, this, &SignInPage::submit);
    connect(m_cancel, &QPushButton::clicked, this, &SignInPage::cancel);
    setState({});
}

QWidget *SignInPage::buildCard()
{
    auto *card = new QWidget(this);
    card->setObjectName(u"signInCard"_s);
    card->setAttribute(Qt::WA_StyledBackground);
    card->setFixedWidth(480);
    QLabel *logo = makeLabel({}, Tone::Normal, card);
    logo->setPixmap(QIcon(u":/icons/holdpoint.svg"_s).pixmap(QSize(48, 48), devicePixelRatioF()));
    QLabel *caption = makeLabel(tr("Store"), Tone::Strong, card);
    caption->setBuddy(m_conninfo);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_connecting, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_signIn);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(40, 40, 40, 32);
    layout->setSpacing(8);
    layout->addWidget(logo);
    layout->addSpacing(8);
    layout->addWidget(makeLabel(tr("Sign in to Holdpoint"), Tone::Title, card));
    layout->addWidget(
        makeParagraph(tr("You decide as yourself: your role in the store is your signature."), Tone::Muted, card));
    layout->addSpacing(16);
    layout->addWidget(caption);
    layout->addWidget(m_conninfo);
    layout->addWidget(makeParagraph(tr("A service of your pg_service.conf, or a connection string. Passwords come from "
                                       "your passfile; they are neither asked for nor kept here."),
        Tone::Caption, card));
    layout->addWidget(m_error);
    layout->addWidget(m_remedy);
    layout->addSpacing(8);
    layout->addWidget(m_progress);
    layout->addLayout(buttons);
    return card;
}

void SignInPage::setState(const SignInState &state)
{
    m_state = state;
    const QString typed = state.conninfo.isEmpty() ? m_conninfo->currentText() : state.conninfo;
    m_conninfo->clear();
    for (const QString &service : state.services)
        m_conninfo->addItem(u"service="_s + service);
    m_conninfo->setCurrentText(
        typed.isEmpty() && !state.services.isEmpty() ? u"service="_s + state.services.constFirst() : typed);
    m_conninfo->setEnabled(!state.connecting);
    m_error->setText(state.error ? safeLine(state.error->message, 600) : QString());
    m_remedy->setText(state.error ? safeLine(state.error->remedy, 600) : QString());
    m_error->setVisible(state.error && !state.connecting);
    m_remedy->setVisible(state.error && !state.connecting && !state.error->remedy.isEmpty());
    m_connecting->setVisible(state.connecting);
    m_progress->setVisible(state.connecting);
    m_cancel->setVisible(state.connecting);
    m_signIn->setVisible(!state.connecting);
    m_signIn->setText(state.error ? tr("Try again") : tr("Sign in"));
    if (state.connecting)
        m_cancel->setFocus();
    else
        m_conninfo->setFocus();
}

void SignInPage::cancel()
{
    SignInState state = m_state;
    state.connecting = false;
    setState(state);
    Q_EMIT cancelled();
}

void SignInPage::submit()
{
    const QString conninfo = m_conninfo->currentText().trimmed();
    if (!m_state.connecting && !conninfo.isEmpty())
        Q_EMIT signInWanted(conninfo);
}

} // namespace holdpoint
