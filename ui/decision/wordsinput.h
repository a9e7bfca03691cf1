// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QTimer;

namespace holdpoint {

/// A line that takes what a person types, key by key, and nothing else: no paste, no drop, no middle click, no
/// completion, no undo, no setter, no editable text for other programs.
///
/// Not a QLineEdit on purpose: that one has a dozen ways in.
class WordsInput final : public QWidget
{
    Q_OBJECT
public:
    explicit WordsInput(QWidget *parent = nullptr);

    const QString &words() const { return m_words; }
    void clear();
    void setPlaceholder(const QString &text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

Q_SIGNALS:
    void wordsChanged();
    /// Enter was pressed.
    void entered();
    /// Escape was pressed.
    void left();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool edit(const QKeyEvent *event);
    void insert(const QString &text);
    void remove(qsizetype from, qsizetype to);
    void moveTo(qsizetype cursor);
    qsizetype characterBefore() const;
    qsizetype characterAfter() const;
    qsizetype wordBefore() const;
    QRectF textRect() const;
    qreal cursorX() const;
    void restartBlinking();

    QString m_words;
    QString m_composed; ///< of an input method, not committed yet
    QString m_placeholder;
    qsizetype m_cursor = 0;
    bool m_cursorShown = false;
    QTimer *m_blink;
};

} // namespace holdpoint
