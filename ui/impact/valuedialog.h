// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace holdpoint {

/// One value of a row, whole. Escape closes it.
class ValueDialog final : public QDialog
{
    Q_OBJECT
public:
    ValueDialog(const QString &column, const QString &value, QWidget *parent = nullptr);
};

} // namespace holdpoint
