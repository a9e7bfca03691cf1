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

/// "NOT revoked yet: cleanup-bot still has access on prod-eu (3 tries): …"; empty if every place has confirmed. The
/// text changes only when something has happened, so that screen readers say it once.
QString unconfirmedText(const Revocation &revocation);

} // namespace holdpoint
