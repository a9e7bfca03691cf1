// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/assessment/catalogstate.h"
#include "core/impact/impact.h"
#include "core/store/action.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace KSyntaxHighlighting {
class Repository;
}

namespace holdpoint {

class ElidedLabel;
class Fence;
class FindingsModel;
class FindingsView;
class Notice;
class PlanView;
class RiskBadge;
class RowsView;
class SqlView;

/// The middle pane: what the action says; below it what the rules say of it, and the rows and the plan of the replica.
class ReviewPane final : public QWidget
{
    Q_OBJECT
public:
    explicit ReviewPane(KSyntaxHighlighting::Repository &repository, QWidget *parent = nullptr);

    /// A new revision takes the place of everything; the same one only updates what is around the text.
    void setAction(const Action &action);
    void setAssessment(const Assessment &assessment, RiskLevel raisedLevel, const CatalogState &catalog);
    /// @param pending whether more may come: the replica is still being asked
    void setImpact(const std::optional<Impact> &impact, bool pending);
    void clear();

    /// False while a part of the SQL is left out.
    bool isComplete() const;
    void focusText();
    QSplitter *splitter() const { return m_splitter; }

Q_SIGNALS:
    void completenessChanged();

private:
    QWidget *buildHeading();
    QWidget *buildText();
    QWidget *buildDetails();
    QWidget *buildFindings();
    void makeRoomForDetails(int tab);
    void refreshHeading();
    void refreshNotice();
    void refreshTextCaption();
    void refreshCatalogNote();

    std::optional<Action> m_action;
    std::optional<Assessment> m_assessment;
    CatalogState m_catalog;
    RiskLevel m_level = RiskLevel::Critical;
    FindingsModel *m_model;
    QStackedWidget *m_stack;
    QSplitter *m_splitter;
    RiskBadge *m_badge;
    ElidedLabel *m_summary;
    ElidedLabel *m_meta;
    Fence *m_fence;
    ElidedLabel *m_textCaption;
    Notice *m_notice;
    SqlView *m_sql;
    QTabBar *m_tabs;
    QLabel *m_catalogNote;
    FindingsView *m_findings;
    RowsView *m_rows;
    PlanView *m_plan;
};

} // namespace holdpoint
