// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/guard.h"

#include <QMap>

namespace holdpoint {

/// How the executor reaches one target. No string holds a password.
struct TargetAccess
{
    QString write; ///< libpq connection string of the writer
    QString revoke; ///< libpq connection string of the revoker
    QString sandbox = {}; ///< libpq connection string for trial runs; empty: the target has no sandbox
    GuardTimeouts timeouts;

    bool operator==(const TargetAccess &) const = default;
};

/// The executor's configuration file; sample() shows one.
struct ExecutorConfig
{
    QString name;
    QString store;
    QString analyzer;
    QMap<QString, TargetAccess> targets; ///< by name

    /// The targets that have a sandbox.
    QStringList sandboxes() const;

    /// Reads a file of at most 1 MiB. Any doubt is an error that names file and line.
    static std::expected<ExecutorConfig, Error> read(const QString &path);

    /// A whole file with comments, for people.
    static QString sample();

    bool operator==(const ExecutorConfig &) const = default;
};

} // namespace holdpoint
