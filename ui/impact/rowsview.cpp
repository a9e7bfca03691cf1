// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/rowsview.h"

#include "ui/impact/effectchoice.h"
#include "ui/impact/rowsmodel.h"
#include "ui/impact/valuedialog.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPainter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int widestColumn = 220;

} // namespace

void RowsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    using Cell = RowsModel::Cell;
    const Theme &theme = themeOf(option.widget);
    const auto cell = index.data(RowsModel::CellRole).value<Cell>();
    painter->save();
    if (cell == Cell::Changed)
        painter->fillRect(option.rect, theme.tint(theme.accent));
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.selection);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.line);
    QFont font = option.font;
    font.setItalic(cell == Cell::Null || cell == Cell::Withheld);
    font.setBold(cell == Cell::Changed);
    painter->setFont(font);
    painter->setPen(cell == Cell::Null || cell == Cell::Withheld ? theme.muted : theme.text);
    const QRect room = option.rect.adjusted(8, 0, -8, 0);
    const QString text = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width());
    painter->drawText(room, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, text);
    painter->restore();
}

RowsView::RowsView(QWidget *parent)
    : QWidget(parent)
    , m_model(new RowsModel(this))
    , m_choice(new EffectChoice(this))
    , m_caption(new ElidedLabel(Tone::Caption, this))
    , m_none(makeParagraph({}, Tone::Muted, this))
    , m_table(new QTableView(this))
    , m_stack(new QStackedWidget(this))
{
    m_table->setObjectName(u"rows"_s);
    m_table->setAccessibleName(tr("Rows that would change"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new RowsDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(26);
    auto *copy = new QAction(tr("Copy value"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(copy);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setContentsMargins(24, 8, 24, 8);
    m_stack->addWidget(m_none);
    m_stack->addWidget(m_table);
    auto *heading = new QHBoxLayout;
    heading->setContentsMargins(16, 6, 16, 4);
    heading->setSpacing(12);
    heading->addWidget(m_choice);
    heading->addWidget(m_caption, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(heading);
    layout->addWidget(m_stack, 1);
    connect(m_choice, &QComboBox::activated, this, &RowsView::refresh);
    connect(m_table, &QTableView::activated, this, &RowsView::showValue);
    connect(copy, &QAction::triggered, this, &RowsView::copyValue);
    refresh();
}

void RowsView::setImpact(const std::optional<Impact> &impact, bool pending)
{
    const QList<EffectImpact> effects = impact ? impact->effects : QList<EffectImpact>();
    const bool isSame = effects.size() == m_effects.size() && pending == m_pending
        && std::ranges::equal(effects, m_effects, [](const EffectImpact &a, const EffectImpact &b) {
               return a.preview == b.preview && a.exact == b.exact && a.table == b.table && a.verb == b.verb;
           });
    if (isSame)
        return;
    m_effects = effects;
    m_pending = pending;
    m_choice->setEffects(effects);
    refresh();
}

void RowsView::refresh()
{
    const EffectImpact *chosen = m_choice->chosen();
    const QString why = whyNone(chosen);
    m_none->setText(why);
    m_caption->setText(why.isEmpty() ? captionOf(*chosen) : QString());
    m_stack->setCurrentIndex(why.isEmpty() ? 1 : 0);
    m_model->setPreview(why.isEmpty() ? *chosen->preview : Preview());
    m_table->resizeColumnsToContents();
    for (int column = 0; column < m_model->columnCount(); ++column)
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column) + 8, widestColumn));
}

QString RowsView::whyNone(const EffectImpact *effect) const
{
    if (!effect)
        return m_pending ? tr("The rows appear as soon as the replica has answered.") : tr("No rows to show.");
    if (!effect->preview)
        return m_pending ? tr("The rows appear as soon as the replica has answered.")
                         : tr("No rows to show for this: read the findings for what it does.");
    if (!effect->preview->unknownBecause.isEmpty())
        return tr("The rows cannot be shown: %1").arg(safeLine(effect->preview->unknownBecause, 400));
    return effect->preview->rows.isEmpty() ? tr("No row would change, as the replica stands now.") : QString();
}

QString RowsView::captionOf(const EffectImpact &effect) const
{
    const qsizetype shown = effect.preview->rows.size();
    const QString range = !effect.preview->more ? tr("All %1").arg(rowsText(shown))
        : effect.exact.rows && !effect.exact.atLeast
        ? tr("The first %1 of %2").arg(numberText(shown), rowsText(*effect.exact.rows))
        : tr("The first %1").arg(rowsText(shown));
    return tr("%1 · Enter shows a value whole").arg(range);
}

void RowsView::showValue(const QModelIndex &index)
{
    auto *dialog =
        new ValueDialog(index.data(RowsModel::NameRole).toString(), index.data(RowsModel::WholeRole).toString(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void RowsView::copyValue()
{
    if (const QModelIndex index = m_table->currentIndex(); index.isValid())
        QGuiApplication::clipboard()->setText(index.data(RowsModel::WholeRole).toString());
}

} // namespace holdpoint
