// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"

#include <QAbstractListModel>

namespace holdpoint {

/// The findings of one assessment, gravest first, then in the order of the text. The first 200; a last row counts the
/// rest.
class FindingsModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { LevelRole = Qt::UserRole, RemedyRole, StartRole, EndRole };

    using QAbstractListModel::QAbstractListModel;

    void setAssessment(const Assessment &assessment);
    void clear();
    /// Every finding, also those beyond the rows.
    const QList<Finding> &findings() const { return m_findings; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QVariant restData(int role) const;

    QList<Finding> m_findings;
};

} // namespace holdpoint
