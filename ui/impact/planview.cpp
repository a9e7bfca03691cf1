// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/planview.h"

#include "ui/impact/effectchoice.h"
#include "ui/impact/planmodel.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

void PlanDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    const bool isAlarming = index.data(PlanModel::AlarmingRole).toBool();
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.selection);
    QRect room = option.rect.adjusted(4, 0, -12, 0);
    if (index.column() == PlanModel::CostColumn) {
        const QRectF bar(room.left(), room.center().y() - 2, room.width() - 48, 5);
        painter->fillRect(bar, theme.line);
        const double share = index.data(PlanModel::ShareRole).toDouble();
        painter->fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * share, bar.height())), theme.accent);
        room.setLeft(room.right() - 44);
    }
    painter->setFont(option.font);
    painter->setPen(isAlarming                              ? theme.danger
            : index.data(PlanModel::ConditionRole).toBool() ? theme.muted
                                                            : theme.text);
    const bool isNumber = index.column() != PlanModel::StepColumn;
    const QString text = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width());
    painter->drawText(room,
        static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter) | Qt::TextSingleLine, text);
    painter->restore();
}

PlanView::PlanView(QWidget *parent)
    : QWidget(parent)
    , m_model(new PlanModel(this))
    , m_choice(new EffectChoice(this))
    , m_copy(new QPushButton(tr("Copy plan as JSON"), this))
    , m_none(makeParagraph({}, Tone::Muted, this))
    , m_tree(new QTreeView(this))
    , m_stack(new QStackedWidget(this))
{
    m_copy->setProperty("kind", u"quiet"_s);
    m_tree->setObjectName(u"plan"_s);
    m_tree->setAccessibleName(tr("Plan"));
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new PlanDelegate(m_tree));
    m_tree->setIndentation(16);
    m_tree->setUniformRowHeights(true);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(PlanModel::StepColumn, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(PlanModel::RowsColumn, QHeaderView::ResizeToContents);
    m_tree->header()->resizeSection(PlanModel::CostColumn, 140);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setContentsMargins(24, 8, 24, 8);
    m_stack->addWidget(m_none);
    m_stack->addWidget(m_tree);
    auto *heading = new QHBoxLayout;
    heading->setContentsMargins(16, 6, 16, 4);
    heading->setSpacing(12);
    heading->addWidget(m_choice);
    heading->addWidget(makeLabel(tr("How the replica would find the rows"), Tone::Caption, this), 1);
    heading->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(heading);
    layout->addWidget(m_stack, 1);
    connect(m_choice, &QComboBox::activated, this, &PlanView::refresh);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (const EffectImpact *chosen = m_choice->chosen(); chosen && chosen->plan)
            QGuiApplication::clipboard()->setText(QString::fromUtf8(chosen->plan->raw));
    });
    refresh();
}

void PlanView::setImpact(const std::optional<Impact> &impact, bool pending)
{
    const QList<EffectImpact> effects = impact ? impact->effects : QList<EffectImpact>();
    const bool isSame = pending == m_pending
        && std::ranges::equal(effects, m_effects, [](const EffectImpact &a, const EffectImpact &b) {
               return a.plan == b.plan && a.table == b.table && a.verb == b.verb;
           });
    if (isSame)
        return;
    m_effects = effects;
    m_pending = pending;
    m_choice->setEffects(effects);
    refresh();
}

void PlanView::refresh()
{
    const EffectImpact *chosen = m_choice->chosen();
    const bool isThere = chosen && chosen->plan;
    m_copy->setVisible(isThere);
    m_stack->setCurrentIndex(isThere ? 1 : 0);
    m_none->setText(m_pending ? tr("The plan appears as soon as the replica has answered.")
                              : tr("There is no plan: %1.")
                                    .arg(chosen && !chosen->estimate.unknownBecause.isEmpty()
                                            ? safeLine(chosen->estimate.unknownBecause, 300)
                                            : tr("no rows of a table are looked for")));
    if (!isThere)
        return;
    m_model->setPlan(chosen->plan->root, chosen->table, chosen->tableRows.rows);
    m_tree->expandAll();
    spanConditions({});
}

void PlanView::spanConditions(const QModelIndex &parent)
{
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const QModelIndex index = m_model->index(row, PlanModel::StepColumn, parent);
        m_tree->setFirstColumnSpanned(row, parent, index.data(PlanModel::ConditionRole).toBool());
        spanConditions(index);
    }
}

} // namespace holdpoint
