// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"

#include <QDir>

/// One text that is kept as a file, `RULE[.VARIANT].sql`, beside what is to be found in it, `….findings`.
/// One whose variant is `catalog` is analysed with the demo's catalogue, any other by its text alone.
/// In `….sql.escaped` the bytes that no editor shows are written as unescaped() reads them.
struct Fixture
{
    QString name; ///< without the suffix
    QString rule;
    QByteArray sql;

    QString findingsFile() const { return name + QLatin1StringView(".findings"); }
};

/// Every fixture of a folder, by name.
QList<Fixture> readFixtures(const QDir &folder);

/// What is said of a text, a line for each statement and for each finding, to be compared and reviewed.
QByteArray describe(const QByteArray &sql, const holdpoint::Assessment &assessment);
