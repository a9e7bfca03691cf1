// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/executorconfig.h"

#include "core/assessment/analyzerclient.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qint64 sizeLimit = 1024 * 1024;
constexpr QLatin1StringView targetPrefix("target-");

/// Reads the lines one after the other; what is wrong with the last one is the answer.
class Reader
{
public:
    ExecutorConfig config;

    /// Empty if the line is fine.
    QString take(const QString &line)
    {
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';'))
            return {};
        if (line.startsWith(u'['))
            return takeSection(line);
        const qsizetype equals = line.indexOf(u'=');
        if (equals <= 0)
            return u"expected 'key = value'"_s;
        const QString key = line.first(equals).trimmed();
        const QString value = line.sliced(equals + 1).trimmed();
        if (value.isEmpty())
            return u"'%1' has no value"_s.arg(key);
        if (m_seen.contains(m_section + u'/' + key))
            return u"'%1' is there twice"_s.arg(key);
        m_seen.append(m_section + u'/' + key);
        if (m_section == "executor"_L1)
            return takeOwn(key, value);
        if (m_section.startsWith(targetPrefix))
            return takeTarget(config.targets[m_section.sliced(targetPrefix.size())], key, value);
        return u"'%1' stands before any section"_s.arg(key);
    }

    /// What is missing at the end of the file; empty if nothing is.
    QString finish() const
    {
        if (config.name.isEmpty())
            return u"[executor] has no name"_s;
        if (config.store.isEmpty())
            return u"[executor] has no store"_s;
        for (const auto &[name, access] : config.targets.asKeyValueRange())
            if (access.write.isEmpty() || access.revoke.isEmpty())
                return u"[target-%1] needs both write and revoke"_s.arg(name);
        return sandboxThatIsATarget();
    }

private:
    /// Before each trial the servers themselves are asked; what is plain in the file is better said at the start.
    QString sandboxThatIsATarget() const
    {
        for (const auto &[name, access] : config.targets.asKeyValueRange())
            for (const auto &[other, production] : config.targets.asKeyValueRange())
                if (!access.sandbox.isEmpty()
                    && (access.sandbox == production.write || access.sandbox == production.revoke))
                    return u"the sandbox of [target-%1] is [target-%2] itself"_s.arg(name, other);
        return {};
    }

    QString takeSection(const QString &line)
    {
        const QString name = line.endsWith(u']') ? line.sliced(1, line.size() - 2).trimmed() : QString();
        const bool target = name.startsWith(targetPrefix) && name.size() > targetPrefix.size();
        if (name != "executor"_L1 && !target)
            return u"the section is neither [executor] nor [target-NAME]"_s;
        if (target && config.targets.contains(name.sliced(targetPrefix.size())))
            return u"[%1] is there twice"_s.arg(name);
        m_section = name;
        if (target)
            config.targets.insert(name.sliced(targetPrefix.size()), {});
        return {};
    }

    QString takeOwn(const QString &key, const QString &value)
    {
        if (key == "name"_L1)
            config.name = value;
        else if (key == "store"_L1)
            config.store = value;
        else if (key == "analyzer"_L1)
            config.analyzer = value;
        else
            return u"[executor] has no setting '%1'"_s.arg(key);
        return {};
    }

    static QString takeTarget(TargetAccess &access, const QString &key, const QString &value)
    {
        if (key == "write"_L1)
            access.write = value;
        else if (key == "revoke"_L1)
            access.revoke = value;
        else if (key == "sandbox"_L1)
            access.sandbox = value;
        else if (key == "lock-timeout"_L1)
            return takeSeconds(access.timeouts.lock, key, value);
        else if (key == "statement-timeout"_L1)
            return takeSeconds(access.timeouts.statement, key, value);
        else if (key == "transaction-timeout"_L1)
            return takeSeconds(access.timeouts.transaction, key, value);
        else if (key == "idle-timeout"_L1)
            return takeSeconds(access.timeouts.idle, key, value);
        else
            return u"a target has no setting '%1'"_s.arg(key);
        return {};
    }

    static QString takeSeconds(std::chrono::milliseconds &timeout, const QString &key, const QString &value)
    {
        constexpr int longest = 7 * 24 * 3600;
        bool number = false;
        const int seconds = value.toInt(&number);
        // 0 would mean "for ever" to the server.
        if (!number || seconds < 1 || seconds > longest)
            return u"'%1' wants seconds, from 1 to %2"_s.arg(key).arg(longest);
        timeout = std::chrono::seconds(seconds);
        return {};
    }

    QString m_section;
    QStringList m_seen;
};

std::unexpected<Error> invalid(const QString &message)
{
    return std::unexpected(Error{Error::Code::Invalid, message, u"holdpoint-executor --help shows a whole file"_s});
}

} // namespace

QStringList ExecutorConfig::sandboxes() const
{
    QStringList found;
    for (const auto &[target, access] : targets.asKeyValueRange())
        if (!access.sandbox.isEmpty())
            found.append(target);
    return found;
}

QString ExecutorConfig::sample()
{
    return u"[executor]\n"
           "# Tells the executors of one store apart.\n"
           "name = host-a\n"
           "# libpq connection strings, never with a password: that belongs in PGPASSFILE.\n"
           "store = service=holdpoint-executor\n"
           "# May be left out: the analyzer beside this program, or on PATH.\n"
           "analyzer = /usr/bin/holdpoint-analyzer\n"
           "\n"
           "[target-prod-eu]\n"
           "write = service=prod-eu-write\n"
           "revoke = service=prod-eu-revoke\n"
           "# May be left out: where approvers may have an action tried, in a transaction that is rolled back. "
           "Another\n"
           "# server than the target's, with a copy of its schema, best also of its rows; a role with the same rights\n"
           "# there, and no superuser. Sequences of the sandbox advance all the same.\n"
           "sandbox = service=prod-eu-sandbox\n"
           "# Seconds; these are the defaults.\n"
           "lock-timeout = 5\n"
           "statement-timeout = 300\n"
           "transaction-timeout = 600\n"
           "idle-timeout = 30\n"_s;
}

std::expected<ExecutorConfig, Error> ExecutorConfig::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{Error::Code::Invalid, u"%1: %2"_s.arg(path, file.errorString()),
            u"name the configuration with --config FILE"_s});
    if (file.size() > sizeLimit)
        return invalid(u"%1: larger than 1 MiB"_s.arg(path));
    Reader reader;
    int number = 0;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &line : lines) {
        ++number;
        if (const QString wrong = reader.take(line.trimmed()); !wrong.isEmpty())
            return invalid(u"%1:%2: %3"_s.arg(path).arg(number).arg(wrong));
    }
    if (const QString missing = reader.finish(); !missing.isEmpty())
        return invalid(u"%1: %2"_s.arg(path, missing));
    if (reader.config.analyzer.isEmpty())
        reader.config.analyzer = analyzerProgram();
    return reader.config;
}

} // namespace holdpoint
