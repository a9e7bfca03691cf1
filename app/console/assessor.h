// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/assessment/catalogsnapshot.h"
#include "core/assessment/catalogstate.h"
#include "core/store/action.h"
#include "core/store/target.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>

#include <chrono>

namespace holdpoint {

class AnalyzerClient;
class CatalogSession;

/// Says what actions would do. The text alone is read at once, so that no queue waits for a replica; when the target's
/// catalogue has been read, or another one than before, its open actions are read again with it.
class Assessor final : public QObject
{
    Q_OBJECT
public:
    /// How old a catalogue may be.
    struct Ages
    {
        std::chrono::milliseconds opened{60'000}; ///< for an action that somebody opens
        std::chrono::milliseconds queued{300'000}; ///< for one that waits
    };

    /// @param analyzer program of the worker
    explicit Assessor(const QString &analyzer, const Ages &oldest, QObject *parent = nullptr);

    void setTargets(const QList<Target> &targets);
    /// Takes note of an action as it is now; what was known of another revision is of no more use.
    void take(const Action &action);
    /// The queue needs the level of an action that was taken.
    void assess(qint64 action);
    /// Somebody looks at it: it goes first, and its target's catalogue must not be old.
    void assessFirst(qint64 action);
    /// Waits for replicas that are being read. False if one still is.
    bool waitForDone(std::chrono::milliseconds patience);

Q_SIGNALS:
    /// May come several times for the same revision; each one takes the place of what was said before.
    void assessed(
        qint64 action, int revision, const holdpoint::Assessment &assessment, const holdpoint::CatalogState &catalog);

private:
    struct Request
    {
        qint64 action = 0;
        int revision = 0;
        QString catalog; ///< id; empty: the text alone

        bool operator==(const Request &) const = default;
    };
    struct Known
    {
        int revision = 0;
        QString catalog; ///< id of the one that was asked for
        Assessment assessment;
    };
    struct TargetCatalog
    {
        CatalogSnapshot snapshot; ///< the last one that could be read
        QString unavailable; ///< why the last try failed
        bool isBeingRead = false;
        QElapsedTimer sinceAnswer; ///< invalid before the first
    };

    void answer(const Action &action, bool first);
    void ask(const Action &action, bool first);
    void takeAssessment(quint64 id, const Assessment &assessment);
    void readCatalog(const QString &target, std::chrono::milliseconds oldest);
    void takeCatalog(const QString &target, const CatalogSnapshot &snapshot, const QString &unavailable);
    void refreshCatalogs();
    void report(const Action &action);
    bool isSettled(const Action &action) const;

    Ages m_oldest;
    AnalyzerClient *m_analyzer;
    CatalogSession *m_session;
    QHash<quint64, Request> m_asked; ///< by the analyzer's request id
    QHash<qint64, Known> m_known; ///< by action
    QHash<qint64, Action> m_actions;
    QHash<QString, TargetCatalog> m_catalogs; ///< by target
    QHash<QString, QString> m_replicas; ///< by target
    bool m_targetsKnown = false;
    qint64 m_opened = 0;
};

} // namespace holdpoint
