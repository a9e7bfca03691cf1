// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/console/assessor.h"

#include "core/assessment/analyzerclient.h"
#include "core/impact/catalogsession.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

Assessor::Assessor(const QString &analyzer, const Ages &oldest, QObject *parent)
    : QObject(parent)
    , m_oldest(oldest)
    , m_analyzer(new AnalyzerClient(analyzer, this))
    , m_session(new CatalogSession(this))
{
    connect(m_analyzer, &AnalyzerClient::finished, this, &Assessor::takeAssessment);
    connect(m_session, &CatalogSession::answered, this, &Assessor::takeCatalog);
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &Assessor::refreshCatalogs);
    timer->start(1min);
}

bool Assessor::waitForDone(std::chrono::milliseconds patience)
{
    return m_session->waitForDone(patience);
}

void Assessor::setTargets(const QList<Target> &targets)
{
    m_targetsKnown = true;
    QHash<QString, QString> replicas;
    for (const Target &target : targets)
        replicas.insert(target.name, target.replica);
    // What was read elsewhere, or could not be, says nothing of the new place. Most times nothing has changed.
    m_catalogs.removeIf([&](const std::pair<const QString &, TargetCatalog &> &known) {
        return replicas.value(known.first) != m_replicas.value(known.first);
    });
    m_replicas = replicas;
    refreshCatalogs();
}

void Assessor::take(const Action &action)
{
    m_actions.insert(action.id, action);
    if (const auto known = m_known.constFind(action.id); known != m_known.cend() && known->revision != action.revision)
        m_known.erase(known);
}

void Assessor::assess(qint64 action)
{
    const auto found = m_actions.constFind(action);
    if (found == m_actions.cend())
        return;
    readCatalog(found->target, m_oldest.queued);
    answer(*found, false);
}

void Assessor::assessFirst(qint64 action)
{
    m_opened = action;
    const auto found = m_actions.constFind(action);
    if (found == m_actions.cend())
        return;
    readCatalog(found->target, m_oldest.opened);
    answer(*found, true);
}

void Assessor::answer(const Action &action, bool first)
{
    const auto known = m_known.constFind(action.id);
    if (known != m_known.cend())
        report(action);
    if (known == m_known.cend() || known->catalog != m_catalogs[action.target].snapshot.id)
        ask(action, first);
}

/// A text that waits in the queue is asked for again by who goes first, and answered twice.
void Assessor::ask(const Action &action, bool first)
{
    const CatalogSnapshot &catalog = m_catalogs[action.target].snapshot;
    const Request request{.action = action.id, .revision = action.revision, .catalog = catalog.id};
    if (!first && std::ranges::contains(m_asked, request))
        return;
    m_asked.insert(
        first ? m_analyzer->analyseFirst(action.sql, catalog) : m_analyzer->analyse(action.sql, catalog), request);
}

void Assessor::takeAssessment(quint64 id, const Assessment &assessment)
{
    const Request request = m_asked.take(id);
    const auto action = m_actions.constFind(request.action);
    if (action == m_actions.cend() || action->revision != request.revision)
        return;
    const bool isNewest = request.catalog == m_catalogs[action->target].snapshot.id;
    const auto known = m_known.constFind(request.action);
    // Better what was made with an older catalogue than nothing; never that in the place of something newer.
    if (known == m_known.cend() || (isNewest && known->catalog != request.catalog)) {
        m_known.insert(request.action, {request.revision, request.catalog, assessment});
        report(*action);
    }
    if (!isNewest && !isSettled(*action))
        ask(*action, request.action == m_opened);
}

void Assessor::readCatalog(const QString &target, std::chrono::milliseconds oldest)
{
    TargetCatalog &catalog = m_catalogs[target];
    const bool isFresh = catalog.sinceAnswer.isValid() && !catalog.sinceAnswer.hasExpired(oldest.count());
    if (!m_targetsKnown || catalog.isBeingRead || isFresh)
        return;
    catalog.isBeingRead = true;
    if (m_replicas.contains(target))
        m_session->request(target, m_replicas.value(target));
    else
        QMetaObject::invokeMethod(
            this, [this, target] { takeCatalog(target, {}, tr("the store knows no target %1").arg(target)); },
            Qt::QueuedConnection);
}

void Assessor::takeCatalog(const QString &target, const CatalogSnapshot &snapshot, const QString &unavailable)
{
    TargetCatalog &catalog = m_catalogs[target];
    catalog.isBeingRead = false;
    catalog.unavailable = unavailable;
    catalog.sinceAnswer.start();
    if (!snapshot.isEmpty())
        catalog.snapshot = snapshot;
    const auto actions = m_actions;
    for (const Action &action : actions) {
        if (action.target != target || !m_known.contains(action.id))
            continue;
        if (action.id == m_opened)
            report(action);
        if (!isSettled(action) && (isOpen(action.state) || action.id == m_opened))
            ask(action, action.id == m_opened);
    }
}

void Assessor::refreshCatalogs()
{
    for (const Action &action : std::as_const(m_actions))
        if (isOpen(action.state) || action.id == m_opened)
            readCatalog(action.target, m_oldest.queued);
}

/// Whether nothing that is known today can change what was said of it.
bool Assessor::isSettled(const Action &action) const
{
    const TargetCatalog catalog = m_catalogs.value(action.target);
    const auto known = m_known.constFind(action.id);
    return catalog.sinceAnswer.isValid() && known != m_known.cend() && known->catalog == catalog.snapshot.id;
}

void Assessor::report(const Action &action)
{
    const Known known = m_known.value(action.id);
    const TargetCatalog catalog = m_catalogs.value(action.target);
    CatalogState state{.settled = isSettled(action), .source = {}, .takenAt = {}, .unavailable = catalog.unavailable};
    if (!known.catalog.isEmpty() && known.catalog == catalog.snapshot.id) {
        state.source = catalog.snapshot.source;
        state.takenAt = catalog.snapshot.takenAt;
    }
    Q_EMIT assessed(action.id, action.revision, known.assessment, state);
}

} // namespace holdpoint
