// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/impact.h"

#include <QStyledItemDelegate>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace holdpoint {

class EffectChoice;
class PlanModel;

class PlanDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// How the replica would find the rows of an effect, as a tree.
class PlanView final : public QWidget
{
    Q_OBJECT
public:
    explicit PlanView(QWidget *parent = nullptr);

    void setImpact(const std::optional<Impact> &impact, bool pending);

private:
    void refresh();
    void spanConditions(const QModelIndex &parent);

    QList<EffectImpact> m_effects;
    bool m_pending = false;
    PlanModel *m_model;
    EffectChoice *m_choice;
    QPushButton *m_copy;
    QLabel *m_none;
    QTreeView *m_tree;
    QStackedWidget *m_stack;
};

} // namespace holdpoint
