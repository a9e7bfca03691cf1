// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/decision/phraseform.h"

#include "ui/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int gap = 8;

} // namespace

PhraseForm::PhraseForm(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"phraseForm"_s);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PhraseForm::setPhrase(const std::optional<ConfirmationPhrase> &phrase)
{
    m_phrase = phrase;
    setAccessibleName(phrase ? tr("Type: %1").arg(phrase->form()) : QString());
    update();
}

void PhraseForm::setProgress(const PhraseProgress &progress)
{
    m_progress = progress;
    update();
}

QSize PhraseForm::sizeHint() const
{
    return {360, fontMetrics().height() + 6};
}

void PhraseForm::paintEvent(QPaintEvent *)
{
    if (!m_phrase)
        return;
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.muted);
    const QString lead = tr("Type");
    painter.drawText(rect(), static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), lead);
    qreal x = fontMetrics().horizontalAdvance(lead) + gap;
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    for (qsizetype i = 0; i < m_phrase->parts().size(); ++i) {
        const ConfirmationPhrase::Part &part = m_phrase->parts()[i];
        const bool isBlank = !part.blank.isEmpty();
        const bool isWrong = m_progress.wrong && i == m_progress.right;
        const QString text = isBlank ? part.blank : part.text;
        const QColor colour = i < m_progress.right ? theme.good
            : isWrong                              ? theme.danger
            : isBlank                              ? theme.muted
                                                   : theme.text;
        const qreal width = QFontMetricsF(strong).horizontalAdvance(text) + (isBlank ? 2 * gap : 0);
        const QRectF place(x, 0.5, width, height() - 1.0);
        painter.setPen(QPen(colour, 1, i < m_progress.right || isWrong ? Qt::SolidLine : Qt::DashLine));
        painter.setBrush(isBlank ? QBrush(theme.surface) : QBrush(Qt::NoBrush));
        if (isBlank)
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(colour);
        painter.drawText(place, static_cast<int>(Qt::AlignCenter), text);
        x += width + gap;
    }
}

} // namespace holdpoint
