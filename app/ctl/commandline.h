// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"
#include "core/store/storeclient.h"

#include <QCommandLineParser>

namespace holdpoint {

/// One command's arguments and options: says what is wrong with them, and opens the store that they name.
class CommandLine
{
public:
    /// @param name as in `agent add`
    CommandLine(const QString &name, const QString &description);

    /// An argument that must be there. Those added first come first.
    void addArgument(const QString &name, const QString &description);
    /// One argument that may be left out; nothing can come after it.
    void addOptionalArgument(const QString &name, const QString &description);
    void addOption(
        const QString &name, const QString &valueName, const QString &description, const QString &standard = {});
    void addRequiredOption(const QString &name, const QString &valueName, const QString &description);
    void addFlag(const QString &name, const QString &description);
    /// --format text|json
    void addFormatOption();
    /// --store CONNINFO
    void addStoreOption();

    /// The exit status where nothing is left to be done: help was asked for, or a mistake was reported.
    std::optional<int> parse(const QStringList &arguments);

    QString argument(int index) const;
    QString value(const QString &option) const;
    QStringList values(const QString &option) const;
    bool isSet(const QString &option) const;
    bool wantsJson() const;
    /// Reads a whole number not below `least`; `what` names it in the error.
    static std::expected<qint64, Error> number(const QString &text, const QString &what, qint64 least = 1);

    /// Opens what --store names, else the environment's HOLDPOINT_STORE, else what libpq's own variables say.
    std::expected<Connection, Error> openStore() const;

private:
    std::optional<Error> mistake() const;
    QString help() const;

    QString m_name;
    QCommandLineParser m_parser;
    QStringList m_arguments;
    QStringList m_required;
    bool m_lastIsOptional = false;
    bool m_hasFormat = false;
};

/// Opens the store, checks that its version is this program's, calls `work` and reports how it went.
int withStore(const CommandLine &line, const std::function<std::expected<int, Error>(StoreClient &)> &work);

} // namespace holdpoint
