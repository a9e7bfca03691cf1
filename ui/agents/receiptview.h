// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/receipt.h"

#include <QWidget>

class QGridLayout;

namespace holdpoint {

/// The proof for one place, step by step, or that there is none yet, and why.
class ReceiptView final : public QWidget
{
    Q_OBJECT
public:
    ReceiptView(const Receipt &receipt, const QDateTime &requestedAt, QWidget *parent = nullptr);

private:
    void addStep(QGridLayout *grid, const ReceiptStep &step);
};

/// "NOT revoked yet: cleanup-bot on prod-eu, for 12 s, 3 tries, because …"; empty if every place has confirmed.
QString unconfirmedText(const Revocation &revocation, const QDateTime &now);

} // namespace holdpoint
