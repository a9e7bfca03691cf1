// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/mainwindow.h"

namespace holdpoint::sample {

/// A queue as on a busy day: every level and every state.
QList<Action> actions();
Assessment assessmentOf(const Action &action);
/// The assessments were made with the catalogue of prod-eu.
CatalogState catalogState();
Impact impactOf(const Action &action);
QList<Target> targets();
QList<PolicyRule> policies();
QList<Agent> agents();
QList<Revocation> revocations();
QList<LedgerEntry> history(int entries);
LinkState liveLink();

/// One pending action of cleanup-bot that deletes every customer.
Action deletion(qint64 id = 1);
/// One pending action of support-agent that updates three orders.
Action update(qint64 id = 2);

/// Signs in as `user` and shows all of the above, as a console does once it has caught up.
void fill(MainWindow &window, const QString &user);

} // namespace holdpoint::sample
