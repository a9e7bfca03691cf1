// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/decision/reasondialog.h"

#include "ui/label.h"
#include "ui/wording.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
constexpr qsizetype longestReason = 4'000;
}

ReasonDialog::ReasonDialog(Verdict verdict, const QString &subject, QWidget *parent)
    : QDialog(parent)
    , m_reason(new QPlainTextEdit(this))
    , m_rest(makeLabel({}, Tone::Danger, this))
    , m_send(new QPushButton(this))
{
    const bool rejects = verdict == Verdict::Reject;
    const QString heading = rejects ? tr("Reject") : tr("Request changes");
    setObjectName(u"reasonDialog"_s);
    setWindowTitle(heading);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *subjectLabel = new ElidedLabel(Tone::Muted, this);
    subjectLabel->setText(subject);
    m_reason->setObjectName(u"reasonField"_s);
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(rejects
            ? tr("Why not? The agent and its owner read this.")
            : tr("What should be different? The agent reads this and may send a new revision."));
    m_reason->setTabChangesFocus(true);
    m_reason->setMinimumHeight(m_reason->fontMetrics().lineSpacing() * 6);
    m_send->setObjectName(u"sendReason"_s);
    m_send->setProperty("kind", u"primary"_s);
    m_send->setText(heading);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_rest, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_send);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(12);
    layout->addWidget(makeLabel(heading, Tone::Heading, this));
    layout->addWidget(subjectLabel);
    layout->addWidget(m_reason, 1);
    layout->addLayout(buttons);
    resize(520, 320);

    connect(m_reason, &QPlainTextEdit::textChanged, this, &ReasonDialog::refresh);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_send, &QPushButton::clicked, this, &QDialog::accept);
    const auto send = [this] {
        if (m_send->isEnabled())
            accept();
    };
    for (const int key : {Qt::Key_Return, Qt::Key_Enter})
        connect(
            new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(key)), this), &QShortcut::activated, this, send);
    setPlainToolTip(m_send, tr("Ctrl+Enter"));
    m_reason->setFocus();
    refresh();
}

QString ReasonDialog::reason() const
{
    return m_reason->toPlainText().trimmed();
}

void ReasonDialog::refresh()
{
    const qsizetype size = reason().size();
    m_send->setEnabled(size > 0 && size <= longestReason);
    m_rest->setText(
        size > longestReason ? tr("%1 characters too many").arg(numberText(size - longestReason)) : QString());
}

} // namespace holdpoint
