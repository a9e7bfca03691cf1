// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

/// The bytes of a test text that is written down with escapes: `\n`, `\t`, `\uXXXX` (a UTF-16 unit),
/// `{{repeat:N:TEXT}}` and, for what is no UTF-8, `{{byte:XX}}`. Any other backslash is one.
QByteArray unescaped(const QString &text);
