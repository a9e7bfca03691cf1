// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/execution/guard.h"

#include <QMap>

namespace holdpoint {

/// How the executor reaches one target. Neither string holds a password.
struct TargetAccess
{
    QString write; ///< libpq connection string of the writer
    QString revoke; ///< libpq connection string of the revoker
    GuardTimeouts timeouts;

    bool operator==(const TargetAccess &) const = default;
};

/// The executor's configuration file.
///
///   # a comment
///   [executor]
///   name = host-a
///   store = service=holdpoint-executor
///   analyzer = /usr/bin/holdpoint-analyzer        (left out: the one beside the executor, or on PATH)
///   [target-prod-eu]
///   write = service=prod-eu-write
///   revoke = service=prod-eu-revoke
///   lock-timeout = 5                              (seconds; so are the other three, all of which may be left out)
///   statement-timeout = 300
///   transaction-timeout = 600
///   idle-timeout = 30
struct ExecutorConfig
{
    QString name;
    QString store;
    QString analyzer;
    QMap<QString, TargetAccess> targets; ///< by name

    /// Reads a file of at most 1 MiB. Any doubt is an error that names file and line.
    static std::expected<ExecutorConfig, Error> read(const QString &path);

    bool operator==(const ExecutorConfig &) const = default;
};

} // namespace holdpoint
