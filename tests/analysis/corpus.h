// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/risklevel.h"

#include <QList>
#include <QStringList>

/// One labelled text of corpus.tsv.
struct CorpusCase
{
    QString id;
    holdpoint::RiskLevel level = holdpoint::RiskLevel::Critical;
    QStringList rules;
    QString sql;
};

/// Reads the corpus, escapes and repetitions resolved. Empty if the file cannot be read.
QList<CorpusCase> readCorpus(const QString &path);
