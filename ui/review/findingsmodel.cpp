// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/review/findingsmodel.h"

#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
constexpr qsizetype mostRows = 200;
}

void FindingsModel::setAssessment(const Assessment &assessment)
{
    beginResetModel();
    m_findings.clear();
    for (const Statement &statement : assessment.statements)
        m_findings += statement.findings;
    std::ranges::stable_sort(m_findings,
        [](const Finding &a, const Finding &b) { return a.level != b.level ? a.level > b.level : a.start < b.start; });
    endResetModel();
}

void FindingsModel::clear()
{
    beginResetModel();
    m_findings.clear();
    endResetModel();
}

int FindingsModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    const bool isCut = m_findings.size() > mostRows;
    return static_cast<int>(isCut ? mostRows + 1 : m_findings.size());
}

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.row() == mostRows)
        return restData(role);
    const Finding &finding = m_findings[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return safeLine(finding.message, 500);
    case RemedyRole:
        return safeLine(finding.remedy, 500);
    case LevelRole:
        return QVariant::fromValue(finding.level);
    case StartRole:
        return QVariant::fromValue(finding.start);
    case EndRole:
        return QVariant::fromValue(finding.end);
    case Qt::AccessibleTextRole:
        return tr("%1: %2 %3")
            .arg(levelText(finding.level), safeLine(finding.message, 500), safeLine(finding.remedy, 500));
    default:
        return {};
    }
}

QVariant FindingsModel::restData(int role) const
{
    const Finding &first = m_findings[mostRows];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return tr("%1 more findings, none graver than these").arg(numberText(m_findings.size() - mostRows));
    case LevelRole:
        return QVariant::fromValue(first.level);
    case StartRole:
        return QVariant::fromValue(first.start);
    case EndRole:
        return QVariant::fromValue(first.end);
    default:
        return {};
    }
}

} // namespace holdpoint
