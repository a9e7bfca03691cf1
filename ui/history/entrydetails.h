// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/ledgerentry.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace holdpoint {

class ElidedLabel;

/// One entry of the ledger, whole.
class EntryDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit EntryDetails(QWidget *parent = nullptr);

    void setEntry(const LedgerEntry &entry);
    void clear();

private:
    ElidedLabel *addFact(QFormLayout *form, const QString &name);

    QStackedWidget *m_stack;
    QLabel *m_heading;
    ElidedLabel *m_at;
    ElidedLabel *m_about;
    ElidedLabel *m_actor;
    ElidedLabel *m_agent;
    ElidedLabel *m_target;
    ElidedLabel *m_hash;
    ElidedLabel *m_previous;
    QPlainTextEdit *m_body;
};

} // namespace holdpoint
