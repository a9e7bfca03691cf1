// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/catalogsnapshot.h"

#include <QObject>
#include <QThreadPool>

#include <chrono>

namespace holdpoint {

/// Reads targets' catalogues from their replicas, each on a thread and a connection of its own: a replica that does
/// not answer holds up no other. Lives on the window's thread and never waits there.
class CatalogSession final : public QObject
{
    Q_OBJECT
public:
    explicit CatalogSession(QObject *parent = nullptr);

    /// @param replica connection string of the target's read replica
    void request(const QString &target, const QString &replica);
    /// Waits for what is being read. False if something still is.
    bool waitForDone(std::chrono::milliseconds patience);

Q_SIGNALS:
    /// One for each request. The catalogue is empty where `unavailable` says why it could not be read.
    void answered(const QString &target, const holdpoint::CatalogSnapshot &catalog, const QString &unavailable);

private:
    QThreadPool m_pool;
};

} // namespace holdpoint
