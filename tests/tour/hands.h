// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/tour/patience.h"

#include <QWidget>

namespace holdpoint {

class MainWindow;
class QueuePage;

/// Works the window as a person does: with the mouse and the keyboard, on the widgets that are in sight.
class Hands
{
public:
    Hands(MainWindow &window, Patience &patience);

    /// A widget in sight, by the name that it has in the code.
    /// @throws StepFailed if there is none
    template <typename T> T &find(const QString &name = {});
    /// Everything that can be read in the labels of a widget, line by line.
    QString readAll(const QWidget &widget) const;
    QString read(const QString &label);

    void click(const QString &button);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// Types into whatever has the focus.
    void type(const QString &text);

    /// Opens an action by its row in the queue, and waits until its findings and its figures have come. Returns the
    /// milliseconds from the click to the figures.
    qint64 open(qint64 action);
    /// Types the words, until whose last character Release must be off, and after which it must be on.
    void typeWords(const QString &words);
    /// Types the words and presses Release.
    void release(const QString &words);
    /// Turns the open action down, or back, by key and with a reason.
    void turnDown(Qt::Key key, const QString &reason);

    QueuePage &queue();
    /// As find(), but at once; null if there is none.
    QWidget *findByName(const QString &name, const QMetaObject &type) const;

private:
    QWidget &await(const QString &name, const QMetaObject &type);
    QWidget &focus();

    MainWindow &m_window;
    Patience &m_patience;
};

template <typename T> T &Hands::find(const QString &name)
{
    return *qobject_cast<T *>(&await(name, T::staticMetaObject));
}

} // namespace holdpoint
