// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/demo/serveraccount.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>

#include <pwd.h>
#include <unistd.h>

#include <array>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
constexpr int programTimeout = 60'000; // milliseconds

Error cannotWrite(const QString &path)
{
    return {Error::Code::Failed, u"cannot write %1"_s.arg(path), u"check the folder's owner and the free space"_s};
}
} // namespace

std::expected<ServerAccount, Error> ServerAccount::find()
{
    if (geteuid() != 0)
        return ServerAccount(geteuid(), getegid(), false);
    const passwd *entry = getpwnam("postgres");
    if (!entry)
        return std::unexpected(Error{Error::Code::Invalid, u"there is no user postgres to run a server as"_s,
            u"install PostgreSQL 17, or call as a user who is not root"_s});
    return ServerAccount(entry->pw_uid, entry->pw_gid, true);
}

ServerAccount::ServerAccount(unsigned user, unsigned group, bool other)
    : m_user(user)
    , m_group(group)
    , m_other(other)
{
}

std::expected<void, Error> ServerAccount::makeDirectory(const QString &path) const
{
    const QByteArray name = QFile::encodeName(path);
    if (!QDir().mkpath(path) || !QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)
        || (m_other && chown(name.constData(), m_user, m_group) != 0))
        return std::unexpected(cannotWrite(path));
    return {};
}

std::expected<void, Error> ServerAccount::writeFile(const QString &path, const QByteArray &content) const
{
    if (const auto written = writePrivateFile(path, content); !written)
        return written;
    if (m_other && chown(QFile::encodeName(path).constData(), m_user, m_group) != 0)
        return std::unexpected(cannotWrite(path));
    return {};
}

std::expected<void, Error> ServerAccount::canReach(const QString &path) const
{
    if (!m_other)
        return {};
    for (QDir folder(path); !folder.isRoot();) {
        if (folder.exists() && !QFile::permissions(folder.path()).testFlag(QFile::ExeOther))
            return std::unexpected(Error{Error::Code::Invalid,
                u"the user postgres, which runs the servers for root, cannot enter %1"_s.arg(folder.path()),
                u"choose a folder that others may enter, as in XDG_STATE_HOME=/var/lib, or call as another user"_s});
        folder.setPath(QFileInfo(folder.absolutePath()).path());
    }
    return {};
}

QStringList ServerAccount::command(const QString &program, const QStringList &arguments) const
{
    QStringList line{u"setpriv"_s, u"--pdeathsig"_s, u"INT"_s};
    if (m_other)
        line << u"--reuid"_s << QString::number(m_user) << u"--regid"_s << QString::number(m_group)
             << u"--clear-groups"_s;
    return line << u"--"_s << program << arguments;
}

std::expected<void, Error> ServerAccount::run(
    const QString &program, const QStringList &arguments, const QProcessEnvironment &environment) const
{
    const auto path = postgresProgram(program);
    if (!path)
        return std::unexpected(path.error());
    QStringList line = command(*path, arguments);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    // The account may not enter the folder that we are in.
    process.setWorkingDirectory(u"/"_s);
    process.start(line.takeFirst(), line);
    if (!process.waitForFinished(programTimeout) || process.exitStatus() != QProcess::NormalExit
        || process.exitCode() != 0) {
        const QString said = QString::fromUtf8(process.readAll()).trimmed();
        return std::unexpected(
            Error{Error::Code::Failed, u"%1 failed: %2"_s.arg(program, said.isEmpty() ? process.errorString() : said)});
    }
    return {};
}

std::expected<QString, Error> postgresProgram(const QString &name)
{
    const QString debian = u"/usr/lib/postgresql/17/bin"_s;
    QString path = QStandardPaths::findExecutable(name, {debian});
    if (path.isEmpty())
        path = QStandardPaths::findExecutable(name);
    if (path.isEmpty())
        return std::unexpected(Error{Error::Code::Invalid, u"PostgreSQL's program %1 was not found"_s.arg(name),
            u"install PostgreSQL 17 (on Debian: postgresql-17), or put its programs on PATH"_s});
    return path;
}

QProcessEnvironment plainEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString &name : names)
        if (name.startsWith("PG"_L1))
            environment.remove(name);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    return environment;
}

QString randomPassword()
{
    std::array<quint32, 6> bits;
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    const QByteArray bytes = QByteArray::fromRawData(reinterpret_cast<const char *>(bits.data()), sizeof(bits));
    return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding));
}

std::expected<void, Error> writePrivateFile(const QString &path, const QByteArray &content)
{
    QFile::remove(path);
    QFile file(path);
    if (!file.open(QFile::WriteOnly | QFile::NewOnly, QFile::ReadOwner | QFile::WriteOwner)
        || file.write(content) != content.size() || !file.flush())
        return std::unexpected(cannotWrite(path));
    return {};
}

} // namespace holdpoint
