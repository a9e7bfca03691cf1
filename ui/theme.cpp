// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QLocale>
#include <QStyleFactory>
#include <QTranslator>
#include <QWidget>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr auto darkProperty = "holdpointDark";

double luminance(const QColor &color)
{
    const auto linear = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

// The risk hues are Okabe and Ito's, which stay apart for the colour-blind: blue, orange, vermillion; reddish purple
// marks production. In the light scheme they are darkened until they can be read as text.
const Theme &Theme::light()
{
    static const Theme theme{.dark = false,
        .window = QColor(0xf4f5f7),
        .surface = QColor(0xffffff),
        .sunken = QColor(0xf0f1f4),
        .line = QColor(0xd9dce2),
        .text = QColor(0x1a1d23),
        .muted = QColor(0x58606c),
        .accent = QColor(0x3f4c8c),
        .onAccent = QColor(0xffffff),
        .selection = QColor(0xe4e7f3),
        .good = QColor(0x00704f),
        .danger = QColor(0xb3400a),
        .onDanger = QColor(0xffffff),
        .read = QColor(0x58606c),
        .write = QColor(0x0068a3),
        .destructive = QColor(0x855600),
        .critical = QColor(0xb3400a),
        .production = QColor(0x963c72),
        .otherEnvironment = QColor(0x00704f)};
    return theme;
}

const Theme &Theme::darkScheme()
{
    static const Theme theme{.dark = true,
        .window = QColor(0x17191e),
        .surface = QColor(0x1e2127),
        .sunken = QColor(0x252931),
        .line = QColor(0x363b45),
        .text = QColor(0xe8eaee),
        .muted = QColor(0xa2aab6),
        .accent = QColor(0xa9b5ee),
        .onAccent = QColor(0x14182b),
        .selection = QColor(0x2d3450),
        .good = QColor(0x3cc79a),
        .danger = QColor(0xff8c50),
        .onDanger = QColor(0x2a1000),
        .read = QColor(0xa2aab6),
        .write = QColor(0x56b4e9),
        .destructive = QColor(0xe6a817),
        .critical = QColor(0xff8c50),
        .production = QColor(0xe193bf),
        .otherEnvironment = QColor(0x3cc79a)};
    return theme;
}

QColor Theme::risk(RiskLevel level) const
{
    switch (level) {
    case RiskLevel::Read:
        return read;
    case RiskLevel::Write:
        return write;
    case RiskLevel::Destructive:
        return destructive;
    case RiskLevel::Critical:
        break;
    }
    return critical;
}

QColor Theme::environment(const QString &name) const
{
    static const QStringList harmless{u"staging"_s, u"test"_s, u"testing"_s, u"development"_s, u"dev"_s, u"sandbox"_s};
    return harmless.contains(name.toLower()) ? otherEnvironment : production;
}

QColor Theme::tint(const QColor &color) const
{
    const float share = dark ? 0.16F : 0.08F;
    const auto mix = [share](float over, float under) { return over * share + under * (1 - share); };
    return QColor::fromRgbF(
        mix(color.redF(), surface.redF()), mix(color.greenF(), surface.greenF()), mix(color.blueF(), surface.blueF()));
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, surface);
    palette.setColor(QPalette::AlternateBase, sunken);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, muted);
    palette.setColor(QPalette::Button, surface);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::ToolTipBase, sunken);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Highlight, selection);
    palette.setColor(QPalette::HighlightedText, text);
    palette.setColor(QPalette::Accent, accent);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::Mid, line);
    palette.setColor(QPalette::Midlight, line);
    palette.setColor(QPalette::Light, surface);
    palette.setColor(QPalette::Dark, line);
    palette.setColor(QPalette::Shadow, dark ? QColor(Qt::black) : line);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, muted);
    return palette;
}

void applyTheme(QWidget *window, const Theme &theme)
{
    window->setProperty(darkProperty, theme.dark);
    window->setPalette(theme.palette());
    if (const QString sheet = theme.styleSheet(); window->styleSheet() != sheet)
        window->setStyleSheet(sheet);
}

const Theme &themeOf(const QWidget *widget)
{
    // Style sheets keep palettes from reaching children, so the window says which scheme it is in.
    for (const QWidget *ancestor = widget; ancestor; ancestor = ancestor->parentWidget())
        if (const QVariant dark = ancestor->property(darkProperty); dark.isValid())
            return dark.toBool() ? Theme::darkScheme() : Theme::light();
    return Theme::light();
}

double contrast(const QColor &a, const QColor &b)
{
    const double ofA = luminance(a);
    const double ofB = luminance(b);
    return (std::max(ofA, ofB) + 0.05) / (std::min(ofA, ofB) + 0.05);
}

QFont fixedFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    // Where the platform has no font of its own, the first match of fontconfig need not have tellable 0 and O.
    if (!QFontInfo(font).fixedPitch())
        font.setFamilies({u"DejaVu Sans Mono"_s, u"Noto Sans Mono"_s, u"monospace"_s});
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF(QApplication::font().pointSizeF());
    return font;
}

void installStyle(QApplication &application)
{
    application.setStyle(QStyleFactory::create(u"Fusion"_s));
    QFont font = QApplication::font();
    if (QGuiApplication::platformName() == u"offscreen"_s)
        font.setFamilies({u"Noto Sans"_s, u"DejaVu Sans"_s});
    font.setPointSizeF(std::max(font.pointSizeF(), 10.0));
    font.setFeature(QFont::Tag("tnum"), 1);
    QApplication::setFont(font);
    // The catalogue of the plurals, where the user's own language has none.
    auto *translator = new QTranslator(&application);
    if (translator->load(QLocale(), u"holdpoint"_s, u"_"_s, u":/i18n"_s) || translator->load(u":/i18n/holdpoint_en"_s))
        QCoreApplication::installTranslator(translator);
}

} // namespace holdpoint
