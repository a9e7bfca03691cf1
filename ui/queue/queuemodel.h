// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/store/action.h"

#include <QAbstractListModel>
#include <QHash>
#include <QTimer>

#include <optional>

namespace holdpoint {

/// The queue: what waits for a person, what is on its way, and what ended lately, each under a heading.
///
/// While it is held, no row moves: whoever points at one must not hit another. What came meanwhile is counted, and
/// settle() lets it in.
class QueueModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole, ///< 0 for a heading
        ActionRole, ///< an Action
        LevelRole, ///< a RiskLevel; invalid while the text is not assessed
        SummaryRole,
    };

    explicit QueueModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// Returns the actions that were news: unknown so far, or changed.
    QList<Action> merge(const QList<Action> &actions);
    /// Returns false for another revision than the one in the queue. The rows are sorted again soon, once for all
    /// that have come by then.
    bool setAssessment(qint64 action, int revision, const Assessment &assessment);
    /// What the impact made of the assessment's level.
    void raise(qint64 action, int revision, RiskLevel level);
    void setFilter(const QString &text);

    void hold(bool held);
    void settle();

    const Action *action(qint64 id) const;
    const Assessment *assessment(qint64 id) const;
    QModelIndex indexOf(qint64 id) const;
    /// The nearest row with an action, starting after `row` in steps of +1 or -1; invalid if there is none.
    QModelIndex nextAction(int row, int step) const;

    bool isLoaded() const { return m_loaded; }
    bool isFiltered() const { return !m_filter.isEmpty(); }
    /// Actions that wait for a person, whether or not they are shown yet.
    int waiting() const;
    /// What settle() would bring: rows that are not shown yet.
    int unseen() const;
    /// True if settle() would change anything at all.
    bool isStale() const { return wantedRows() != m_rows; }

Q_SIGNALS:
    /// waiting(), unseen() or isStale() may have changed.
    void countsChanged();

private:
    struct Entry
    {
        Action action;
        std::optional<Assessment> assessment;
        std::optional<RiskLevel> raised;

        std::optional<RiskLevel> level() const;
    };
    struct Row
    {
        qint64 id = 0;
        QString heading;

        bool operator==(const Row &) const = default;
    };

    QList<Row> wantedRows() const;
    void append(QList<Row> &rows, const QString &heading, QList<const Entry *> entries) const;
    bool isShown(const Entry &entry) const;
    void announce(qint64 id);
    void forgetOldest();
    void settleUnlessHeld();
    void settleSoon();
    QString describe(const Entry &entry) const;

    QHash<qint64, Entry> m_entries;
    QList<Row> m_rows;
    QString m_filter;
    QTimer m_settling;
    bool m_held = false;
    bool m_loaded = false;
};

} // namespace holdpoint
