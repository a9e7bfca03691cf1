// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/ledgerentry.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSettings;
class QSortFilterProxyModel;
class QSplitter;
class QTableView;

namespace holdpoint {

class EntryDetails;
class HistoryModel;

/// The record: everything that happened, newest first; older entries come as one scrolls.
class HistoryPage final : public QWidget
{
    Q_OBJECT
public:
    explicit HistoryPage(QWidget *parent = nullptr);

    /// An empty list says that there are no older ones.
    void append(const QList<LedgerEntry> &entries);
    void prepend(const QList<LedgerEntry> &entries);

    void focusFilter();
    void move(int step);
    void save(QSettings &settings) const;
    void restore(const QSettings &settings);

Q_SIGNALS:
    void olderWanted(qint64 beforeSequence);

private:
    void buildTable();
    void askForOlder();
    void refresh();

    HistoryModel *m_model;
    QSortFilterProxyModel *m_filtered;
    QLineEdit *m_filter;
    QLabel *m_status;
    QLabel *m_placeholder;
    QTableView *m_table;
    EntryDetails *m_details;
    QSplitter *m_splitter;
    bool m_loaded = false;
    bool m_waiting = false;
    bool m_complete = false;
};

} // namespace holdpoint
