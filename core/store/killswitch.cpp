// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/killswitch.h"

#include "core/database/connection.h"
#include "core/store/storeclient.h"

#include <QDeadlineTimer>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int mostAtOnce = 8;

std::expected<qint64, Error> revoke(const QString &conninfo, const QString &agent, const QString &reason)
{
    auto connection = Connection::open(conninfo, u"kill-switch"_s);
    if (!connection)
        return std::unexpected(connection.error());
    return StoreClient(*connection).revoke(agent, reason);
}

/// What an administrator can still do while the store is away.
Error withWayOut(Error error, const QString &agent)
{
    if (error.code == Error::Code::Unreachable || error.code == Error::Code::TimedOut)
        error.remedy = KillSwitch::tr("Let an administrator run on each target: ALTER ROLE \"%1\" NOLOGIN; and press again.")
                           .arg(QString(agent).replace(u'"', u"\"\""_s));
    return error;
}

} // namespace

KillSwitch::KillSwitch(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(mostAtOnce);
}

void KillSwitch::press(const QString &agent, const QString &reason)
{
    if (m_conninfo.isEmpty()) {
        Q_EMIT refused(agent, withWayOut({Error::Code::Unreachable, tr("nobody is signed in to the store")}, agent));
        return;
    }
    m_pool.start([this, conninfo = m_conninfo, agent, reason] {
        // The signal is queued to its receiver, which lives on the window's thread.
        if (const auto revocation = revoke(conninfo, agent, reason); !revocation)
            Q_EMIT refused(agent, withWayOut(revocation.error(), agent));
    });
}

bool KillSwitch::waitForDone(std::chrono::milliseconds patience)
{
    return m_pool.waitForDone(QDeadlineTimer(patience));
}

} // namespace holdpoint
