// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"

#include "app/ctl/terminal.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
const QString formatOption = u"format"_s;
const QString storeOption = u"store"_s;
} // namespace

CommandLine::CommandLine(const QString &name, const QString &description)
    : m_name(name)
{
    m_parser.setApplicationDescription(description);
    // Not addHelpOption(): it brings --help-all with it.
    m_parser.addOption(QCommandLineOption({u"h"_s, u"help"_s}, u"Print this."_s));
}

void CommandLine::addArgument(const QString &name, const QString &description)
{
    m_arguments.append(name);
    m_parser.addPositionalArgument(name, description);
}

void CommandLine::addOptionalArgument(const QString &name, const QString &description)
{
    m_arguments.append(name);
    m_lastIsOptional = true;
    m_parser.addPositionalArgument(name, description, u'[' + name + u']');
}

void CommandLine::addOption(
    const QString &name, const QString &valueName, const QString &description, const QString &standard)
{
    m_parser.addOption(QCommandLineOption(name, description, valueName, standard));
}

void CommandLine::addRequiredOption(const QString &name, const QString &valueName, const QString &description)
{
    m_required.append(name);
    addOption(name, valueName, description);
}

void CommandLine::addFlag(const QString &name, const QString &description)
{
    m_parser.addOption(QCommandLineOption(name, description));
}

void CommandLine::addFormatOption()
{
    m_hasFormat = true;
    addOption(formatOption, u"text|json"_s, u"How to print the answer."_s, u"text"_s);
}

void CommandLine::addStoreOption()
{
    addOption(storeOption, u"conninfo"_s,
        u"Connection string of the store, as in service=holdpoint; without it HOLDPOINT_STORE, then libpq's own variables."_s);
}

std::optional<int> CommandLine::parse(const QStringList &arguments)
{
    const bool understood = m_parser.parse(QStringList{m_name} + arguments);
    if (understood && m_parser.isSet(u"help"_s)) {
        printLine(help().trimmed());
        return ExitStatus::Done;
    }
    const auto wrong = understood ? mistake() : Error{Error::Code::Invalid, m_parser.errorText()};
    if (!wrong)
        return std::nullopt;
    return fail({Error::Code::Invalid, u"%1: %2"_s.arg(m_name, wrong->message),
        u"holdpointctl %1 --help prints what it takes"_s.arg(m_name)});
}

std::optional<Error> CommandLine::mistake() const
{
    const QStringList given = m_parser.positionalArguments();
    const qsizetype least = m_arguments.size() - (m_lastIsOptional ? 1 : 0);
    if (given.size() < least)
        return Error{Error::Code::Invalid, u"the %1 is missing"_s.arg(m_arguments.at(given.size()))};
    if (given.size() > m_arguments.size())
        return Error{Error::Code::Invalid, u"'%1' is one argument too many"_s.arg(given.at(m_arguments.size()))};
    for (const QString &option : m_required)
        if (m_parser.value(option).trimmed().isEmpty())
            return Error{Error::Code::Invalid, u"--%1 is missing"_s.arg(option)};
    if (m_hasFormat && !QStringList{u"text"_s, u"json"_s}.contains(m_parser.value(formatOption)))
        return Error{Error::Code::Invalid, u"--format is text or json"_s};
    return std::nullopt;
}

QString CommandLine::help() const
{
    QString text = m_parser.helpText();
    return text.replace(QCoreApplication::arguments().constFirst(), u"holdpointctl "_s + m_name);
}

QString CommandLine::argument(int index) const
{
    return m_parser.positionalArguments().value(index);
}

QString CommandLine::value(const QString &option) const
{
    return m_parser.value(option);
}

QStringList CommandLine::values(const QString &option) const
{
    return m_parser.values(option);
}

bool CommandLine::isSet(const QString &option) const
{
    return m_parser.isSet(option);
}

bool CommandLine::wantsJson() const
{
    return m_parser.value(formatOption) == "json"_L1;
}

std::expected<qint64, Error> CommandLine::number(const QString &text, const QString &what, qint64 least)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (isNumber && number >= least)
        return number;
    return std::unexpected(Error{Error::Code::Invalid,
        u"the %1 must be a whole number from %2 on, not '%3'"_s.arg(what, QString::number(least), text)});
}

std::expected<Connection, Error> CommandLine::openStore() const
{
    const QString conninfo =
        m_parser.isSet(storeOption) ? m_parser.value(storeOption) : qEnvironmentVariable("HOLDPOINT_STORE");
    return Connection::open(conninfo, u"ctl"_s);
}

int withStore(const CommandLine &line, const std::function<std::expected<int, Error>(StoreClient &)> &work)
{
    auto connection = line.openStore();
    if (!connection)
        return fail(connection.error());
    StoreClient store(*connection);
    return finish(store.checkVersion().and_then([&](int) { return work(store); }));
}

} // namespace holdpoint
