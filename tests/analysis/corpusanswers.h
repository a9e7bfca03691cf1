// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "tests/analysis/corpus.h"

#include <QSet>

#include <expected>

/// What `holdpointctl analyze --batch` answers to the cases, in their order; an error in words if a line is lost, in
/// another order, or no assessment.
std::expected<QList<holdpoint::Assessment>, QString> answersTo(
    const QList<CorpusCase> &cases, const QStringList &arguments = {});

/// Test data with a row for each case: its index.
void addRows(const QList<CorpusCase> &cases);

/// The ids of all rules that an assessment names.
QSet<QString> rulesOf(const holdpoint::Assessment &assessment);
