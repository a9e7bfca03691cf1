// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace holdpoint {

/// The commands of holdpointctl: each takes what follows its name and returns an exit status.
int runInit(const QStringList &arguments);
int runApproverAdd(const QStringList &arguments);
int runAgentAdd(const QStringList &arguments);
int runExecutorAdd(const QStringList &arguments);
int runAuditorAdd(const QStringList &arguments);
int runTargetAdd(const QStringList &arguments);
int runTargetWatch(const QStringList &arguments);
int runTargetPrepare(const QStringList &arguments);
int runTargetAdmit(const QStringList &arguments);
int runPolicySet(const QStringList &arguments);
int runPolicyShow(const QStringList &arguments);
int runSubmit(const QStringList &arguments);
int runRevise(const QStringList &arguments);
int runWait(const QStringList &arguments);
int runStatus(const QStringList &arguments);
int runList(const QStringList &arguments);
int runWithdraw(const QStringList &arguments);
int runTrial(const QStringList &arguments);
int runHistory(const QStringList &arguments);
int runVerify(const QStringList &arguments);
int runRevoke(const QStringList &arguments);
int runImpact(const QStringList &arguments);
int runDoctor(const QStringList &arguments);
int runDemo(const QStringList &arguments);

} // namespace holdpoint
