// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <QObject>
#include <QThreadPool>

#include <chrono>

namespace holdpoint {

/// The way from the button to the store, which nothing else stands in: each press has a thread and a connection of its
/// own, so that a session which waits for a slow answer does not hold it up.
///
/// Lives on the window's thread and never waits there. What came of a revocation shows in the store's `revocations`.
class KillSwitch final : public QObject
{
    Q_OBJECT
public:
    explicit KillSwitch(QObject *parent = nullptr);

    /// As whom; empty while nobody is signed in.
    void setStore(const QString &conninfo) { m_conninfo = conninfo; }
    void press(const QString &agent, const QString &reason);
    /// Waits for presses under way. False if some are still not through; the store then may or may not have them.
    bool waitForDone(std::chrono::milliseconds patience);

Q_SIGNALS:
    /// The agent still has its access, as far as anybody can tell.
    void refused(const QString &agent, const holdpoint::Error &error);

private:
    QString m_conninfo;
    QThreadPool m_pool;
};

} // namespace holdpoint
