// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/review/fence.h"

#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
constexpr int linesShown = 3;
}

Fence::Fence(QWidget *parent)
    : QWidget(parent)
    , m_caption(new ElidedLabel(Tone::Caption, this))
    , m_title(new ElidedLabel(Tone::Strong, this))
    , m_reason(new QPlainTextEdit(this))
{
    setObjectName(u"fence"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_title->setObjectName(u"title"_s);
    m_reason->setObjectName(u"reason"_s);
    m_reason->setAccessibleName(tr("The agent's reason"));
    m_reason->setProperty("kind", u"fenced"_s);
    m_reason->setReadOnly(true);
    m_reason->setUndoRedoEnabled(false);
    m_reason->setTabChangesFocus(true);
    m_reason->setFrameShape(QFrame::NoFrame);
    m_reason->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_reason->setLayoutDirection(Qt::LeftToRight);
    m_reason->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_reason->document()->setDocumentMargin(0);
    connect(m_reason, &QPlainTextEdit::updateRequest, this, &Fence::fit);
    fit();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 12, 8);
    layout->setSpacing(2);
    layout->addWidget(m_caption);
    layout->addWidget(m_title);
    layout->addWidget(m_reason);
}

void Fence::setWords(const QString &agent, const QString &title, const QString &reason)
{
    m_caption->setText(tr("In the words of %1, which nobody has checked").arg(safeLine(agent, 80)));
    m_title->setText(safeLine(title));
    m_title->setVisible(!title.isEmpty());
    const QString trimmed = reason.trimmed();
    const SafeText shown = makeSafeText(trimmed.toUtf8(), {.lineCharacters = 4'000, .lines = 400});
    m_reason->setPlainText(shown.text);
    m_reason->setVisible(!trimmed.isEmpty());
    setPlainToolTip(m_title, safeLine(title));
}

void Fence::fit()
{
    // The document's own height is that of the last width until every block has been laid out afresh.
    const QAbstractTextDocumentLayout *layout = m_reason->document()->documentLayout();
    int lines = 0;
    for (QTextBlock block = m_reason->document()->begin(); block.isValid() && lines < linesShown;
        block = block.next()) {
        layout->blockBoundingRect(block);
        lines += block.lineCount();
    }
    m_reason->setFixedHeight(m_reason->fontMetrics().lineSpacing() * std::clamp(lines, 1, linesShown) + 4);
}

void Fence::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    painter.setPen(QPen(themeOf(this).muted, 2, Qt::DotLine));
    painter.drawLine(6, 8, 6, height() - 8);
}

} // namespace holdpoint
