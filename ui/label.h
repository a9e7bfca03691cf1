// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace holdpoint {

enum class Tone { Normal, Muted, Caption, Strong, Heading, Title, Figure, Good, Danger };

/// The only maker of labels: plain text whatever it is given, never a guess at rich text.
QLabel *makeLabel(const QString &text = {}, Tone tone = Tone::Normal, QWidget *parent = nullptr);
/// One that breaks its lines and may be selected with the mouse.
QLabel *makeParagraph(const QString &text = {}, Tone tone = Tone::Normal, QWidget *parent = nullptr);
void setTone(QLabel *label, Tone tone);

/// The only setter of tooltips: they are rich text by guess, so `text` is escaped, and cut to a readable length.
void setPlainToolTip(QWidget *widget, const QString &text);
/// What an item view's Qt::ToolTipRole may return.
QString plainToolTip(const QString &text);

/// A line that ends in … where there is no room, and never asks for more room than there is.
class ElidedLabel final : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(Tone tone = Tone::Normal, QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace holdpoint
