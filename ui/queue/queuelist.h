// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedLayout;
class QTimer;

namespace holdpoint {

class QueueDelegate;
class QueueModel;

/// The left pane: the filter, the strip that says what is new, and the rows.
class QueueList final : public QWidget
{
    Q_OBJECT
public:
    explicit QueueList(QueueModel *model, QWidget *parent = nullptr);

    /// Marks the row of the action that is under review; 0 for none.
    void setOpened(qint64 action);
    void select(qint64 action);
    void move(int step);
    void focusFilter();
    /// The keyboard to the rows, also to those that are still to come; no row is chosen by that.
    void focusRows();
    /// Lets in what is new.
    void settle();

Q_SIGNALS:
    /// The cursor came to rest on an action.
    void chosen(qint64 action);
    /// Enter: the person wants to read it.
    void entered(qint64 action);

private:
    void buildStrip();
    void followCursor(const QModelIndex &current);
    void refresh();
    void placeCursor();
    qint64 currentAction() const;

    QueueModel *m_model;
    QueueDelegate *m_delegate;
    QLineEdit *m_filter;
    QPushButton *m_strip;
    QListView *m_view;
    QLabel *m_placeholder;
    QTimer *m_rest;
    qint64 m_selected = 0;
};

} // namespace holdpoint
