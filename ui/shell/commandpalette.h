// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLineEdit;
class QTreeWidget;

namespace holdpoint {

/// Finds any command by a part of its name, and shows its key, so that one learns it.
class CommandPalette final : public QDialog
{
    Q_OBJECT
public:
    CommandPalette(const QList<QAction *> &commands, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void run();

    QList<QAction *> m_commands;
    QLineEdit *m_search;
    QTreeWidget *m_list;
};

/// Every command with its key.
class ShortcutOverview final : public QDialog
{
    Q_OBJECT
public:
    ShortcutOverview(const QList<QAction *> &commands, QWidget *parent);
};

} // namespace holdpoint
