// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/access/revocation.h"

#include "core/access/agentgrants.h"
#include "core/access/agentsessions.h"
#include "core/database/connection.h"
#include "core/database/quoting.h"
#include "core/database/signin.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QThread>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

namespace {

constexpr int cleanSweepsWanted = 3;
constexpr auto betweenSweeps = 40ms;
constexpr auto sweepPatience = 10s;
constexpr qsizetype sessionsShown = 10;

/// What a step says of itself when it is done.
using StepResult = std::expected<QString, Error>;

QString randomPassword()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QString::fromLatin1(
        QByteArray::fromRawData(reinterpret_cast<const char *>(words.data()), sizeof words).toHex());
}

std::expected<void, Error> alterRole(Connection &revoker, const QString &agent, const QString &what)
{
    return revoker.runScript(u"ALTER ROLE "_s + quotedIdentifier(agent) + u' ' + what);
}

std::expected<void, Error> removePassword(Connection &revoker, const QString &agent)
{
    return alterRole(revoker, agent, u"PASSWORD NULL VALID UNTIL '-infinity'"_s);
}

StepResult refuseLogin(Connection &revoker, const QString &agent)
{
    // Two transactions: what the first one does must hold even if the second cannot.
    return alterRole(revoker, agent, u"NOLOGIN"_s)
        .and_then([&] { return removePassword(revoker, agent); })
        .transform([] { return u"may not log in; password gone"_s; });
}

StepResult removeGrants(Connection &revoker, const QString &agent)
{
    return endGrants(revoker, agent).transform(&GrantsEnded::text);
}

QString describe(const QStringList &sessions)
{
    QString text = u"%1 ended"_s.arg(sessions.size());
    if (!sessions.isEmpty())
        text += u": "_s + sessions.first(qMin(sessions.size(), sessionsShown)).join(u", "_s);
    if (sessions.size() > sessionsShown)
        text += u" and %1 more"_s.arg(sessions.size() - sessionsShown);
    return text;
}

StepResult removeSessions(Connection &revoker, const QString &agent)
{
    return endSessions(revoker, agent).transform(&describe);
}

/// Whoever prepared them may commit them at any time, revoked or not.
std::expected<QStringList, Error> endAllPrepared(Connection &revoker, const QString &agent)
{
    return endPreparedTransactions(revoker, agent)
        .and_then([](const PreparedEnded &ended) -> std::expected<QStringList, Error> {
            if (ended.elsewhere.isEmpty())
                return ended.rolledBack;
            return std::unexpected(Error{Error::Code::Failed,
                u"prepared transactions of the agent wait in other databases: %1"_s.arg(ended.elsewhere.join(u", "_s)),
                u"run ROLLBACK PREPARED in each of them"_s});
        });
}

StepResult removePrepared(Connection &revoker, const QString &agent)
{
    return endAllPrepared(revoker, agent).transform([](const QStringList &rolledBack) {
        return u"%1 rolled back"_s.arg(rolledBack.size());
    });
}

/// How much of the agent was still there.
std::expected<qsizetype, Error> sweep(Connection &revoker, const QString &agent)
{
    return endSessions(revoker, agent).and_then([&](const QStringList &sessions) {
        return endAllPrepared(revoker, agent).transform([&](const QStringList &rolledBack) {
            return sessions.size() + rolledBack.size();
        });
    });
}

StepResult sweepUntilClean(Connection &revoker, const QString &agent)
{
    const QDeadlineTimer deadline(sweepPatience);
    int sweeps = 0;
    int clean = 0;
    while (clean < cleanSweepsWanted) {
        if (deadline.hasExpired())
            return std::unexpected(
                Error{Error::Code::TimedOut, u"sessions of the agent are still there after %1 sweeps"_s.arg(sweeps),
                    u"look at pg_stat_activity on the target for what keeps them"_s});
        if (sweeps++ > 0)
            QThread::sleep(betweenSweeps);
        const auto found = sweep(revoker, agent);
        if (!found)
            return std::unexpected(found.error());
        clean = *found == 0 ? clean + 1 : 0;
    }
    return u"%1 clean in a row, of %2"_s.arg(clean).arg(sweeps);
}

StepResult judge(const SignInTrial &trial, const QString &agent)
{
    switch (trial.answer) {
    case SignInAnswer::RoleMayNotLogIn:
        return u"tried to sign in with a right password: refused, %1"_s.arg(trial.message);
    case SignInAnswer::Accepted:
        return std::unexpected(Error{Error::Code::Failed, u"%1 could still sign in"_s.arg(agent),
            u"an administrator has to look at the role now"_s});
    case SignInAnswer::RefusedEarlier:
        break;
    }
    return std::unexpected(Error{Error::Code::Failed, u"the sign-in proved nothing: %1"_s.arg(trial.message),
        u"let the agent authenticate by password from this host in pg_hba.conf; NOLOGIN keeps it out"_s});
}

/// With a password that is right, the role's own NOLOGIN is all that can refuse it: that is what is to be proved.
StepResult prove(Connection &revoker, const QString &conninfo, const QString &agent)
{
    const QString password = randomPassword();
    const auto trial = revoker.setPassword(agent, password)
                           .and_then([&] { return alterRole(revoker, agent, u"VALID UNTIL 'infinity'"_s); })
                           .and_then([&] { return trySignIn(conninfo, agent, password); });
    if (auto removed = removePassword(revoker, agent); !removed)
        return std::unexpected(removed.error());
    if (!trial)
        return std::unexpected(trial.error());
    return judge(*trial, agent);
}

/// Runs the steps and remembers the first failure.
class Steps
{
public:
    Steps(Connection &revoker, const std::function<void(const ReceiptStep &)> &report)
        : m_revoker(revoker)
        , m_report(report)
    {
    }

    void run(const QString &name, const std::function<StepResult()> &step)
    {
        // Without a connection there is nothing to try; the failure that lost it is known.
        if (m_failure && !m_revoker.isOpen())
            return;
        QElapsedTimer timer;
        timer.start();
        const StepResult result = step();
        const double milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        m_report({name, result.has_value(), milliseconds, result ? *result : result.error().text()});
        if (!result && !m_failure)
            m_failure = result.error();
    }

    std::expected<void, Error> outcome() const
    {
        if (m_failure)
            return std::unexpected(*m_failure);
        return {};
    }

private:
    Connection &m_revoker;
    const std::function<void(const ReceiptStep &)> &m_report;
    std::optional<Error> m_failure;
};

std::expected<void, Error> forgetFormerMembers(Connection &revoker, const QString &agent)
{
    return revoker.run(u"DELETE FROM holdpoint_target.former_member WHERE agent = ?"_s, {agent}).transform([](auto &&) {
    });
}

} // namespace

std::expected<void, Error> endAccess(
    const QString &conninfo, const QString &agent, const std::function<void(const ReceiptStep &)> &report)
{
    auto revoker = Connection::open(conninfo, u"revoker"_s);
    if (!revoker)
        return std::unexpected(revoker.error());
    Steps steps(*revoker, report);
    const auto known = revoker->run(u"SELECT FROM pg_catalog.pg_roles WHERE rolname = ?"_s, {agent});
    if (!known)
        return std::unexpected(known.error());
    if (known->isEmpty()) {
        for (const QString &step : {u"no-login"_s, u"grants"_s, u"sessions"_s, u"prepared"_s, u"sweeps"_s, u"proof"_s})
            steps.run(step, [] { return StepResult(u"there is no such role"_s); });
        return {};
    }
    steps.run(u"no-login"_s, [&] { return refuseLogin(*revoker, agent); });
    steps.run(u"grants"_s, [&] { return removeGrants(*revoker, agent); });
    steps.run(u"sessions"_s, [&] { return removeSessions(*revoker, agent); });
    steps.run(u"prepared"_s, [&] { return removePrepared(*revoker, agent); });
    steps.run(u"sweeps"_s, [&] { return sweepUntilClean(*revoker, agent); });
    steps.run(u"proof"_s, [&] { return prove(*revoker, conninfo, agent); });
    return steps.outcome().and_then([&] { return forgetFormerMembers(*revoker, agent); });
}

} // namespace holdpoint
