// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/label.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString toProperty(Tone tone)
{
    switch (tone) {
    case Tone::Normal:
        return u"normal"_s;
    case Tone::Muted:
        return u"muted"_s;
    case Tone::Caption:
        return u"caption"_s;
    case Tone::Strong:
        return u"strong"_s;
    case Tone::Heading:
        return u"heading"_s;
    case Tone::Title:
        return u"title"_s;
    case Tone::Figure:
        return u"figure"_s;
    case Tone::Good:
        return u"good"_s;
    case Tone::Danger:
        break;
    }
    return u"danger"_s;
}

} // namespace

QLabel *makeLabel(const QString &text, Tone tone, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    setTone(label, tone);
    return label;
}

QLabel *makeParagraph(const QString &text, Tone tone, QWidget *parent)
{
    QLabel *label = makeLabel(text, tone, parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void setTone(QLabel *label, Tone tone)
{
    label->setProperty("tone", toProperty(tone));
    label->style()->unpolish(label);
    label->style()->polish(label);
}

QString plainToolTip(const QString &text)
{
    constexpr qsizetype longest = 400;
    const QString cut = text.size() > longest ? text.left(longest) + u'…' : text;
    return u"<p style='white-space:pre-wrap'>"_s + cut.toHtmlEscaped() + u"</p>"_s;
}

void setPlainToolTip(QWidget *widget, const QString &text)
{
    widget->setToolTip(text.isEmpty() ? QString() : plainToolTip(text));
}

ElidedLabel::ElidedLabel(Tone tone, QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setTone(this, tone);
}

QSize ElidedLabel::minimumSizeHint() const
{
    const QMargins margins = contentsMargins();
    return {fontMetrics().averageCharWidth() * 4, fontMetrics().height() + margins.top() + margins.bottom()};
}

QSize ElidedLabel::sizeHint() const
{
    constexpr int widest = 4'000;
    // Measuring a megabyte takes longer than anybody would read of it.
    const int width = fontMetrics().horizontalAdvance(text().left(500)) + 2;
    const QMargins margins = contentsMargins();
    return {std::min(width, widest) + margins.left() + margins.right(),
        fontMetrics().height() + margins.top() + margins.bottom()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QString line = fontMetrics().elidedText(text().left(2'000), Qt::ElideRight, contentsRect().width());
    painter.drawText(contentsRect(), static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine), line);
}

} // namespace holdpoint
