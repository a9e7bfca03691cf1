// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/tour/patience.h"

#include <QDir>

namespace holdpoint {

class MainWindow;

/// Takes pictures of the window as it stands: at 1280×800 and at 1920×1080, light and dark.
class Camera
{
public:
    /// @param directory made if missing; empty: no picture is taken
    explicit Camera(const QString &directory);

    /// Writes NAME-WIDTHxHEIGHT-SCHEME.png for each size and scheme, with whatever dialog is open.
    void take(MainWindow &window, const QString &name);
    int taken() const { return m_taken; }

private:
    void shoot(MainWindow &window, const QString &path);

    QString m_directory;
    Patience m_patience; ///< of its own: another size and another scheme are no part of the play
    int m_taken = 0;
};

} // namespace holdpoint
