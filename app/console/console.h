// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/assessment/catalogstate.h"
#include "core/database/error.h"
#include "core/store/action.h"
#include "core/store/target.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QThread>
#include <QTimer>

#include <memory>

namespace holdpoint {

class Assessor;
class ImpactSession;
class KillSwitch;
class MainWindow;
class StoreSession;

/// Ties the window to the store, the analyzer and the replicas. Lives on the window's thread and never waits: the
/// store and the replicas are asked on threads of their own, the analyzer is a process.
class Console final : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString store; ///< connection string; empty: the person is asked
        QString analyzer; ///< program of the worker
        QString settingsPath; ///< empty: the user's own
    };

    explicit Console(const Options &options, QObject *parent = nullptr);
    /// Ends the program where a server that hangs keeps a thread of it.
    ~Console() override;

    MainWindow &window() { return *m_window; }
    /// Shows the window's first page, and signs in where the options say as whom.
    void start();
    /// Whether what is on screen is what the store holds now.
    bool isLive() const { return m_live; }

Q_SIGNALS:
    void signInFailed(const holdpoint::Error &error);

private:
    struct Subject
    {
        qint64 action = 0;
        int revision = 0;

        bool operator==(const Subject &) const = default;
    };

    void connectSignIn();
    void connectStore();
    void connectWindow();
    void signIn(const QString &conninfo);
    void takeActions(const QList<Action> &actions);
    void takeAssessment(const Subject &subject, const Assessment &assessment, const CatalogState &catalog);
    void open(const Subject &subject);
    void askImpact(const Subject &subject, const Assessment &assessment);
    void noteAnswer(bool executorAlive, const QString &executorDetail, const QStringList &sandboxes);
    void noteSilence();

    Options m_options;
    std::unique_ptr<MainWindow> m_window;
    Assessor *m_assessor;
    KillSwitch *m_killSwitch;
    QThread m_storeThread;
    QThread m_replicaThread;
    StoreSession *m_store; ///< lives on m_storeThread, deleted with it
    ImpactSession *m_impact; ///< lives on m_replicaThread, deleted with it
    QHash<qint64, Action> m_actions;
    QList<Target> m_targets;
    Subject m_opened;
    std::optional<Assessment> m_estimated; ///< what the replica was asked about for m_opened
    QElapsedTimer m_sinceAnswer;
    QTimer m_silence;
    bool m_live = false;
};

} // namespace holdpoint
