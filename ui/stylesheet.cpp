// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

// Sizes keep to a grid of 8 pixels. Names after @ are colours of the theme.
constexpr auto rules = R"css(
QWidget { color: @text; }
QMainWindow, QDialog { background: @window; }
QLabel { background: transparent; }
QLabel[tone="muted"] { color: @muted; }
QLabel[tone="caption"] { color: @muted; font-size: 9pt; }
QLabel[tone="strong"] { font-weight: 600; }
QLabel[tone="heading"] { font-size: 12pt; font-weight: 600; }
QLabel[tone="title"] { font-size: 17pt; font-weight: 600; }
QLabel[tone="figure"] { font-size: 19pt; font-weight: 600; }
QLabel[tone="good"] { color: @good; font-weight: 600; }
QLabel[tone="danger"] { color: @danger; font-weight: 600; }

QPushButton, QToolButton { background: @surface; color: @text; border: 1px solid @line; border-radius: 5px;
    padding: 5px 14px; min-height: 20px; }
QPushButton:hover, QToolButton:hover { border-color: @muted; }
QPushButton:pressed, QToolButton:pressed { background: @sunken; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 4px 13px; }
QPushButton:disabled, QToolButton:disabled { color: @muted; background: @sunken; border-color: @line; }
QPushButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600;
    padding: 5px 22px; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; padding: 4px 21px; }
QPushButton[kind="primary"]:disabled { background: @sunken; color: @muted; border: 1px solid @line; padding: 5px 22px; }
QPushButton[kind="danger"] { color: @danger; border-color: @danger; font-weight: 600; }
QPushButton[kind="danger"]:hover { background: @dangerTint; }
QPushButton[kind="danger"]:focus { border: 2px solid @danger; }
QPushButton[kind="danger"]:disabled { color: @muted; border-color: @line; }
QPushButton[kind="dangerous"] { background: @danger; color: @onDanger; border-color: @danger; font-weight: 600; }
QPushButton[kind="dangerous"]:focus { border: 2px solid @text; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: @accent; padding: 2px 8px;
    font-weight: 600; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="quiet"]:focus { border: 1px solid @accent; }

QLineEdit, QPlainTextEdit, QComboBox { background: @surface; color: @text; border: 1px solid @line; border-radius: 5px;
    padding: 5px 8px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 2px solid @accent; padding: 4px 7px; }
QLineEdit:disabled { background: @sunken; color: @muted; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url(:/icons/chevron-down.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @surface; color: @text; border: 1px solid @line;
    selection-background-color: @selection; selection-color: @text; }
QPlainTextEdit[kind="flat"], QPlainTextEdit[kind="flat"]:focus { border: none; border-radius: 0; padding: 0; }
QPlainTextEdit[kind="fenced"], QPlainTextEdit[kind="fenced"]:focus { border: none; padding: 0; background: transparent; }

QListView, QTableView, QTreeView { background: @surface; color: @text; border: none; outline: none;
    selection-background-color: @selection; selection-color: @text; }
QTableView::item, QTreeView::item { padding: 0 8px; border-bottom: 1px solid @line; }
#paletteList::item { padding: 6px 8px; border: none; }
#paletteList::item:selected, QTableView::item:selected { background: @selection; color: @text; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @line;
    padding: 7px 12px; font-size: 9pt; font-weight: 600; }

QTabBar { background: @surface; }
QTabBar::tab { background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent;
    padding: 6px 4px; margin: 2px 8px 0 12px; font-weight: 600; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { color: @accent; }
#rows QHeaderView::section { padding: 2px 8px; }

QSplitter::handle { background: @line; }
QSplitter::handle:hover { background: @accent; }
QScrollArea, QScrollArea > QWidget > QWidget#content { background: @surface; border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @line; border: none; }
QProgressBar::chunk { background: @accent; }
#hairline { background: @line; }
QToolTip { background: @sunken; color: @text; border: 1px solid @line; padding: 4px 6px; }

#header { background: @window; border-bottom: 1px solid @line; }
#navigation { background: @window; border-right: 1px solid @line; }
#navigation QPushButton { background: transparent; border: none; border-radius: 5px; padding: 7px 10px;
    text-align: left; color: @muted; }
#navigation QPushButton:hover { background: @sunken; }
#navigation QPushButton:checked { background: @selection; color: @text; font-weight: 600; }
#navigation QPushButton:focus { border: 2px solid @accent; padding: 5px 8px; }
#queuePane, #reviewPane, #impactPane, #detailsPane, #signInCard { background: @surface; }
#signInCard { border: 1px solid @line; border-radius: 8px; }
#decisionBar { background: @window; border-top: 1px solid @line; }
#fence { background: @sunken; border-radius: 5px; }
#banner { background: @dangerTint; border-bottom: 1px solid @danger; }
#notice { background: @sunken; border-bottom: 1px solid @line; }
#palette { border: 1px solid @line; background: @surface; border-radius: 8px; }
)css";

} // namespace

QString Theme::styleSheet() const
{
    // Longer names first: "@dangerTint" must not be read as "@danger" and "Tint".
    const std::array<std::pair<QString, QColor>, 15> colours{
        {{u"@dangerTint"_s, tint(danger)}, {u"@selection"_s, selection}, {u"@onDanger"_s, onDanger},
            {u"@onAccent"_s, onAccent}, {u"@surface"_s, surface}, {u"@danger"_s, danger}, {u"@accent"_s, accent},
            {u"@window"_s, window}, {u"@sunken"_s, sunken}, {u"@scroll"_s, dark ? QColor(0x4a505c) : QColor(0xc3c8d0)},
            {u"@muted"_s, muted}, {u"@line"_s, line}, {u"@good"_s, good}, {u"@text"_s, text}, {u"@read"_s, read}}};
    QString sheet = QString::fromLatin1(rules);
    for (const auto &[name, colour] : colours)
        sheet.replace(name, colour.name());
    return sheet;
}

} // namespace holdpoint
