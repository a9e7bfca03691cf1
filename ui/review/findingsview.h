// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QListView>
#include <QStyledItemDelegate>

#include <functional>

namespace holdpoint {

/// Paints one finding: shape and word of its level, the message, the remedy, and the line it is on.
class FindingDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setLineOf(std::function<qsizetype(qsizetype byte)> lineOf) { m_lineOf = std::move(lineOf); }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    std::function<qsizetype(qsizetype)> m_lineOf;
};

/// The list of findings under the SQL.
class FindingsView final : public QListView
{
    Q_OBJECT
public:
    /// @param lineOf the line, from 1, in which a byte of the text is shown
    FindingsView(QAbstractItemModel *model, std::function<qsizetype(qsizetype byte)> lineOf, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The person wants to see these bytes.
    void jumpWanted(qsizetype start, qsizetype end);

protected:
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace holdpoint
