// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/hands.h"

#include "ui/decision/wordsinput.h"
#include "ui/mainwindow.h"
#include "ui/queue/queuemodel.h"
#include "ui/queue/queuepage.h"

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;

namespace holdpoint {

Hands::Hands(MainWindow &window, Patience &patience)
    : m_window(window)
    , m_patience(patience)
{
}

QWidget *Hands::findByName(const QString &name, const QMetaObject &type) const
{
    for (QWidget *top : QApplication::topLevelWidgets()) {
        QList<QWidget *> candidates = top->findChildren<QWidget *>();
        candidates.prepend(top);
        for (QWidget *widget : candidates)
            if (widget->isVisible() && widget->metaObject()->inherits(&type)
                && (name.isEmpty() || widget->objectName() == name))
                return widget;
    }
    return nullptr;
}

QWidget &Hands::await(const QString &name, const QMetaObject &type)
{
    QWidget *found = nullptr;
    m_patience.until(
        u"%1 %2 is in sight"_s.arg(QString::fromLatin1(type.className()), name),
        [&] { return (found = findByName(name, type)) != nullptr; }, std::chrono::seconds(30));
    return *found;
}

QWidget &Hands::focus()
{
    QWidget *modal = QApplication::activeModalWidget();
    QWidget *top = modal ? modal : &m_window;
    // Offscreen nobody hands the activation back when a dialog closes.
    if (!top->isActiveWindow()) {
        top->activateWindow();
        m_patience.until(u"the window takes the keyboard"_s, [&] { return top->isActiveWindow(); });
    }
    QWidget *focused = top->focusWidget();
    return focused ? *focused : *top;
}

QString Hands::readAll(const QWidget &widget) const
{
    QStringList lines;
    for (const QLabel *label : widget.findChildren<QLabel *>())
        if (label->isVisible() && !label->text().isEmpty())
            lines.append(label->text());
    return lines.join(u'\n');
}

QString Hands::read(const QString &label)
{
    return find<QLabel>(label).text();
}

void Hands::click(const QString &button)
{
    auto &widget = find<QAbstractButton>(button);
    require(widget.isEnabled(), u"the button %1 is off"_s.arg(button));
    QTest::mouseClick(&widget, Qt::LeftButton);
    m_patience.settle();
}

void Hands::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(&focus(), key, modifiers);
    m_patience.settle();
}

void Hands::type(const QString &text)
{
    QTest::keyClicks(&focus(), text);
    m_patience.settle();
}

QueuePage &Hands::queue()
{
    return find<QueuePage>();
}

qint64 Hands::open(qint64 action)
{
    auto &view = find<QListView>(u"queue"_s);
    const auto row = [&] {
        const QModelIndexList found =
            view.model()->match(view.model()->index(0, 0), QueueModel::IdRole, action, 1, Qt::MatchExactly);
        return found.isEmpty() ? QModelIndex() : found.first();
    };
    // While a person points at the rows, what is new waits behind the strip above them.
    if (auto *strip = findByName(u"newStrip"_s, QAbstractButton::staticMetaObject))
        QTest::mouseClick(strip, Qt::LeftButton);
    m_patience.until(u"action %1 is in the queue"_s.arg(action), [&] { return row().isValid(); });
    view.scrollTo(row());
    QElapsedTimer taken;
    taken.start();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::NoModifier, view.visualRect(row()).center());
    m_patience.until(u"action %1 is open with its findings and figures"_s.arg(action), [&] {
        const Action *opened = queue().openedAction();
        return opened && opened->id == action && queue().review()->assessment && queue().review()->impact;
    });
    const qint64 milliseconds = taken.elapsed();
    m_patience.settle();
    return milliseconds;
}

void Hands::typeWords(const QString &words)
{
    m_patience.until(u"the words may be typed"_s, [&] {
        const QString hint = read(u"hint"_s);
        return hint.startsWith(u"Type"_s) || hint.contains(u"Next"_s);
    });
    auto &button = find<QPushButton>(u"release"_s);
    press(Qt::Key_A);
    require(qobject_cast<WordsInput *>(&focus()), u"the key a leads into the words"_s);
    for (const QChar letter : words) {
        require(!button.isEnabled(), u"Release is off until all the words are there"_s);
        QTest::keyClicks(&focus(), QString(letter));
    }
    m_patience.settle();
    require(find<WordsInput>().words() == words, u"what was typed stands there: %1"_s.arg(words));
    require(button.isEnabled(), u"Release is on once the words are right: %1 (%2)"_s.arg(words, read(u"hint"_s)));
}

void Hands::release(const QString &words)
{
    typeWords(words);
    click(u"release"_s);
    const QWidget *focused = m_window.focusWidget();
    require(focused && focused->objectName() == u"queue"_s,
        u"the next key after a release goes to the queue, not to %1"_s.arg(
            focused ? focused->objectName() : QString()));
}

void Hands::turnDown(Qt::Key key, const QString &reason)
{
    find<QListView>(u"queue"_s).setFocus();
    press(key);
    auto &field = find<QPlainTextEdit>(u"reasonField"_s);
    auto &send = find<QPushButton>(u"sendReason"_s);
    require(!send.isEnabled(), u"nothing is turned down without a reason"_s);
    QTest::keyClicks(&field, reason);
    require(send.isEnabled(), u"a reason is enough to send"_s);
    QTest::keyClick(&field, Qt::Key_Return, Qt::ControlModifier);
    m_patience.settle();
}

} // namespace holdpoint
