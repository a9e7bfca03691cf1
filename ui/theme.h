// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/risklevel.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

class QApplication;
class QWidget;

namespace holdpoint {

/// The colours of one scheme. Colour is spent on risk and on the environment; everything else is quiet.
///
/// Every text colour has a contrast of at least 4.5 to `window`, `surface` and `sunken`, and `on…` colours to what
/// they stand on.
struct Theme
{
    bool dark = false;
    QColor window; ///< behind everything
    QColor surface; ///< lists, texts, fields
    QColor sunken; ///< gutters, fenced text
    QColor line; ///< hairlines
    QColor text;
    QColor muted;
    QColor accent;
    QColor onAccent;
    QColor selection; ///< behind the selected row; text stays `text`
    QColor good;
    QColor danger;
    QColor onDanger;
    QColor read;
    QColor write;
    QColor destructive;
    QColor critical;
    QColor production;
    QColor otherEnvironment;

    static const Theme &light();
    static const Theme &darkScheme();

    QColor risk(RiskLevel level) const;
    /// Production's colour for every environment that is not known to be another: fail closed.
    QColor environment(const QString &name) const;
    /// `color` thinned over the surface, for areas behind text.
    QColor tint(const QColor &color) const;

    QPalette palette() const;
    QString styleSheet() const;
};

/// Gives a window and all that is in it this scheme; each widget then gets a StyleChange event.
void applyTheme(QWidget *window, const Theme &theme);
/// The scheme that a widget is painted in.
const Theme &themeOf(const QWidget *widget);

/// WCAG 2's contrast of two opaque colours, 1 to 21.
double contrast(const QColor &a, const QColor &b);

/// For SQL, identifiers and digests.
QFont fixedFont();

/// The style, the font and the language that the window is drawn for. To be called once, before the first widget is
/// made.
void installStyle(QApplication &application);

} // namespace holdpoint
