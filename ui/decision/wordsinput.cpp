// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/decision/wordsinput.h"

#include "ui/theme.h"

#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyleHints>
#include <QTextBoundaryFinder>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype longest = 300;
/// Of one composed word; a whole phrase is a completion, or a paste by another name.
constexpr qsizetype mostComposed = 4;
constexpr int padding = 10;

qsizetype graphemes(const QString &text)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype count = 0;
    while (finder.toNextBoundary() != -1)
        ++count;
    return count;
}

bool isPlainKey(const QKeyEvent *event)
{
    return !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

/// One keystroke gives one character; whoever sends more in one event is not a person typing.
bool isTyped(const QKeyEvent *event)
{
    const QString text = event->text();
    return isPlainKey(event) && graphemes(text) == 1 && text.at(0).isPrint();
}

/// Some input methods hand on every key as a commit; what is longer must have been composed, and is no phrase.
bool isTypedCommit(const QString &committed, bool composed)
{
    const qsizetype count = graphemes(committed);
    const bool hasBlank = std::ranges::any_of(committed, [](QChar c) { return c.isSpace(); });
    return count <= 1 || (composed && count <= mostComposed && !hasBlank);
}

} // namespace

WordsInput::WordsInput(QWidget *parent)
    : QWidget(parent)
    , m_blink(new QTimer(this))
{
    setObjectName(u"words"_s);
    setAccessibleName(tr("Words to type"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setInputMethodHints(Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    setAcceptDrops(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_blink, &QTimer::timeout, this, [this] {
        m_cursorShown = !m_cursorShown;
        update();
    });
}

void WordsInput::clear()
{
    m_composed.clear();
    if (!m_words.isEmpty())
        remove(0, m_words.size());
}

void WordsInput::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    setAccessibleDescription(text);
    update();
}

bool WordsInput::event(QEvent *event)
{
    // Single letters are commands elsewhere in the window; here they are text.
    if (event->type() == QEvent::ShortcutOverride && isPlainKey(static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void WordsInput::keyPressEvent(QKeyEvent *event)
{
    if (!event->spontaneous()) {
        event->ignore();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT entered();
    else if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else if (isTyped(event))
        insert(event->text());
    else if (!edit(event))
        QWidget::keyPressEvent(event);
}

bool WordsInput::edit(const QKeyEvent *event)
{
    const bool byWord = event->modifiers() & Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_Backspace:
        remove(byWord ? wordBefore() : characterBefore(), m_cursor);
        return true;
    case Qt::Key_Delete:
        remove(m_cursor, characterAfter());
        return true;
    case Qt::Key_Left:
        moveTo(byWord ? wordBefore() : characterBefore());
        return true;
    case Qt::Key_Right:
        moveTo(characterAfter());
        return true;
    case Qt::Key_Home:
        moveTo(0);
        return true;
    case Qt::Key_End:
        moveTo(m_words.size());
        return true;
    default:
        return false;
    }
}

void WordsInput::inputMethodEvent(QInputMethodEvent *event)
{
    const QString committed = event->commitString();
    const bool typed = isTypedCommit(committed, !m_composed.isEmpty());
    m_composed = event->preeditString();
    if (!committed.isEmpty() && typed && event->replacementLength() == 0)
        insert(committed);
    update();
    event->accept();
}

QVariant WordsInput::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled:
        return true;
    case Qt::ImCursorRectangle:
        return QRectF(cursorX(), textRect().top(), 1, textRect().height());
    case Qt::ImSurroundingText:
        return m_words;
    case Qt::ImCursorPosition:
    case Qt::ImAnchorPosition:
        return QVariant::fromValue(m_cursor);
    default:
        return QWidget::inputMethodQuery(query);
    }
}

void WordsInput::insert(const QString &text)
{
    if (m_words.size() + text.size() > longest)
        return;
    m_words.insert(m_cursor, text);
    moveTo(m_cursor + text.size());
    Q_EMIT wordsChanged();
}

void WordsInput::remove(qsizetype from, qsizetype to)
{
    if (from >= to)
        return;
    m_words.remove(from, to - from);
    moveTo(from);
    Q_EMIT wordsChanged();
}

void WordsInput::moveTo(qsizetype cursor)
{
    m_cursor = std::clamp<qsizetype>(cursor, 0, m_words.size());
    restartBlinking();
}

qsizetype WordsInput::characterBefore() const
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, m_words);
    finder.setPosition(m_cursor);
    return std::max<qsizetype>(0, finder.toPreviousBoundary());
}

qsizetype WordsInput::characterAfter() const
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, m_words);
    finder.setPosition(m_cursor);
    const qsizetype next = finder.toNextBoundary();
    return next < 0 ? m_words.size() : next;
}

qsizetype WordsInput::wordBefore() const
{
    qsizetype start = m_cursor;
    while (start > 0 && m_words[start - 1].isSpace())
        --start;
    while (start > 0 && !m_words[start - 1].isSpace())
        --start;
    return start;
}

void WordsInput::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const qreal x = event->position().x() - textRect().left();
    qsizetype cursor = 0;
    while (cursor < m_words.size() && fontMetrics().horizontalAdvance(m_words.first(cursor + 1)) < x + 3)
        ++cursor;
    moveTo(cursor);
}

void WordsInput::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    restartBlinking();
}

void WordsInput::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    m_blink->stop();
    m_cursorShown = false;
    update();
}

void WordsInput::restartBlinking()
{
    m_cursorShown = hasFocus();
    const int flash = QGuiApplication::styleHints()->cursorFlashTime();
    if (hasFocus() && flash > 0)
        m_blink->start(flash / 2);
    update();
}

QSize WordsInput::sizeHint() const
{
    return {360, fontMetrics().height() + 16};
}

QSize WordsInput::minimumSizeHint() const
{
    return {160, sizeHint().height()};
}

QRectF WordsInput::textRect() const
{
    return QRectF(rect()).adjusted(padding, 0, -padding, 0);
}

qreal WordsInput::cursorX() const
{
    const qreal before = fontMetrics().horizontalAdvance(m_words.first(m_cursor) + m_composed);
    return textRect().left() + std::min(before, textRect().width() - 1);
}

void WordsInput::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(theme.accent, 2) : QPen(theme.line, 1));
    painter.setBrush(isEnabled() ? theme.surface : theme.sunken);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5, 5);

    const QRectF room = textRect();
    painter.setClipRect(room);
    const QString shown = m_words.first(m_cursor) + m_composed + m_words.sliced(m_cursor);
    if (shown.isEmpty()) {
        painter.setPen(theme.muted);
        painter.drawText(room, static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft), m_placeholder);
    }
    const qreal before = fontMetrics().horizontalAdvance(m_words.first(m_cursor) + m_composed);
    const qreal shift = std::max(0.0, before - room.width() + 1);
    painter.setPen(isEnabled() ? theme.text : theme.muted);
    painter.drawText(QRectF(room.left() - shift, room.top(), room.width() + shift + 4'000, room.height()),
        static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine, shown);
    if (m_cursorShown)
        painter.fillRect(QRectF(room.left() + before - shift, room.center().y() - fontMetrics().height() / 2.0, 1.5,
                             fontMetrics().height()),
            theme.text);
}

} // namespace holdpoint
