// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <QByteArray>
#include <QProcessEnvironment>
#include <QStringList>

#include <expected>

namespace holdpoint {

/// The account that PostgreSQL's servers run under: this process's own, or `postgres` where that is root, because
/// PostgreSQL refuses to run as root.
class ServerAccount
{
public:
    static std::expected<ServerAccount, Error> find();

    /// Makes a directory that only the account, and root, can enter.
    std::expected<void, Error> makeDirectory(const QString &path) const;
    /// Writes a file of mode 0600 that belongs to the account.
    std::expected<void, Error> writeFile(const QString &path, const QByteArray &content) const;
    /// Fails, naming the folder, if the account could not reach a directory inside `path`.
    std::expected<void, Error> canReach(const QString &path) const;

    /// A command line that runs `program` as the account, and ends it with SIGINT (a server's quick way to stop; its
    /// SIGTERM would wait for the clients) when the thread that started it is gone.
    QStringList command(const QString &program, const QStringList &arguments) const;

    /// Runs one of PostgreSQL's programs to its end; an error carries what it said.
    std::expected<void, Error> run(
        const QString &program, const QStringList &arguments, const QProcessEnvironment &environment) const;

private:
    ServerAccount(unsigned user, unsigned group, bool other);

    unsigned m_user;
    unsigned m_group;
    bool m_other; ///< not this process's own
};

/// Full path of one of PostgreSQL 17's programs: beside Debian's, or on PATH.
std::expected<QString, Error> postgresProgram(const QString &name);

/// This process's environment without anything that would lead libpq elsewhere, in a locale every system has.
QProcessEnvironment plainEnvironment();

/// A password with 192 random bits from the system.
QString randomPassword();

/// Writes a file of mode 0600 that never exists with a wider one.
std::expected<void, Error> writePrivateFile(const QString &path, const QByteArray &content);

} // namespace holdpoint
