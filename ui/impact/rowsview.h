// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/impact.h"

#include <QStyledItemDelegate>
#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableView;

namespace holdpoint {

class EffectChoice;
class ElidedLabel;
class RowsModel;

class RowsDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// The first rows that an action would change, old values beside new ones. Enter shows a value whole.
class RowsView final : public QWidget
{
    Q_OBJECT
public:
    explicit RowsView(QWidget *parent = nullptr);

    /// @param pending whether more may come: the replica is still being asked
    void setImpact(const std::optional<Impact> &impact, bool pending);

private:
    void refresh();
    void showValue(const QModelIndex &index);
    void copyValue();
    QString captionOf(const EffectImpact &effect) const;
    QString whyNone(const EffectImpact *effect) const;

    QList<EffectImpact> m_effects;
    bool m_pending = false;
    RowsModel *m_model;
    EffectChoice *m_choice;
    ElidedLabel *m_caption;
    QLabel *m_none;
    QTableView *m_table;
    QStackedWidget *m_stack;
};

} // namespace holdpoint
