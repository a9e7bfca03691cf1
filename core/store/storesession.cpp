// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/storesession.h"

#include "core/database/connection.h"
#include "core/store/storeclient.h"

#include <QTimer>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

namespace {

constexpr auto lookEvery = 2s;
constexpr std::chrono::milliseconds firstRetry = 250ms;
constexpr std::chrono::milliseconds lastRetry = 5s;
constexpr int historyPage = 200;

} // namespace

StoreSession::StoreSession(QObject *parent)
    : QObject(parent)
    , m_timer(new QTimer(this))
    , m_retryAfter(firstRetry)
{
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &StoreSession::look);
}

StoreSession::~StoreSession() = default;

void StoreSession::signIn(const QString &conninfo)
{
    stop();
    m_conninfo = conninfo;
    m_signedInOnce = false;
    m_lastChange = 0;
    m_lastSequence.reset();
    m_trialsKnown = false;
    look();
}

void StoreSession::stop()
{
    m_timer->stop();
    m_client.reset();
    m_connection.reset();
    m_conninfo.clear();
}

void StoreSession::look()
{
    m_lookPosted = false;
    if (m_conninfo.isEmpty())
        return;
    const std::optional<Error> error = m_connection ? catchUp() : connectAndCatchUp();
    if (error) {
        lose(*error);
        return;
    }
    m_retryAfter = firstRetry;
    m_timer->start(lookEvery);
}

std::optional<Error> StoreSession::connectAndCatchUp()
{
    auto connection = Connection::open(m_conninfo, u"console"_s);
    if (!connection)
        return connection.error();
    m_connection = std::make_unique<Connection>(std::move(*connection));
    m_client = std::make_unique<StoreClient>(*m_connection);
    if (auto version = m_client->checkVersion(); !version)
        return version.error();
    const auto identity = m_client->whoAmI();
    if (!identity)
        return identity.error();
    if (identity->kind != "approver"_L1 && identity->kind != "auditor"_L1 && identity->kind != "admin"_L1)
        return Error{Error::Code::SignInRefused, u"%1 is not an approver here"_s.arg(identity->role),
            u"ask an administrator to run: holdpointctl approver add %1"_s.arg(identity->role), {}};
    // Nothing here takes long: whatever does is stuck, and is better tried again.
    if (auto set = m_connection->run(u"SET statement_timeout = '15s'"_s); !set)
        return set.error();
    // First listen, then look: what happens in between is in the look.
    auto listening = m_connection->listen(u"holdpoint"_s, [this](const QString &) {
        if (!std::exchange(m_lookPosted, true))
            QMetaObject::invokeMethod(this, &StoreSession::look, Qt::QueuedConnection);
    });
    if (!listening)
        return listening.error();
    if (!m_signedInOnce)
        Q_EMIT signedIn(identity->role, m_conninfo);
    m_signedInOnce = true;
    if (auto error = readPeopleAndPlaces())
        return error;
    if (!m_lastSequence)
        if (auto error = readFirstHistory())
            return error;
    return catchUp();
}

std::optional<Error> StoreSession::readFirstHistory()
{
    const auto entries = m_client->ledgerBefore(std::numeric_limits<qint64>::max(), historyPage);
    if (!entries)
        return entries.error();
    m_lastSequence = entries->isEmpty() ? 0 : entries->first().sequence;
    Q_EMIT historyBefore(*entries);
    // What is closed already is history. Whatever moves from here on has a newer number.
    const auto actions = m_client->openActions();
    if (!actions)
        return actions.error();
    m_lastChange = *m_lastSequence;
    Q_EMIT actionsChanged(*actions);
    return std::nullopt;
}

std::optional<Error> StoreSession::catchUp()
{
    if (auto error = readNewHistory())
        return error;
    if (auto error = readTrials())
        return error;
    return askAfterExecutor();
}

std::optional<Error> StoreSession::readNewHistory()
{
    while (true) {
        auto entries = m_client->ledgerSince(*m_lastSequence, historyPage);
        if (!entries)
            return entries.error();
        if (entries->isEmpty())
            break;
        m_lastSequence = entries->last().sequence;
        std::ranges::reverse(*entries);
        Q_EMIT historyGrew(*entries);
    }
    // The two numbers differ also where the link broke after the entries had come and before the actions had.
    if (m_lastChange < *m_lastSequence) {
        if (auto error = readChangedActions())
            return error;
        return readPeopleAndPlaces();
    }
    // Steps and tries of a revocation are no entries of the ledger; its end is.
    return m_revoking ? readRevocations() : std::nullopt;
}

std::optional<Error> StoreSession::readChangedActions()
{
    const qint64 upTo = *m_lastSequence;
    const auto actions = m_client->actionsSince(m_lastChange);
    if (!actions)
        return actions.error();
    m_lastChange = actions->isEmpty() ? upTo : std::max(upTo, actions->last().changeNumber);
    Q_EMIT actionsChanged(*actions);
    return std::nullopt;
}

std::optional<Error> StoreSession::readPeopleAndPlaces()
{
    const auto targets = m_client->targets();
    const auto policies = m_client->policies();
    const auto agents = m_client->agents();
    if (!targets || !policies || !agents)
        return !targets ? targets.error() : !policies ? policies.error() : agents.error();
    Q_EMIT targetsChanged(*targets);
    Q_EMIT policiesChanged(*policies);
    Q_EMIT agentsChanged(*agents);
    return readRevocations();
}

std::optional<Error> StoreSession::readRevocations()
{
    const auto revocations = m_client->revocations();
    if (!revocations)
        return revocations.error();
    m_revoking = !std::ranges::all_of(*revocations, &Revocation::confirmed);
    Q_EMIT revocationsChanged(*revocations);
    return std::nullopt;
}

/// On each look: that a trial has begun or is lost is no entry of the ledger.
std::optional<Error> StoreSession::readTrials()
{
    const auto trials = m_client->openTrials();
    if (!trials)
        return trials.error();
    if (std::exchange(m_trialsKnown, true) && *trials == m_trials)
        return std::nullopt;
    m_trials = *trials;
    Q_EMIT trialsChanged(m_trials);
    return std::nullopt;
}

std::optional<Error> StoreSession::askAfterExecutor()
{
    const auto executors = m_client->executors();
    if (!executors)
        return executors.error();
    QStringList sandboxes;
    for (const Executor &executor : *executors)
        if (executor.alive)
            sandboxes += executor.sandboxes;
    const auto alive = std::ranges::find_if(*executors, &Executor::alive);
    if (alive != executors->cend()) {
        Q_EMIT answered(true, u"executor %1"_s.arg(alive->name), sandboxes);
        return std::nullopt;
    }
    const auto latest = std::ranges::max_element(*executors, {}, &Executor::seenAt);
    Q_EMIT answered(false,
        latest == executors->cend()
            ? tr("no executor has ever reported")
            : tr("executor %1 last seen %2").arg(latest->name, latest->seenAt.toLocalTime().toString(u"HH:mm:ss"_s)),
        sandboxes);
    return std::nullopt;
}

void StoreSession::lose(const Error &error)
{
    m_client.reset();
    m_connection.reset();
    if (!m_signedInOnce) {
        m_conninfo.clear();
        Q_EMIT signInFailed(error);
        return;
    }
    Q_EMIT linkLost(error);
    m_timer->start(m_retryAfter);
    m_retryAfter = std::min(m_retryAfter * 2, lastRetry);
}

void StoreSession::noteError(const Error &error)
{
    if (error.code == Error::Code::Unreachable || !m_connection->isOpen())
        lose(error);
    else
        look();
}

void StoreSession::decide(const Decision &decision)
{
    if (!m_client) {
        Q_EMIT decisionRefused(decision.action,
            {Error::Code::Unreachable, tr("the store is not connected"), tr("wait until the link is live again"), {}});
        return;
    }
    const auto state = m_client->decide(decision);
    if (state) {
        Q_EMIT decisionAccepted(decision.action, *state);
        look();
        return;
    }
    Q_EMIT decisionRefused(decision.action, state.error());
    noteError(state.error());
}

void StoreSession::requestTrial(qint64 action, int revision, const QByteArray &digest)
{
    if (!m_client) {
        Q_EMIT trialRefused(action,
            {Error::Code::Unreachable, tr("the store is not connected"), tr("wait until the link is live again"), {}});
        return;
    }
    const auto trial = m_client->requestTrial(action, revision, digest);
    if (trial) {
        // Said in any case: what was asked for twice is the same trial as before.
        m_trialsKnown = false;
        look();
        return;
    }
    Q_EMIT trialRefused(action, trial.error());
    noteError(trial.error());
}

void StoreSession::fetchHistoryBefore(qint64 sequence)
{
    if (!m_client)
        return;
    const auto entries = m_client->ledgerBefore(sequence, historyPage);
    if (entries)
        Q_EMIT historyBefore(*entries);
    else
        noteError(entries.error());
}

} // namespace holdpoint
