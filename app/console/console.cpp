// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/console/console.h"

#include "app/console/assessor.h"
#include "app/console/services.h"
#include "core/impact/impactsession.h"
#include "core/store/killswitch.h"
#include "core/store/storesession.h"
#include "ui/mainwindow.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

namespace {

/// The store is looked at every two seconds: this long without an answer, and what is on screen may be stale.
constexpr auto silenceLimit = 5s;
constexpr auto patienceAtEnd = 2s;

QString sentence(const QString &text)
{
    return text.endsWith(u'.') ? text : text + u'.';
}

} // namespace

Console::Console(const Options &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_window(std::make_unique<MainWindow>(options.settingsPath))
    , m_assessor(new Assessor(options.analyzer, {}, this))
    , m_killSwitch(new KillSwitch(this))
    , m_store(new StoreSession)
    , m_impact(new ImpactSession)
{
    m_store->moveToThread(&m_storeThread);
    m_impact->moveToThread(&m_replicaThread);
    connect(&m_storeThread, &QThread::finished, m_store, &QObject::deleteLater);
    connect(&m_replicaThread, &QThread::finished, m_impact, &QObject::deleteLater);
    m_storeThread.setObjectName(u"store"_s);
    m_replicaThread.setObjectName(u"replica"_s);
    connectSignIn();
    connectStore();
    connectWindow();
    connect(m_assessor, &Assessor::assessed, this,
        [this](qint64 action, int revision, const Assessment &assessment, const CatalogState &catalog) {
            takeAssessment({.action = action, .revision = revision}, assessment, catalog);
        });
    connect(m_impact, &ImpactSession::answered, m_window.get(), &MainWindow::showImpact);
    connect(&m_silence, &QTimer::timeout, this, &Console::noteSilence);
    m_storeThread.start();
    m_replicaThread.start();
}

Console::~Console()
{
    m_impact->stop();
    m_storeThread.quit();
    m_replicaThread.quit();
    const bool ended = m_killSwitch->waitForDone(patienceAtEnd) && m_assessor->waitForDone(patienceAtEnd)
        && m_storeThread.wait(QDeadlineTimer(patienceAtEnd)) && m_replicaThread.wait(QDeadlineTimer(patienceAtEnd));
    // A thread that waits for a dead server cannot be ended. The window is closed, and must not stay as a process.
    if (!ended)
        std::_Exit(EXIT_SUCCESS);
}

void Console::start()
{
    m_window->showSignIn({.services = serviceNames(), .conninfo = m_options.store, .connecting = false, .error = {}});
    if (!m_options.store.isEmpty())
        signIn(m_options.store);
}

void Console::connectSignIn()
{
    connect(m_store, &StoreSession::signedIn, this, [this](const QString &user, const QString &store) {
        // An answer to a sign-in that was cancelled meanwhile.
        if (store != m_options.store)
            return;
        m_killSwitch->setStore(store);
        m_window->setSession({.user = user, .store = store});
        m_silence.start(1s);
    });
    connect(m_store, &StoreSession::signInFailed, this, [this](const Error &error) {
        if (m_options.store.isEmpty())
            return;
        m_window->showSignIn(
            {.services = serviceNames(), .conninfo = m_options.store, .connecting = false, .error = error});
        Q_EMIT signInFailed(error);
    });
    connect(m_window.get(), &MainWindow::signInWanted, this, &Console::signIn);
    connect(m_window.get(), &MainWindow::signInCancelled, this, [this] {
        m_options.store.clear();
        QMetaObject::invokeMethod(m_store, &StoreSession::stop, Qt::QueuedConnection);
    });
}

void Console::connectStore()
{
    MainWindow *window = m_window.get();
    connect(m_store, &StoreSession::answered, this, &Console::noteAnswer);
    connect(m_store, &StoreSession::linkLost, this, [this](const Error &error) {
        m_live = false;
        m_window->setLink({.live = false,
            .why = sentence(error.text()) + tr(" Trying again."),
            .since = QDateTime::currentDateTime(),
            .executorAlive = false,
            .executorDetail = tr("not known")});
    });
    connect(m_store, &StoreSession::actionsChanged, this, &Console::takeActions);
    connect(m_store, &StoreSession::targetsChanged, this, [this](const QList<Target> &targets) {
        m_targets = targets;
        m_assessor->setTargets(targets);
        m_window->setTargets(targets);
    });
    connect(m_store, &StoreSession::policiesChanged, window, &MainWindow::setPolicies);
    connect(m_store, &StoreSession::agentsChanged, window, &MainWindow::setAgents);
    connect(m_store, &StoreSession::revocationsChanged, window, &MainWindow::setRevocations);
    connect(m_store, &StoreSession::historyGrew, window, &MainWindow::prependHistory);
    connect(m_store, &StoreSession::historyBefore, window, &MainWindow::appendHistory);
    connect(m_store, &StoreSession::decisionAccepted, window, &MainWindow::decisionAccepted);
    connect(m_store, &StoreSession::decisionRefused, window, &MainWindow::decisionRefused);
    connect(m_store, &StoreSession::trialsChanged, window, &MainWindow::setTrials);
    connect(m_store, &StoreSession::trialRefused, window, &MainWindow::trialRefused);
    connect(m_killSwitch, &KillSwitch::refused, window, &MainWindow::revocationRefused);
}

void Console::connectWindow()
{
    MainWindow *window = m_window.get();
    connect(window, &MainWindow::decisionMade, m_store, &StoreSession::decide);
    connect(window, &MainWindow::trialWanted, m_store, &StoreSession::requestTrial);
    connect(window, &MainWindow::revokeRequested, m_killSwitch, &KillSwitch::press);
    connect(window, &MainWindow::olderHistoryWanted, m_store, &StoreSession::fetchHistoryBefore);
    connect(window, &MainWindow::actionOpened, this,
        [this](qint64 action, int revision) { open({.action = action, .revision = revision}); });
    connect(window, &MainWindow::assessmentWanted, m_assessor, [this](qint64 action) { m_assessor->assess(action); });
}

void Console::signIn(const QString &conninfo)
{
    m_options.store = conninfo;
    m_window->showSignIn({.services = serviceNames(), .conninfo = conninfo, .connecting = true, .error = {}});
    QMetaObject::invokeMethod(m_store, [store = m_store, conninfo] { store->signIn(conninfo); }, Qt::QueuedConnection);
}

void Console::takeActions(const QList<Action> &actions)
{
    for (const Action &action : actions) {
        m_actions.insert(action.id, action);
        m_assessor->take(action);
    }
    m_window->mergeActions(actions);
}

void Console::takeAssessment(const Subject &subject, const Assessment &assessment, const CatalogState &catalog)
{
    m_window->showAssessment(subject.action, subject.revision, assessment, catalog);
    // The catalogue may still show effects that the text hides, and a newer one of the same content none.
    if (subject != m_opened || !catalog.settled || (m_estimated && m_estimated->statements == assessment.statements))
        return;
    m_estimated = assessment;
    askImpact(subject, assessment);
}

void Console::open(const Subject &subject)
{
    m_opened = subject;
    m_estimated.reset();
    const auto action = m_actions.constFind(subject.action);
    if (action != m_actions.cend() && action->revision == subject.revision)
        m_assessor->assessFirst(subject.action);
}

void Console::askImpact(const Subject &subject, const Assessment &assessment)
{
    const Action action = m_actions.value(subject.action);
    // What is decided is not asked about: its figures of today are not the ones it was decided on.
    if (!isOpen(action.state))
        return;
    const QString name = action.target;
    const auto target = std::ranges::find(m_targets, name, &Target::name);
    if (target == m_targets.cend()) {
        m_window->showImpact(subject.action, subject.revision,
            {.effects = {},
                .replicaLagSeconds = {},
                .at = QDateTime::currentDateTimeUtc(),
                .error = tr("the store knows no target %1").arg(name)});
        return;
    }
    m_impact->request({.action = subject.action,
        .revision = subject.revision,
        .assessment = assessment,
        .replica = target->replica,
        .watch = target->watch,
        .target = name});
}

void Console::noteAnswer(bool executorAlive, const QString &executorDetail, const QStringList &sandboxes)
{
    m_live = true;
    m_sinceAnswer.start();
    m_window->setLink({.live = true,
        .why = {},
        .since = QDateTime::currentDateTime(),
        .executorAlive = executorAlive,
        .executorDetail = executorDetail,
        .sandboxes = sandboxes});
}

void Console::noteSilence()
{
    if (!m_live || !m_sinceAnswer.hasExpired(std::chrono::milliseconds(silenceLimit).count()))
        return;
    m_live = false;
    m_window->setLink({.live = false,
        .why = tr("The store has not answered for 5 seconds. Still trying."),
        .since = QDateTime::currentDateTime(),
        .executorAlive = false,
        .executorDetail = tr("not known")});
}

} // namespace holdpoint
