// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/tour/stage.h"

#include <QHash>

namespace holdpoint {

/// The actions of the tour, by the titles that their agents gave them.
using Cast = QHash<QString, qint64>;

// Each act throws StepFailed at the first thing that is not as it should be.

/// The sign-in page, with a service that is not there and with the right one.
void playSignIn(Stage &stage);
/// An empty queue, into which the agents' submissions come while it is looked at.
Cast playQueueFills(Stage &stage);
/// A bounded write: wrong words, right words, the executor's result.
void playWrite(Stage &stage, const Cast &cast);
/// A critical action: one approval is not enough, and the agent's owner may not give it.
void playCritical(Stage &stage, const Cast &cast);
/// The story again, tried in the sandbox: what it did there, and that nothing of it stayed.
void playTrial(Stage &stage, const Cast &cast);
/// The story itself: what it would really do, and a rejection that its agent gets to read.
void playRejection(Stage &stage, const Cast &cast);
/// Sent back for changes, submitted again: another revision, that nobody has approved.
void playChangesRequested(Stage &stage, const Cast &cast);
/// A delete that looks like five rows, and by cascade is many more.
void playRowCap(Stage &stage, const Cast &cast);
/// Texts that lie, text that cannot be parsed: shown safely.
void playHostileText(Stage &stage, const Cast &cast);
/// The store goes away and comes back; what was submitted meanwhile appears, once.
void playLostLink(Stage &stage);
/// The kill switch, for one agent and nobody else.
void playKillSwitch(Stage &stage, const Cast &cast);
/// History and the agents' page, and the ledger's own word for it.
void playRecord(Stage &stage);

} // namespace holdpoint
